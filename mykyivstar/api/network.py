"""The network by city over HTTP, for the map; for whoever is signed in (H6)."""

from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from mykyivstar import wiring
from mykyivstar.api.papers import language_of, who_asks
from mykyivstar.domain.faults.models import OutageKind
from mykyivstar.domain.faults.network_map import Trouble, TroubledCity
from mykyivstar.formatting.dates import format_date, format_time
from mykyivstar.i18n import DEFAULT_LANGUAGE, tr, trn

PATH = "/api/network/points.json"
# Where the network is down is for subscribers, so no shared cache keeps it; theirs for a moment.
_BRIEFLY = {"Cache-Control": "private, max-age=30", "Vary": "Cookie"}


async def points(request: Request) -> Response:
    """`GET /api/network/points.json?lang=uk`: cities of the map with their outages and works, in words."""
    lang, at = language_of(request), wiring.clock().now()
    actor, _ = await who_asks(request)
    if actor is None:
        return JSONResponse({"error": tr(lang, "Sign in to see it.")}, status_code=401, headers={"Vary": "Cookie"})
    known = await wiring.network_maps().current(at)
    return JSONResponse([_point(each, lang, at) for each in known if each.city], headers=_BRIEFLY)


def _point(troubled: TroubledCity, lang: str, at: datetime) -> dict[str, Any]:
    assert troubled.city is not None, "only what has a place on the map"
    return {
        "id": troubled.key,
        "at": [troubled.city.latitude, troubled.city.longitude],
        "kind": troubled.kind.value,
        "name": _said(troubled.name, lang),
        "count": len(troubled.troubles) + troubled.more,
        "events": [_event(each, lang, at) for each in troubled.troubles],
        "more": trn(lang, "and one more", "and {count} more", count=troubled.more) if troubled.more else "",
    }


def _event(trouble: Trouble, lang: str, at: datetime) -> dict[str, str]:
    return {
        "what": tr(lang, "Planned works") if trouble.kind is OutageKind.WORKS else tr(lang, "Outage"),
        "when": _when(trouble, lang, at),
        "where": _where(trouble, lang),
        "why": _said(trouble.reason, lang),
    }


def _when(trouble: Trouble, lang: str, at: datetime) -> str:
    start = _moment(trouble.starts_at, lang)
    if trouble.expected_at is None:
        return tr(lang, "since {at}; we do not know yet until when", at=start)
    end = _moment(trouble.expected_at, lang)
    if not trouble.is_now(at):
        return tr(lang, "from {start} to {end}", start=start, end=end)
    if trouble.is_late(at):
        return tr(lang, "since {start}; was to end {end}, we are still working on it", start=start, end=end)
    return tr(lang, "since {start}, expected until {end}", start=start, end=end)


def _where(trouble: Trouble, lang: str) -> str:
    streets = ", ".join(trouble.streets)
    if trouble.more_streets:
        return trn(
            lang,
            "{streets} and one more street",
            "{streets} and {count} more streets",
            count=trouble.more_streets,
            streets=streets,
        )
    return streets or tr(lang, "the whole city")


def _moment(at: datetime, lang: str) -> str:
    return tr(lang, "{day}, {time}", day=format_date(at, lang, "day"), time=format_time(at))


def _said(texts: Any, lang: str) -> str:
    return str(texts.get(lang) or texts.get(DEFAULT_LANGUAGE) or "")


routes = [Route(PATH, points)]
