// Puts a text on the clipboard and says so.
import { useState } from "react";

const SAID_MS = 2000;

export function CopyButton({ value, done, className, children }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
    setTimeout(() => setCopied(false), SAID_MS);
  };
  return (
    <button type="button" className={className} onClick={copy} data-copied={copied}>
      {copied ? <span>{done}</span> : children}
      <span className="sr-only" role="status">{copied ? done : ""}</span>
    </button>
  );
}
