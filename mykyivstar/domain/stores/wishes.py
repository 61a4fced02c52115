"""A wish as the parameters of an address, so that it can be shared and gone back to: ?q=львів&service=esim&open=1."""

import re
from collections.abc import Iterable, Mapping

from mykyivstar.domain.stores.geo import Point
from mykyivstar.domain.stores.models import StoreKind
from mykyivstar.domain.stores.register import Wish

TEXT_MAX = 80
_SERVICES_MAX = 20
_SERVICE = re.compile(r"[a-z_]{1,40}")
_POINT = re.compile(r"(-?[0-9]{1,2}(?:\.[0-9]{1,6})?),(-?[0-9]{1,3}(?:\.[0-9]{1,6})?)")
# Where somebody is stands in an address that they may share: a hundred metres will do.
_DECIMALS = 3


def wish_of(parameters: Mapping[str, str]) -> Wish:
    """What an address asks for; whatever of it cannot be read asks for nothing."""
    services = parameters.get("service", "").split(",")
    return Wish(
        text=parameters.get("q", "").strip()[:TEXT_MAX],
        kind=next((kind for kind in StoreKind if kind.value == parameters.get("kind")), None),
        services=frozenset(list(filter(_SERVICE.fullmatch, services))[:_SERVICES_MAX]),
        open_now=parameters.get("open") == "1",
        origin=point_of(parameters.get("near", "")),
    )


def parameters_of(wish: Wish) -> dict[str, str]:
    """The parameters that ask for this; `wish_of` of them is the wish, but for the exact place of `origin`."""
    return dict(_parameters(wish))


def point_of(text: str) -> Point | None:
    """A point written as 50.45,30.523; None when it is none."""
    if (match := _POINT.fullmatch(text)) is None:
        return None
    latitude, longitude = float(match[1]), float(match[2])
    return Point(latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def _parameters(wish: Wish) -> Iterable[tuple[str, str]]:
    if wish.text:
        yield "q", wish.text
    if wish.kind:
        yield "kind", wish.kind.value
    if wish.services:
        yield "service", ",".join(sorted(wish.services))
    if wish.open_now:
        yield "open", "1"
    if wish.origin:
        yield "near", f"{wish.origin.latitude:.{_DECIMALS}f},{wish.origin.longitude:.{_DECIMALS}f}"
