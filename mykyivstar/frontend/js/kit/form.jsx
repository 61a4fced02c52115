// What every form does in the browser: one submit at a time, and the eye goes to the first mistake.
import { useEffect, useRef } from "react";

const UNANSWERED_MS = 4000; // a submit that nobody acknowledged may be tried again

export function FormBehaviour({ busy, className, children }) {
  const root = useRef(null);
  const sent = useRef(false);

  const answered = () => {
    if (sent.current) requestAnimationFrame(() => root.current?.querySelector("[aria-invalid=true]")?.focus());
    sent.current = false;
  };

  useEffect(() => {
    if (!busy) answered();
  }, [busy]);

  useEffect(() => {
    const watch = new MutationObserver(answered);
    watch.observe(root.current, { subtree: true, attributes: true, attributeFilter: ["data-error"] });
    return () => watch.disconnect();
  }, []);

  const onSubmit = (event) => {
    if (busy || sent.current) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    sent.current = true;
    setTimeout(() => (sent.current = false), UNANSWERED_MS);
  };

  return (
    <div ref={root} className={className} onSubmitCapture={onSubmit}>
      {children}
    </div>
  );
}
