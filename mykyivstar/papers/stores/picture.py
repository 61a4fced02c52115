"""A map to print: outlines of the oblasts, names of cities, a numbered mark for each store. Plain SVG."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from mykyivstar.domain.stores.cities import cities
from mykyivstar.domain.stores.geo import Point
from mykyivstar.domain.stores.outlines import rings
from mykyivstar.papers.stores import words

_SVG = "http://www.w3.org/2000/svg"
_WIDTH = 900.0
_TALLEST = 620.0
_MARGIN = 0.12
# A single street is shown with this much around it, in degrees.
_LEAST_SPAN = 0.06
_COUNTRY = (Point(44.3, 22.1), Point(52.4, 40.3))
# More marks than this are dots: their numbers could not be read.
NUMBERED_MOST = 60


@dataclass(frozen=True, slots=True)
class _Frame:
    """What part of the world is seen, and how a point of it becomes one of the picture."""

    south_west: Point
    north_east: Point
    width: float
    height: float

    @classmethod
    def around(cls, points: Sequence[Point]) -> "_Frame":
        """With a margin; the whole country when there are none."""
        among = points or _COUNTRY
        south, north = min(p.latitude for p in among), max(p.latitude for p in among)
        west, east = min(p.longitude for p in among), max(p.longitude for p in among)
        tall = max(north - south, _LEAST_SPAN) * (1 + 2 * _MARGIN)
        wide = max(east - west, _LEAST_SPAN * 1.5) * (1 + 2 * _MARGIN)
        middle = Point((south + north) / 2, (west + east) / 2)
        shrink = math.cos(math.radians(middle.latitude))
        height = min(max(_WIDTH * tall / (wide * shrink), _WIDTH * 0.45), _TALLEST)
        # Whichever side is too short for the shape of the picture shows more of the land.
        tall = max(tall, wide * shrink * height / _WIDTH)
        wide = max(wide, tall * _WIDTH / height / shrink)
        return cls(
            Point(middle.latitude - tall / 2, middle.longitude - wide / 2),
            Point(middle.latitude + tall / 2, middle.longitude + wide / 2),
            _WIDTH,
            height,
        )

    def place(self, point: Point) -> tuple[float, float]:
        """Where it is in the picture."""
        x = (point.longitude - self.south_west.longitude) / (self.north_east.longitude - self.south_west.longitude)
        y = (self.north_east.latitude - point.latitude) / (self.north_east.latitude - self.south_west.latitude)
        return round(x * self.width, 1), round(y * self.height, 1)

    def sees(self, point: Point) -> bool:
        """Whether it is inside."""
        x, y = self.place(point)
        return 0 <= x <= self.width and 0 <= y <= self.height


def map_svg(points: Sequence[Point], lang: str) -> str:
    """The picture of these points, numbered in their order while there are few."""
    frame = _Frame.around(points)
    root = ET.Element("svg", xmlns=_SVG, viewBox=f"0 0 {frame.width:.0f} {frame.height:.0f}")
    ET.SubElement(root, "rect", width=f"{frame.width:.0f}", height=f"{frame.height:.0f}", fill="#e3edf6")
    for ring in rings():
        line = " ".join(f"{x},{y}" for x, y in map(frame.place, ring))
        ET.SubElement(root, "polygon", points=line, fill="#ffffff", stroke="#9fb4c9")
    _cities(root, frame, lang)
    is_numbered = len(points) <= NUMBERED_MOST
    for number, point in enumerate(points, 1):
        x, y = frame.place(point)
        radius = "11" if is_numbered else "4"
        ET.SubElement(root, "circle", cx=str(x), cy=str(y), r=radius, fill="#0067c5", stroke="#ffffff")
        if is_numbered:
            _write(root, str(number), x, y + 4.5, "#ffffff")
    return ET.tostring(root, encoding="unicode")


def _cities(root: ET.Element, frame: _Frame, lang: str) -> None:
    seen = [city for city in cities() if frame.sees(Point(city.latitude, city.longitude))]
    # On a map of the whole country the small ones would cover each other.
    lowest = 3 if len(seen) <= 14 else 2 if len([city for city in seen if city.rank <= 2]) <= 26 else 1
    for city in seen:
        if city.rank <= lowest:
            x, y = frame.place(Point(city.latitude, city.longitude))
            _write(root, words.said(city.name, lang), x, y - 8, "#55657a")


def _write(root: ET.Element, text: str, x: float, y: float, colour: str) -> None:
    style = {"text-anchor": "middle", "font-family": "Onest", "font-size": "12", "fill": colour}
    ET.SubElement(root, "text", {"x": f"{x:.1f}", "y": f"{y:.1f}", **style}).text = text
