"""Stores over HTTP: points for the map, files to take away, a plain list; all of it public (J1, J2)."""

import asyncio
import gzip
import json
from datetime import datetime
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from mykyivstar import wiring
from mykyivstar.api.papers import language_of
from mykyivstar.domain.identity import limits
from mykyivstar.domain.identity.errors import TooManyTries
from mykyivstar.domain.stores.register import Answer, Register, Wish
from mykyivstar.domain.stores.wishes import wish_of
from mykyivstar.guard.address import client_address
from mykyivstar.i18n import LANGUAGES, describe
from mykyivstar.papers.stores import formats, list_page, words
from mykyivstar.papers.stores.pdf import stores_pdf
from mykyivstar.settings import settings

_TYPES = {
    "geojson": "application/geo+json",
    "kml": "application/vnd.google-earth.kml+xml",
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
}
# Everybody gets the same; what the desk changes is on every map within a minute.
_SHARED = {"Cache-Control": "public, max-age=60", "Vary": "Accept-Encoding"}
_FRESH = {"Cache-Control": "no-store"}


async def points(request: Request) -> Response:
    """`GET /api/stores/points.json?lang=uk`: [id, code, latitude, longitude, is a service centre, name, address]."""
    register = await wiring.stores().current(wiring.clock().now())
    packed = _points(register, language_of(request))
    headers = {**_SHARED, "Content-Encoding": "gzip"}
    if "gzip" not in request.headers.get("accept-encoding", ""):
        packed, headers = gzip.decompress(packed), _SHARED
    return Response(packed, media_type="application/json", headers=headers)


@lru_cache(maxsize=2 * len(LANGUAGES))
def _points(register: Register, lang: str) -> bytes:
    rows = [
        (
            place.id,
            place.code,
            place.point.latitude,
            place.point.longitude,
            int(place.kind.value == "service_centre"),
            words.said(place.name, lang),
            f"{words.said(place.city, lang)}, {words.said(place.address, lang)}",
        )
        for place in register.places
    ]
    return gzip.compress(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode(), 6, mtime=0)


async def download(request: Request) -> Response:
    """`GET /api/stores/stores.{geojson,kml,csv,pdf}` with the parameters of the page: what it has found."""
    lang, ending = language_of(request), request.path_params["ending"]
    if ending not in _TYPES:
        return Response(status_code=404)
    try:
        await _count(request)
    except TooManyTries as refusal:
        return JSONResponse({"error": describe(refusal, lang)}, status_code=429, headers=_FRESH)
    at = wiring.clock().now()
    _, answer, _ = await _found(request, at)
    content = await _written(answer, ending, lang, at)
    headers = {**_FRESH, "Content-Disposition": f'attachment; filename="kyivstar-stores.{ending}"'}
    return Response(content, media_type=_TYPES[ending], headers=headers)


async def _written(answer: Answer, ending: str, lang: str, at: datetime) -> bytes:
    places, site = [each.place for each in answer.found], settings().site
    match ending:
        case "geojson":
            return await asyncio.to_thread(formats.geojson, places, lang, site)
        case "kml":
            return await asyncio.to_thread(formats.kml, places, lang, site)
        case "csv":
            return await asyncio.to_thread(formats.sheet, places, lang)
        case _:
            return await stores_pdf(answer.found, lang, at)


async def plain_list(request: Request) -> Response:
    """`GET /stores-list`: the same as `/stores`, without scripts."""
    at = wiring.clock().now()
    wish, answer, register = await _found(request, at)
    page = list_page.list_page(answer, wish, register.services, language_of(request), at)
    return HTMLResponse(page, headers=_FRESH)


async def _found(request: Request, at: datetime) -> tuple[Wish, Answer, Register]:
    wish = wish_of(request.query_params)
    register = await wiring.stores().current(at)
    return wish, register.find(wish, at), register


async def _count(request: Request) -> None:
    """One more file for this address. Raises TooManyTries: a PDF of every store is work."""
    tries = (limits.Rule.STORES_FOR_ADDRESS, client_address(request.scope))
    async with wiring.unit_of_work() as session:
        wait = await limits.hit(session, wiring.clock().now(), tries)
    limits.refuse_if_over(wait)


routes = [
    Route("/api/stores/points.json", points),
    Route("/api/stores/stores.{ending}", download),
    Route(list_page.PATH, plain_list),
]
