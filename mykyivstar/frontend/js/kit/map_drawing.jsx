// Leaflet itself: ground, labels of cities, places in clusters. What a place is, `store_drawing` and `outage_drawing`
// say. Texts go in as text, never as HTML.
import L from "leaflet";
import "leaflet/dist/leaflet.css";
import "leaflet.markercluster";
import "./map.css";
import { cities, outlines } from "./map_land.jsx";

const COUNTRY = [[44.3, 22.1], [52.4, 40.3]];
const NEAREST_ZOOM = 15;
// Outlines and names of cities show nothing of a city's inside: from so far one of them is in sight.
const NEAREST_ZOOM_OF_OUTLINES = 11;
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

export class MapDrawing {
  popupLook = {};
  nearestZoom = NEAREST_ZOOM;

  // `isInAddress`: where it looks stands in the address, so that it can be sent on; `clusterRadius` in pixels.
  constructor(box, { lang, ground, labels, open }, { isInAddress = false, clusterRadius = 45 } = {}) {
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
    const start = isInAddress ? whereTheAddressLooks() : null;
    if (start) this.map.setView(start.centre, start.zoom);
    else this.map.fitBounds(COUNTRY);
    this.obeysAddress = start !== null;
    this.drawGround(ground, lang);
    this.group = L.markerClusterGroup({
      showCoverageOnHover: false,
      maxClusterRadius: clusterRadius,
      chunkedLoading: true,
      animate: !calm(),
      iconCreateFunction: (cluster) => this.clusterIcon(cluster),
    });
    this.map.addLayer(this.group);
    this.map.on("popupopen", ({ popup }) => {
      const cross = popup.getElement()?.querySelector(".leaflet-popup-close-button");
      if (labels.close) cross?.setAttribute("aria-label", labels.close);
    });
    if (isInAddress) this.map.on("moveend", () => this.isUsed && rememberInTheAddress(this.map));
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
    this.nearestZoom = NEAREST_ZOOM_OF_OUTLINES;
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

  // Of the kind: idOf(place), markerOf(place), popup(place).
  show(places, shown) {
    const wanted = shown ? new Set(shown) : null;
    this.group.clearLayers();
    this.markers.clear();
    for (const place of places) {
      const id = this.idOf(place);
      if (wanted && !wanted.has(id)) continue;
      const marker = this.markerOf(place);
      marker.bindPopup(() => this.popup(place), this.popupLook);
      marker.on("popupopen", () => this.markInTheList(id, true));
      marker.on("popupclose", () => this.markInTheList(id, false));
      this.markers.set(String(id), marker);
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
    this.map.fitBounds(focus, { maxZoom: this.nearestZoom, padding: [30, 30], animate: !calm() });
  }

  point(id) {
    const marker = this.markers.get(String(id));
    if (!marker) return false;
    this.group.zoomToShowLayer(marker, () => marker.openPopup());
    return true;
  }

  clusterIcon(cluster) {
    const count = document.createElement("b");
    count.textContent = cluster.getChildCount();
    return L.divIcon({ className: "map-cluster", html: count, iconSize: [40, 40] });
  }

  markHome() {}

  markInTheList(id, isOpen) {
    const row = document.querySelector(`[data-place="${CSS.escape(id)}"]`);
    row?.toggleAttribute("data-pointed", isOpen);
    if (isOpen) row?.scrollIntoView({ block: "nearest" });
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
