// Keeps a value in the query of the address, so that whoever loads the page again finds it; no step of the history.
import { useEffect } from "react";

export function Remember({ name, value }) {
  useEffect(() => {
    const query = new URLSearchParams(location.search);
    if ((query.get(name) ?? "") === value) return;
    if (value) query.set(name, value);
    else query.delete(name);
    const search = query.size ? `?${query}` : "";
    history.replaceState(history.state, "", location.pathname + search + location.hash);
  }, [name, value]);

  return null;
}
