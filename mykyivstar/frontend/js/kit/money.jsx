// An amount that a person watches: it counts up to a new value and says it once, when it has arrived.
import { useEffect, useRef, useState } from "react";
import { formatMoney, useTexts } from "../i18n.js";

const COUNTING_MS = 700;
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const eased = (share) => 1 - (1 - share) ** 3;

export function MoneyText({ value, className, ...rest }) {
  const { _lang } = useTexts();
  const [shown, setShown] = useState(value);
  const [said, setSaid] = useState(null);
  const from = useRef(value);

  useEffect(() => {
    const start = from.current;
    from.current = value;
    if (start === null || start === undefined || value === null || value === undefined || start === value) {
      setShown(value);
      return undefined;
    }
    setSaid(value);
    if (calm() || document.hidden) {
      setShown(value);
      return undefined;
    }
    const began = performance.now();
    let frame = requestAnimationFrame(function step(now) {
      const share = Math.min((now - began) / COUNTING_MS, 1);
      setShown(Math.round(start + (value - start) * eased(share)));
      if (share < 1) frame = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(frame);
  }, [value]);

  const text = formatMoney(_lang, shown);
  const sign = /[.,]\d\d\D*$/.exec(text);
  return (
    <span className={className} {...rest}>
      <span aria-hidden={said !== null}>
        {sign ? text.slice(0, sign.index) : text}
        {sign && <span className="money-minor">{sign[0]}</span>}
      </span>
      <span className="sr-only" aria-live="polite">{said === null ? "" : formatMoney(_lang, said)}</span>
    </span>
  );
}
