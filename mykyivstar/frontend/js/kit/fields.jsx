// Behaviour of fields: showing a password, one-time codes.
import { useEffect, useState } from "react";

const inputOf = (id) => document.getElementById(id);

export function Reveal({ field, show, hide, children }) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    inputOf(field)?.setAttribute("type", shown ? "text" : "password");
  }, [field, shown]);
  return (
    <button type="button" className="field-action" aria-pressed={shown} aria-label={shown ? hide : show}
      title={shown ? hide : show} onClick={() => setShown(!shown)}>
      {children[shown ? 1 : 0]}
    </button>
  );
}

export function CodeBehaviour({ length, submit, children }) {
  const onInput = ({ target, nativeEvent }) => {
    target.value = target.value.replace(/[\s-]/g, "").toUpperCase().slice(0, length);
    const whole = target.value.length === length && nativeEvent.inputType !== "deleteContentBackward";
    if (whole && submit) target.form?.requestSubmit();
  };
  return <div onInputCapture={onInput}>{children}</div>;
}

// A button that writes its value into a field, as if it had been typed.
export function Fill({ field, value, children, ...rest }) {
  const fill = () => {
    const input = inputOf(field);
    if (!input) return;
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(input, value);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };
  return <button type="button" onClick={fill} {...rest}>{children}</button>;
}
