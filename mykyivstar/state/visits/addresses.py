"""Addresses of visits."""

from urllib.parse import quote

from mykyivstar import routes
from mykyivstar.domain.visits.times import SERVICE

#: Service centres, on the map.
CENTRES = f"{routes.STORES}?service={SERVICE}"


def of_booking(store: str) -> str:
    """Where a visit to this store is booked."""
    return f"{routes.VISIT_BOOKING}?store={quote(store, safe='')}"


def of_visit(code: str) -> str:
    """A visit that was booked, for whoever knows its address."""
    return routes.VISIT.replace("[code]", code)
