// A short message in passing, shown once for each new stamp, said to screen readers, gone by itself.
import { useEffect, useRef, useState } from "react";

const SEEN_MS = 6000;

export function Flash({ text, kind, stamp, close, className, children }) {
  const [shown, setShown] = useState(false);
  const last = useRef(stamp);
  useEffect(() => {
    if (!stamp || last.current === stamp) return undefined;
    last.current = stamp;
    setShown(true);
    const timer = setTimeout(() => setShown(false), SEEN_MS);
    return () => clearTimeout(timer);
  }, [stamp]);
  const visible = shown && text;
  return (
    <div role="status" className={`flash ${className ?? ""}`}>
      {visible && (
        <div className="flash-card" data-kind={kind}>
          {children}
          <span>{text}</span>
          <button type="button" className="icon-btn" aria-label={close} onClick={() => setShown(false)}>×</button>
        </div>
      )}
    </div>
  );
}
