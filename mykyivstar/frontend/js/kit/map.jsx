// The map of stores. Leaflet is fetched when a page that shows it is open; the list beside it says the same in words.
import { useEffect, useRef, useState } from "react";
import { useNavigate } from "react-router";
import { useTexts } from "../i18n.js";

export function StoreMap({ points, shown, focus, ground, labels, className }) {
  const { _lang } = useTexts();
  const navigate = useNavigate();
  const box = useRef(null);
  const go = useRef(navigate);
  go.current = navigate;
  const [map, setMap] = useState(null);
  const [stores, setStores] = useState([]);

  // Made once for a language and a ground: its labels are drawn into it.
  useEffect(() => {
    let made = null, gone = false;
    import("./map_drawing.jsx").then(({ StoreDrawing }) => {
      if (gone) return;
      made = new StoreDrawing(box.current, { lang: _lang, ground, labels, open: (path) => go.current(path) });
      setMap(made);
    });
    return () => {
      gone = true;
      made?.remove();
      setMap(null);
    };
  }, [_lang, ground?.tiles, ground?.pmtiles]);

  useEffect(() => {
    const leaving = new AbortController();
    fetch(`${points}?lang=${_lang}`, { signal: leaving.signal })
      .then((answer) => (answer.ok ? answer.json() : []))
      .then(setStores)
      .catch(() => undefined); // Without points there is still the list.
    return () => leaving.abort();
  }, [points, _lang]);

  useEffect(() => map?.show(stores, shown), [map, stores, shown]);
  useEffect(() => map?.look(focus), [map, focus]);

  // "On the map" beside a store of the list.
  useEffect(() => {
    if (!map) return undefined;
    const point = (event) => {
      const asked = event.target.closest?.("[data-show-store]");
      if (asked && map.point(Number(asked.dataset.showStore))) {
        box.current.scrollIntoView({ block: "nearest" });
      }
    };
    document.addEventListener("click", point);
    return () => document.removeEventListener("click", point);
  }, [map, stores]);

  return <div ref={box} role="region" aria-label={labels?.map} className={className} data-ready={map !== null} />;
}

// A button that asks the device where it is, on a tap and never before.
export function HereButton({ onFound, onFailed, className, children, ...rest }) {
  const [asking, setAsking] = useState(false);
  const ask = () => {
    if (!("geolocation" in navigator)) {
      onFailed?.("unavailable");
      return;
    }
    setAsking(true);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setAsking(false);
        onFound?.(coords.latitude, coords.longitude);
      },
      (error) => {
        setAsking(false);
        onFailed?.(error.code === 1 ? "refused" : error.code === 3 ? "slow" : "unavailable");
      },
      { timeout: 10_000, maximumAge: 60_000 },
    );
  };
  return (
    <button type="button" className={className} onClick={ask} aria-busy={asking} {...rest}>
      {children}
    </button>
  );
}
