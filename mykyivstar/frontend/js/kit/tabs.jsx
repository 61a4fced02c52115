// Tabs by the ARIA pattern: arrows move, the panel follows, the rest stays in the page but hidden.
import { useId, useState } from "react";

export function Tabs({ labels, label, className, children }) {
  const [chosen, setChosen] = useState(0);
  const id = useId();
  const panels = [].concat(children);

  const onKeyDown = (event) => {
    const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const next =
      event.key === "Home" ? 0 : event.key === "End" ? labels.length - 1 : move && (chosen + move + labels.length) % labels.length;
    if (next === undefined) return;
    event.preventDefault();
    setChosen(next);
    event.currentTarget.children[next].focus();
  };

  return (
    <div className={`tabs ${className ?? ""}`}>
      <div role="tablist" aria-label={label} className="tab-list" onKeyDown={onKeyDown}>
        {labels.map((text, at) => (
          <button key={at} type="button" role="tab" id={`${id}-tab-${at}`} aria-controls={`${id}-panel-${at}`}
            aria-selected={at === chosen} tabIndex={at === chosen ? 0 : -1} onClick={() => setChosen(at)}>
            {text}
          </button>
        ))}
      </div>
      {panels.map((panel, at) => (
        <div key={at} role="tabpanel" id={`${id}-panel-${at}`} aria-labelledby={`${id}-tab-${at}`} hidden={at !== chosen}>
          {panel}
        </div>
      ))}
    </div>
  );
}
