// The meter and the rules beside a new password. What is typed stays in this browser until the form is sent.
import { useEffect, useState } from "react";
import { judge } from "./password_rules.jsx";

const inputOf = (id) => document.getElementById(id);
const words = () => import("./common_words.jsx").then((module) => module.default);

export function PasswordMeter({ field, login, loginField, rules, strengths, met, unmet, heading }) {
  const [typed, setTyped] = useState({ password: "", login: "" });
  const [common, setCommon] = useState([]);

  useEffect(() => {
    const input = inputOf(field);
    const other = loginField ? inputOf(loginField) : null;
    const read = () => setTyped({ password: input?.value ?? "", login: other?.value ?? "" });
    const start = () => words().then(setCommon);
    input?.addEventListener("input", read);
    input?.addEventListener("focus", start, { once: true });
    other?.addEventListener("input", read);
    read();
    return () => {
      input?.removeEventListener("input", read);
      input?.removeEventListener("focus", start);
      other?.removeEventListener("input", read);
    };
  }, [field, loginField]);

  const { broken, strength } = judge(typed.password, typed.login || login || "", common);
  const keeps = (rule) => typed.password !== "" && !broken.includes(rule);
  return (
    <div className="password-rules" data-testid={`${field}-meter`} data-strength={strength}>
      <div className="password-bar" aria-hidden="true">
        {[1, 2, 3, 4].map((step) => <i key={step} data-on={step <= strength} />)}
      </div>
      <p className="password-strength" role="status">{strengths[strength]}</p>
      <p className="sr-only" id={`${field}-rules`}>{heading}</p>
      <ul aria-labelledby={`${field}-rules`}>
        {Object.entries(rules).map(([rule, label]) => (
          <li key={rule} data-rule={rule} data-met={keeps(rule)}>
            {label} <span className="sr-only">{keeps(rule) ? met : unmet}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
