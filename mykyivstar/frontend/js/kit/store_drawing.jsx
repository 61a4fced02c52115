// Stores on the map, as api/stores.py sends them.
import L from "leaflet";
import { MapDrawing } from "./map_drawing.jsx";

const ID = 0, CODE = 1, LATITUDE = 2, LONGITUDE = 3, IS_CENTRE = 4, NAME = 5, ADDRESS = 6;

export class StoreDrawing extends MapDrawing {
  constructor(box, given) {
    super(box, given, { isInAddress: true });
  }

  idOf(store) {
    return store[ID];
  }

  markerOf(store) {
    const icon = L.divIcon({ className: store[IS_CENTRE] ? "map-pin map-pin-centre" : "map-pin", iconSize: [26, 26] });
    return L.marker([store[LATITUDE], store[LONGITUDE]], { icon, title: store[NAME], alt: store[NAME] });
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
}
