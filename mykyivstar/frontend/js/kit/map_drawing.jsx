// Leaflet itself: ground, labels of cities, stores in clusters. Texts go in as text, never as HTML.
import L from "leaflet";
import "leaflet/dist/leaflet.css";
import "leaflet.markercluster";
import "./map.css";
import { cities, outlines } from "./map_land.jsx";

const COUNTRY = [[44.3, 22.1], [52.4, 40.3]];
const NEAREST_ZOOM = 15;
const ID = 0, CODE = 1, LATITUDE = 2, LONGITUDE = 3, IS_CENTRE = 4, NAME = 5, ADDRESS = 6;
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

export class StoreDrawing {
  constructor(box, { lang, ground, labels, open }) {
    this.labels = labels;
    this.open = open;
    this.markers = new Map();
    this.map = L.map(box, {
      minZoom: 5,
      maxZoom: 18,
      zoomControl: false,
      zoomAnimation: !calm(),
      fadeAnimation: !calm(),
      markerZoomAnimation: !calm(),
    });
    this.map.attributionControl.setPrefix(false);
    L.control.zoom({ zoomInTitle: labels.zoomIn, zoomOutTitle: labels.zoomOut }).addTo(this.map);
    const start = whereTheAddressLooks();
    if (start) this.map.setView(start.centre, start.zoom);
    else this.map.fitBounds(COUNTRY);
    this.obeysAddress = start !== null;
    this.drawGround(ground, lang);
    this.group = L.markerClusterGroup({
      showCoverageOnHover: false,
      maxClusterRadius: 45,
      chunkedLoading: true,
      animate: !calm(),
      iconCreateFunction: (cluster) => this.clusterIcon(cluster),
    });
    this.map.addLayer(this.group);
    this.map.on("moveend", () => this.isUsed && rememberInTheAddress(this.map));
    for (const act of ["pointerdown", "wheel", "keydown"]) {
      box.addEventListener(act, () => (this.isUsed = true), { passive: true });
    }
  }

  drawGround(ground, lang) {
    if (ground?.tiles) {
      L.tileLayer(ground.tiles, { attribution: ground.attribution, maxZoom: 19 }).addTo(this.map);
      return;
    }
    if (ground?.pmtiles) {
      import("protomaps-leaflet").then((protomaps) =>
        protomaps
          .leafletLayer({ url: ground.pmtiles, flavor: "light", lang, attribution: ground.attribution })
          .addTo(this.map),
      );
      return;
    }
    L.geoJSON(outlines, { interactive: false, attribution: "Natural Earth", style: { className: "map-land" } }).addTo(this.map);
    this.map.createPane("cities").style.zIndex = 450;
    const names = L.layerGroup().addTo(this.map);
    const write = () => {
      names.clearLayers();
      for (const [latitude, longitude, rank, name] of cities) {
        if (rank > Math.max(1, this.map.getZoom() - 5)) continue;
        const label = document.createElement("span");
        label.textContent = name[lang] ?? name.uk;
        const icon = L.divIcon({ className: "map-city", html: label, iconSize: [0, 0] });
        L.marker([latitude, longitude], { pane: "cities", interactive: false, keyboard: false, icon }).addTo(names);
      }
    };
    this.map.on("zoomend", write);
    write();
  }

  show(stores, shown) {
    const wanted = shown ? new Set(shown) : null;
    this.group.clearLayers();
    this.markers.clear();
    for (const store of stores) {
      if (wanted && !wanted.has(store[ID])) continue;
      const icon = L.divIcon({ className: store[IS_CENTRE] ? "map-pin map-pin-centre" : "map-pin", iconSize: [26, 26] });
      const marker = L.marker([store[LATITUDE], store[LONGITUDE]], { icon, title: store[NAME], alt: store[NAME] });
      marker.bindPopup(() => this.popup(store));
      marker.on("popupopen", () => markInTheList(store[ID], true));
      marker.on("popupclose", () => markInTheList(store[ID], false));
      this.markers.set(store[ID], marker);
    }
    this.group.addLayers([...this.markers.values()]);
  }

  look(focus) {
    if (!focus?.length) return;
    // An address that says where to look is obeyed once; what is found afterwards is shown.
    if (this.obeysAddress) {
      this.obeysAddress = false;
      return;
    }
    this.map.fitBounds(focus, { maxZoom: NEAREST_ZOOM, padding: [30, 30], animate: !calm() });
  }

  point(id) {
    const marker = this.markers.get(id);
    if (!marker) return false;
    this.group.zoomToShowLayer(marker, () => marker.openPopup());
    return true;
  }

  popup(store) {
    const box = document.createElement("div");
    const name = document.createElement("strong");
    name.textContent = store[NAME];
    const where = document.createElement("p");
    where.textContent = store[ADDRESS];
    const link = document.createElement("a");
    link.href = `/stores/${store[CODE]}`;
    link.textContent = this.labels.open;
    link.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey) return;
      event.preventDefault();
      this.open(link.getAttribute("href"));
    });
    box.append(name, where, link);
    return box;
  }

  clusterIcon(cluster) {
    const count = document.createElement("b");
    count.textContent = cluster.getChildCount();
    return L.divIcon({ className: "map-cluster", html: count, iconSize: [40, 40] });
  }

  remove() {
    this.map.remove();
  }
}

function whereTheAddressLooks() {
  const found = /^#(\d{1,2})\/(-?\d+\.?\d*)\/(-?\d+\.?\d*)$/.exec(location.hash);
  return found ? { zoom: Number(found[1]), centre: [Number(found[2]), Number(found[3])] } : null;
}

function rememberInTheAddress(map) {
  const { lat, lng } = map.getCenter();
  const place = `#${map.getZoom()}/${lat.toFixed(4)}/${lng.toFixed(4)}`;
  history.replaceState(history.state, "", location.pathname + location.search + place);
}

function markInTheList(id, isOpen) {
  const row = document.querySelector(`[data-store="${id}"]`);
  row?.toggleAttribute("data-pointed", isOpen);
  if (isOpen) row?.scrollIntoView({ block: "nearest" });
}
