// Calls its event again and again while the page can be seen, and at once when it comes into sight.
import { useEffect, useRef } from "react";

export function Pulse({ everyMs, onBeat }) {
  const beat = useRef(onBeat);
  beat.current = onBeat;

  useEffect(() => {
    const call = () => !document.hidden && beat.current?.();
    const timer = setInterval(call, everyMs);
    document.addEventListener("visibilitychange", call);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", call);
    };
  }, [everyMs]);

  return null;
}
