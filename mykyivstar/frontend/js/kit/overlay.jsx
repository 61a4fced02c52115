// Dialogs and sheets on the browser's own <dialog>: it traps focus, closes on Escape and gives focus back.
import { useEffect, useRef } from "react";

export const openOverlay = (id) => document.getElementById(id)?.showModal();
export const closeOverlay = (id) => document.getElementById(id)?.close();

export function Overlay({ id, open, onDismiss, className, children, ref: watched, ...rest }) {
  const ref = useRef(null);
  const keep = (dialog) => {
    ref.current = dialog;
    if (watched) watched.current = dialog; // whoever gave it an id may look it up by that
  };

  useEffect(() => {
    const dialog = ref.current;
    if (open === undefined || dialog.open === Boolean(open)) return;
    if (open) dialog.showModal();
    else dialog.close();
  }, [open]);

  const onClick = (event) => {
    const outside = event.target === ref.current; // the backdrop is the dialog itself
    if (outside || event.target.closest("[data-close], a[href]")) ref.current.close();
  };

  return (
    <dialog ref={keep} id={id} className={className} onClick={onClick} onClose={() => onDismiss?.()} {...rest}>
      <div className="overlay-body">{children}</div>
    </dialog>
  );
}
