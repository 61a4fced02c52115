"""GeoJSON, KML and CSV of stores (J2); coordinates are WGS 84, hours in the OpenStreetMap syntax."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree as ET

from mykyivstar.domain.stores.register import Place
from mykyivstar.i18n import LANGUAGES, tr
from mykyivstar.papers.reports.tables import defused
from mykyivstar.papers.stores import words

_KML = "http://www.opengis.net/kml/2.2"
# A spreadsheet takes a file for UTF-8 by this mark.
_MARK = "\ufeff"


def geojson(places: Sequence[Place], lang: str, site: str) -> bytes:
    """A FeatureCollection by RFC 7946, tagged as OpenStreetMap tags shops."""
    features = [
        {
            "type": "Feature",
            "id": place.code,
            "geometry": {"type": "Point", "coordinates": [place.point.longitude, place.point.latitude]},
            "properties": _tags(place, lang, site),
        }
        for place in places
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()


def _tags(place: Place, lang: str, site: str) -> Mapping[str, Any]:
    tags = {
        "ref": place.code,
        "shop": "mobile_phone",
        "operator": "Kyivstar",
        "kind": place.kind.value,
        "name": words.said(place.name, lang),
        **{f"name:{each}": place.name[each] for each in LANGUAGES if place.name.get(each)},
        "addr:country": "UA",
        "addr:city": words.said(place.city, lang),
        "addr:full": words.said(place.address, lang),
        "opening_hours": place.opening_hours,
        "phone": place.phone,
        "services": sorted(place.services),
        "note": words.said(place.note, lang),
        "website": f"{site}/stores/{place.code}",
    }
    return {key: value for key, value in tags.items() if value}


def kml(places: Sequence[Place], lang: str, site: str) -> bytes:
    """KML 2.2: a placemark for each."""
    ET.register_namespace("", _KML)
    root = ET.Element(f"{{{_KML}}}kml")
    document = ET.SubElement(root, f"{{{_KML}}}Document")
    _text(document, "name", tr(lang, "Stores and service centres"))
    for place in places:
        mark = ET.SubElement(document, f"{{{_KML}}}Placemark", id=f"store-{place.id}")
        _text(mark, "name", words.said(place.name, lang))
        _text(mark, "address", f"{words.said(place.city, lang)}, {words.said(place.address, lang)}")
        _text(mark, "phoneNumber", place.phone)
        about = (place.opening_hours, words.services(place, lang), words.said(place.note, lang))
        _text(mark, "description", "\n".join(line for line in (*about, f"{site}/stores/{place.code}") if line))
        point = ET.SubElement(mark, f"{{{_KML}}}Point")
        _text(point, "coordinates", f"{place.point.longitude},{place.point.latitude}")
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _text(parent: ET.Element, name: str, text: str) -> None:
    if text:
        ET.SubElement(parent, f"{{{_KML}}}{name}").text = text


def sheet(places: Sequence[Place], lang: str) -> bytes:
    """CSV with a header in the reader's language."""
    out = io.StringIO()
    out.write(_MARK)
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(
        [
            tr(lang, "Code"),
            tr(lang, "Kind"),
            tr(lang, "Name"),
            tr(lang, "City"),
            tr(lang, "Address"),
            tr(lang, "Latitude"),
            tr(lang, "Longitude"),
            tr(lang, "Opening hours"),
            tr(lang, "Services"),
            tr(lang, "Phone"),
            tr(lang, "Note"),
        ]
    )
    for place in places:
        cells = (
            place.code,
            words.kind(place, lang),
            words.said(place.name, lang),
            words.said(place.city, lang),
            words.said(place.address, lang),
            place.point.latitude,
            place.point.longitude,
            place.opening_hours,
            words.services(place, lang),
            place.phone,
            words.said(place.note, lang),
        )
        writer.writerow([defused(cell) if isinstance(cell, str) else cell for cell in cells])
    return out.getvalue().encode()
