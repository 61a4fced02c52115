// Shows its children once a moment has come, and something else until then.
import { useEffect, useState } from "react";

export function After({ moment, before, className, children }) {
  const [come, setCome] = useState(false);

  useEffect(() => {
    const wait = moment ? Date.parse(moment) - Date.now() : 0;
    setCome(!(wait > 0));
    if (!(wait > 0)) return;
    const timer = setTimeout(() => setCome(true), wait);
    return () => clearTimeout(timer);
  }, [moment]);

  return <div className={className}>{come ? children : before}</div>;
}
