// What every form does in the browser: one submit at a time, and the eye goes to the first mistake.
import { useEffect, useRef } from "react";

// Longer than a double click; a submit whose answer changes nothing that is seen here may be tried again after it.
const UNANSWERED_MS = 1200;

export function FormBehaviour({ busy, className, children }) {
  const root = useRef(null);
  const sent = useRef(null); // the form that waits for its answer; the next step's form is another one

  const answered = () => {
    if (sent.current) requestAnimationFrame(() => root.current?.querySelector("[aria-invalid=true]")?.focus());
    sent.current = null;
  };

  useEffect(() => {
    if (!busy) answered();
  }, [busy]);

  useEffect(() => {
    const watch = new MutationObserver((changes) => {
      if (changes.some(({ type, target }) => type === "attributes" || target.closest?.(".refusal"))) answered();
    });
    watch.observe(root.current, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-error"] });
    return () => watch.disconnect();
  }, []);

  const onSubmit = (event) => {
    if (busy || sent.current === event.target) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    sent.current = event.target;
    setTimeout(() => (sent.current = null), UNANSWERED_MS);
  };

  return (
    <div ref={root} className={className} onSubmitCapture={onSubmit}>
      {children}
    </div>
  );
}
