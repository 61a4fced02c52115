// Outages and planned works by city, as api/network.py sends them: told apart by sign and shape, not by colour alone.
import L from "leaflet";
import { MapDrawing } from "./map_drawing.jsx";

const SVG = "http://www.w3.org/2000/svg";
// The same outlines of Lucide as in the legend below the map.
const SIGNS = {
  outage: ["m21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3", "M12 9v4", "M12 17h.01"],
  works: [
    "M14.7 6.3a1 1 0 0 0 0 1.4l1.6 1.6a1 1 0 0 0 1.4 0l3.77-3.77a6 6 0 0 1-7.94 7.94l-6.91 6.91a2.12 2.12 0 0 1-3-3" +
      "l6.91-6.91a6 6 0 0 1 7.94-7.94l-3.76 3.76z",
  ],
  home: [
    "M15 21v-8a1 1 0 0 0-1-1h-4a1 1 0 0 0-1 1v8",
    "M3 10a2 2 0 0 1 .709-1.528l7-6a2 2 0 0 1 2.582 0l7 6A2 2 0 0 1 21 10v9a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2z",
  ],
};

export class OutageDrawing extends MapDrawing {
  // As narrow as a phone's map: the app's own way of breaking lines keeps Leaflet from measuring it.
  popupLook = { minWidth: 240, maxWidth: 260, maxHeight: 200 };

  constructor(box, given) {
    super(box, given, { clusterRadius: 28 });
  }

  show(cities) {
    // What somebody is reading stays open when the points come anew.
    const read = [...this.markers].find(([, marker]) => marker.isPopupOpen())?.[0];
    super.show(cities);
    this.markers.get(read)?.openPopup();
  }

  idOf(city) {
    return city.id;
  }

  markerOf(city) {
    const title = `${city.name}: ${this.labels[city.kind]}${city.count > 1 ? ` (${city.count})` : ""}`;
    return L.marker(city.at, { icon: sign(city.kind, city.count), title, alt: title, kind: city.kind, count: city.count });
  }

  clusterIcon(cluster) {
    const inside = cluster.getAllChildMarkers().map((marker) => marker.options);
    const kind = inside.some((city) => city.kind === "outage") ? "outage" : "works";
    return sign(kind, inside.reduce((sum, city) => sum + city.count, 0));
  }

  popup(city) {
    const box = document.createElement("div");
    const name = document.createElement("strong");
    name.textContent = city.name;
    box.append(name, ...city.events.map(told));
    // What is long scrolls, also by keyboard.
    if (city.events.length > 1) box.tabIndex = 0;
    if (city.more) box.append(line("p", city.more));
    return box;
  }

  // One's own city, whether something is the matter there or not.
  markHome(point) {
    this.home?.remove();
    if (!point?.length) return;
    const icon = L.divIcon({ className: "map-sign map-home", html: drawn("home"), iconSize: [28, 28], iconAnchor: [14, 46] });
    const title = this.labels.home;
    this.home = L.marker(point, { icon, title, alt: title, interactive: false, keyboard: false }).addTo(this.map);
  }

  markInTheList(id, isOpen) {
    // Where the list is below the map, going there would take what was just opened away.
    if (matchMedia("(min-width: 68rem)").matches || !isOpen) super.markInTheList(id, isOpen);
  }
}

function told(event) {
  const box = document.createElement("p");
  box.className = "map-told";
  box.append(line("b", event.what));
  for (const text of [event.where, event.when, event.why]) {
    if (text) box.append(line("span", text));
  }
  return box;
}

function line(tag, text) {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

function sign(kind, count) {
  const inside = document.createElement("span");
  inside.append(drawn(kind));
  if (count > 1) inside.append(line("b", count));
  return L.divIcon({ className: `map-sign map-${kind}`, html: inside, iconSize: [34, 34], popupAnchor: [0, -14] });
}

function drawn(kind) {
  const svg = document.createElementNS(SVG, "svg");
  const look = { viewBox: "0 0 24 24", width: 16, height: 16, fill: "none", stroke: "currentColor" };
  const pen = { "stroke-width": 2.25, "stroke-linecap": "round", "stroke-linejoin": "round", "aria-hidden": "true" };
  for (const [name, value] of Object.entries({ ...look, ...pen })) svg.setAttribute(name, value);
  for (const d of SIGNS[kind]) svg.appendChild(document.createElementNS(SVG, "path")).setAttribute("d", d);
  return svg;
}
