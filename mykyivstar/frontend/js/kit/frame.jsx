// What watches over every page: where the focus goes after a change of page, and whose colours are worn.
import { useEffect, useRef } from "react";
import { useLocation } from "react-router";

export function Arrival() {
  const { pathname } = useLocation();
  const known = useRef(pathname);
  useEffect(() => {
    if (known.current === pathname) return;
    known.current = pathname;
    // the new page speaks for itself: its heading is read out and Tab goes on from there
    requestAnimationFrame(() => (document.querySelector("main h1") ?? document.querySelector("main"))?.focus({ preventScroll: true }));
  }, [pathname]);
  return null;
}

export function BrandMark({ brand }) {
  useEffect(() => {
    if (!brand) return;
    document.documentElement.dataset.brand = brand;
    try {
      localStorage.setItem("brand", brand);
    } catch {
      // private mode: the next page begins in the usual colours
    }
  }, [brand]);
  return null;
}
