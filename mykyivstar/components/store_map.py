"""Maps: of stores, of outages, and the button that asks where one is."""

from typing import Any, ClassVar

import reflex as rx

from mykyivstar.components.foundations import KIT_FOLDER


def _coordinates(latitude: rx.Var[float], longitude: rx.Var[float]) -> tuple[rx.Var[float], rx.Var[float]]:
    return latitude, longitude


class PlaceMap(rx.Component):
    """Leaflet with clusters. Points are fetched; `focus` are the corners of what to look at, `ground` the tiles if
    there are any. A button with `data-show-place` opens a point, whose row has `data-place`.
    """

    library = f"{KIT_FOLDER}/map"
    lib_dependencies: ClassVar[list[str]] = ["leaflet@1.9.4", "leaflet.markercluster@1.5.3", "protomaps-leaflet@5.1.0"]
    points: rx.Var[str]
    focus: rx.Var[list[list[float]]]
    ground: rx.Var[dict[str, str]]
    labels: rx.Var[dict[str, Any]]


class StoreMap(PlaceMap):
    """Stores; `shown` are the ids of those to show (None: all of them)."""

    tag = "StoreMap"
    shown: rx.Var[list[int] | None]


class OutageMap(PlaceMap):
    """Outages and planned works by city; `home` is one's own: [latitude, longitude], or [] for none."""

    tag = "OutageMap"
    home: rx.Var[list[float]]


class HereButton(rx.Component):
    """Tells the place of the device, or why it does not: "refused", "slow", "unavailable"."""

    library = f"{KIT_FOLDER}/map"
    tag = "HereButton"
    on_found: rx.EventHandler[_coordinates]
    on_failed: rx.EventHandler[rx.event.passthrough_event_spec(str)]
