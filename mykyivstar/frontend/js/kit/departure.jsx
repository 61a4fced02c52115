// Leaves for another site's page (a bank's), or one of ours that is no part of the app, each time there is a new stamp.
import { useEffect } from "react";

const KEY = "departed";

// Whoever comes back by the browser's own button finds the same address in the page and must not be sent off again.
function isNew(stamp) {
  try {
    if (sessionStorage.getItem(KEY) === stamp) return false;
    sessionStorage.setItem(KEY, stamp);
  } catch {
    // private mode: coming back leads away once more
  }
  return true;
}

export function Departure({ to, stamp }) {
  useEffect(() => {
    if (/^https?:\/\/|^\/(?!\/)/.test(to ?? "") && isNew(stamp)) location.assign(to);
  }, [to, stamp]);
  return null;
}
