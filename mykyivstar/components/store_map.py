"""The map of stores, and the button that asks where one is."""

from typing import Any, ClassVar

import reflex as rx

from mykyivstar.components.foundations import KIT_FOLDER


def _coordinates(latitude: rx.Var[float], longitude: rx.Var[float]) -> tuple[rx.Var[float], rx.Var[float]]:
    return latitude, longitude


class StoreMap(rx.Component):
    """Leaflet with clusters. Points are fetched; `shown` are the ids of those to show (None: all of them), `focus` the
    corners of what to look at, `ground` the tiles if there are any.
    """

    library = f"{KIT_FOLDER}/map"
    tag = "StoreMap"
    lib_dependencies: ClassVar[list[str]] = ["leaflet@1.9.4", "leaflet.markercluster@1.5.3", "protomaps-leaflet@5.1.0"]
    points: rx.Var[str]
    shown: rx.Var[list[int] | None]
    focus: rx.Var[list[list[float]]]
    ground: rx.Var[dict[str, str]]
    labels: rx.Var[dict[str, Any]]


class HereButton(rx.Component):
    """Tells the place of the device, or why it does not: "refused", "slow", "unavailable"."""

    library = f"{KIT_FOLDER}/map"
    tag = "HereButton"
    on_found: rx.EventHandler[_coordinates]
    on_failed: rx.EventHandler[rx.event.passthrough_event_spec(str)]
