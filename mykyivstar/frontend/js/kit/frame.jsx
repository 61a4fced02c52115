// What watches over every page: where the focus goes after a change of page, and whose colours are worn.
import { useEffect, useSyncExternalStore } from "react";
import { useLocation } from "react-router";

let last = null; // outlives the pages, which come and go

export function Arrival() {
  const { pathname } = useLocation();
  useEffect(() => {
    const arrived = last !== null && last !== pathname;
    last = pathname;
    // the new page speaks for itself: its heading is read out and Tab goes on from there
    if (arrived) (document.querySelector("main h1[tabindex]") ?? document.querySelector("main"))?.focus({ preventScroll: true });
  }, [pathname]);
  return null;
}

export function wearBrand(brand) {
  document.documentElement.dataset.brand = brand;
  try {
    localStorage.setItem("brand", brand);
  } catch {
    // private mode: the next page begins in the usual colours
  }
}

export function BrandMark({ brand }) {
  useEffect(() => {
    if (brand) wearBrand(brand);
  }, [brand]);
  return null;
}

const listen = (tell) => {
  ["online", "offline"].forEach((change) => window.addEventListener(change, tell));
  return () => ["online", "offline"].forEach((change) => window.removeEventListener(change, tell));
};

// `lost`: our socket has failed; the browser itself may know earlier that there is no network at all
export function WhenOffline({ lost, children }) {
  const online = useSyncExternalStore(listen, () => navigator.onLine, () => true);
  return lost || !online ? children : null;
}
