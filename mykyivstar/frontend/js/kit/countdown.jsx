// Time left until a moment, second by second, by this browser's clock.
import { useEffect, useState } from "react";

const pad = (count) => String(count).padStart(2, "0");

export function Countdown({ until, done, onDone, className, children }) {
  const [left, setLeft] = useState(null);

  useEffect(() => {
    const end = Date.parse(until);
    if (isNaN(end)) return setLeft(null);
    const read = () => Math.max(0, Math.ceil((end - Date.now()) / 1000));
    setLeft(read());
    const timer = setInterval(() => {
      const now = read();
      setLeft(now);
      if (now > 0) return;
      clearInterval(timer);
      onDone?.();
    }, 1000);
    return () => clearInterval(timer);
  }, [until]);

  if (left === 0) return <span className={className} role="status">{done}</span>;
  const clock = left === null ? "–:––" : `${Math.floor(left / 60)}:${pad(left % 60)}`;
  return (
    <span className={className} role="timer">
      {children} <span className="tabular">{clock}</span>
    </span>
  );
}
