// Behaviour of fields: showing a password, checking its rules while it is typed, one-time codes.
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

const RULES = {
  length: (text) => [...text].length >= 8,
  letters: (text) => /\p{Ll}/u.test(text) && /\p{Lu}/u.test(text),
  digit: (text) => /\d/.test(text),
  repeats: (text) => Object.values(Object.groupBy([...text], (sign) => sign)).every((same) => same.length <= 2),
};

export function PasswordRules({ field, rules, met, unmet, heading }) {
  const [text, setText] = useState("");
  useEffect(() => {
    const input = inputOf(field);
    const read = () => setText(input.value);
    input?.addEventListener("input", read);
    return () => input?.removeEventListener("input", read);
  }, [field]);
  const passed = Object.keys(rules).filter((name) => text && RULES[name](text));
  return (
    <div className="password-rules" data-passed={passed.length}>
      <div className="password-bar" aria-hidden="true">{Object.keys(rules).map((name, at) => <i key={name} data-on={at < passed.length} />)}</div>
      <p className="sr-only" id={`${field}-rules`}>{heading}</p>
      <ul aria-labelledby={`${field}-rules`}>
        {Object.entries(rules).map(([name, label]) => (
          <li key={name} data-met={passed.includes(name)}>
            {label} <span className="sr-only">{passed.includes(name) ? met : unmet}</span>
          </li>
        ))}
      </ul>
    </div>
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
