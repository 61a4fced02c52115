// Dialogs and sheets on the browser's own <dialog>: it traps focus, closes on Escape and gives focus back.
import { useEffect, useRef } from "react";

export const openOverlay = (id) => document.getElementById(id)?.showModal();
export const closeOverlay = (id) => document.getElementById(id)?.close();

export function Overlay({ id, open, onDismiss, className, children, ...rest }) {
  const ref = useRef(null);

  useEffect(() => {
    const dialog = ref.current;
    if (open === undefined || dialog.open === Boolean(open)) return;
    if (open) dialog.showModal();
    else dialog.close();
  }, [open]);

  const onClick = (event) => {
    const outside = event.target === ref.current; // the backdrop is the dialog itself
    if (outside || event.target.closest("[data-close]")) ref.current.close();
    if (event.target.closest("a[href]")) ref.current.close();
  };

  return (
    <dialog ref={ref} id={id} className={className} onClick={onClick} onClose={() => onDismiss?.()} {...rest}>
      <div className="overlay-body">{children}</div>
    </dialog>
  );
}
