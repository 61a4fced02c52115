"""Stores on paper: a map picture and the list beside it (J2)."""

import asyncio
import json
from collections.abc import Sequence
from datetime import datetime

from mykyivstar.domain.stores.register import Found
from mykyivstar.formatting.dates import format_moment
from mykyivstar.i18n import tr, trn
from mykyivstar.papers.pdf import set_paper
from mykyivstar.papers.stores import words
from mykyivstar.papers.stores.picture import map_svg


async def stores_pdf(found: Sequence[Found], lang: str, at: datetime) -> bytes:
    """The paper, A4; set in a thread."""
    return await asyncio.to_thread(lambda: set_paper("stores.typ", _data(found, lang, at)))


def _data(found: Sequence[Found], lang: str, at: datetime) -> str:
    said = {
        "lang": lang,
        "title": tr(lang, "Stores and service centres"),
        "issuer": tr(lang, "Kyivstar"),
        "service": tr(lang, "My Kyivstar"),
        "map": map_svg([each.place.point for each in found], lang),
        "map_about": tr(lang, "Map of the stores in the list below"),
        "count": trn(lang, "{count} place", "{count} places", count=len(found)),
        "columns": ["", tr(lang, "Where"), tr(lang, "Opening hours"), tr(lang, "Services")],
        "rows": [_row(number, each, lang, at) for number, each in enumerate(found, 1)],
        "none": tr(lang, "Nothing fits. Take a filter away, or look elsewhere."),
        "page": tr(lang, "Page"),
        "foot": tr(lang, "As of {moment}. Outlines: {source}.", moment=format_moment(at, lang), source="Natural Earth"),
    }
    return json.dumps(said, ensure_ascii=False)


def _row(number: int, found: Found, lang: str, at: datetime) -> dict[str, str]:
    place = found.place
    where = f"{words.said(place.city, lang)}, {words.said(place.address, lang)}"
    far = words.distance(found, lang)
    return {
        "number": str(number),
        "name": words.said(place.name, lang),
        "where": f"{where} · {far}" if far else where,
        "hours": words.week(place, at, lang),
        "note": words.said(place.note, lang),
        "services": words.services(place, lang),
    }
