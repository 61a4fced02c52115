// A button that opens a short list of links and actions, by mouse, touch and keyboard.
import { useEffect, useId, useRef, useState } from "react";

const MOVES = { ArrowDown: 1, ArrowUp: -1 };

export function Menu({ trigger, label, align = "end", className, buttonClass, children, ...rest }) {
  const [open, setOpen] = useState(false);
  const root = useRef(null);
  const id = useId();
  const items = () => [...root.current.querySelectorAll("[role^=menuitem]:not([aria-disabled=true])")];

  useEffect(() => {
    if (!open) return undefined;
    const away = (event) => !root.current?.contains(event.target) && setOpen(false);
    document.addEventListener("pointerdown", away);
    document.addEventListener("focusin", away);
    return () => {
      document.removeEventListener("pointerdown", away);
      document.removeEventListener("focusin", away);
    };
  }, [open]);

  const openAt = (index) => {
    setOpen(true);
    requestAnimationFrame(() => items().at(index)?.focus());
  };

  const onButtonKey = (event) => {
    if (event.key === "Escape") setOpen(false);
    if (!(event.key in MOVES)) return;
    event.preventDefault();
    openAt(event.key === "ArrowDown" ? 0 : -1);
  };

  // A click that no pointer made comes from a key: whoever has no pointer goes on inside.
  const onButtonClick = (event) => (!open && event.detail === 0 ? openAt(0) : setOpen(!open));

  const onPanelKey = (event) => {
    const all = items();
    const at = all.indexOf(document.activeElement);
    if (event.key in MOVES) all[(at + MOVES[event.key] + all.length) % all.length]?.focus();
    else if (event.key === "Home") all[0]?.focus();
    else if (event.key === "End") all.at(-1)?.focus();
    else if (event.key === "Escape") {
      setOpen(false);
      root.current.querySelector("button")?.focus();
    } else return;
    event.preventDefault();
  };

  return (
    <div ref={root} className={`menu ${className ?? ""}`} {...rest}>
      <button
        type="button"
        className={buttonClass}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={id}
        onClick={onButtonClick}
        onKeyDown={onButtonKey}
      >
        {trigger}
        <span className="sr-only">{label}</span>
      </button>
      <div
        id={id}
        role="menu"
        aria-label={label}
        className="menu-panel"
        data-align={align}
        hidden={!open}
        onKeyDown={onPanelKey}
        onClick={(event) => event.target.closest("[role^=menuitem]") && setOpen(false)}
      >
        {children}
      </div>
    </div>
  );
}
