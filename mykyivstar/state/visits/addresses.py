"""Addresses of visits."""

from urllib.parse import quote

from mykyivstar import routes


def of_booking(store: str) -> str:
    """Where a visit to this store is booked."""
    return f"{routes.VISIT_BOOKING}?store={quote(store, safe='')}"


def of_visit(code: str) -> str:
    """A visit that was booked, for whoever knows its address."""
    return routes.VISIT.replace("[code]", code)
