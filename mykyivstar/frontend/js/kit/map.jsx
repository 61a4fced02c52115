// Maps of stores and of outages. Leaflet is fetched when a page that shows one is open; the list beside it says the same.
import { useEffect, useRef, useState } from "react";
import { useNavigate } from "react-router";
import { useTexts } from "../i18n.js";

const drawings = {
  stores: () => import("./store_drawing.jsx").then(({ StoreDrawing }) => StoreDrawing),
  outages: () => import("./outage_drawing.jsx").then(({ OutageDrawing }) => OutageDrawing),
};

export const StoreMap = (props) => <PlaceMap kind="stores" {...props} />;
export const OutageMap = (props) => <PlaceMap kind="outages" {...props} />;

function PlaceMap({ kind, points, shown, focus, home, ground, labels, className }) {
  const { _lang } = useTexts();
  const navigate = useNavigate();
  const box = useRef(null);
  const go = useRef(navigate);
  go.current = navigate;
  const [map, setMap] = useState(null);
  const [places, setPlaces] = useState([]);
  const [failed, setFailed] = useState({});

  // Made once for a language and a ground: its labels are drawn into it.
  useEffect(() => {
    let made = null, gone = false;
    drawings[kind]()
      .then((Drawing) => {
        if (gone) return;
        made = new Drawing(box.current, { lang: _lang, ground, labels, open: (path) => go.current(path) });
        setMap(made);
      })
      .catch(() => setFailed((others) => ({ ...others, drawing: true })));
    return () => {
      gone = true;
      made?.remove();
      setMap(null);
    };
  }, [kind, _lang, ground?.tiles, ground?.pmtiles]);

  useEffect(() => {
    const leaving = new AbortController();
    const settle = (found, points) => {
      if (leaving.signal.aborted) return;
      setPlaces(found);
      setFailed((others) => ({ ...others, points }));
    };
    fetch(`${points}${points.includes("?") ? "&" : "?"}lang=${_lang}`, { signal: leaving.signal })
      .then((answer) => (answer.ok ? answer.json() : Promise.reject()))
      .then((found) => settle(found, false))
      .catch(() => settle([], true)); // Without points there is still the list.
    return () => leaving.abort();
  }, [points, _lang]);

  useEffect(() => map?.show(places, shown), [map, places, shown]);
  useEffect(() => map?.look(focus), [map, focus]);
  useEffect(() => map?.markHome(home), [map, home]);

  // "On the map" beside a place of the list.
  useEffect(() => {
    if (!map) return undefined;
    const point = (event) => {
      const asked = event.target.closest?.("[data-show-place]");
      if (asked && map.point(asked.dataset.showPlace)) {
        box.current.scrollIntoView({ block: "nearest" });
      }
    };
    document.addEventListener("click", point);
    return () => document.removeEventListener("click", point);
  }, [map, places]);

  return (
    <>
      <div ref={box} role="region" aria-label={labels?.map} className={className} data-ready={map !== null} />
      {labels?.failed && (failed.drawing || failed.points) && <p role="status">{labels.failed}</p>}
    </>
  );
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
