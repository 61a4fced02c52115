"""Routes of our own beside the pages."""

from starlette.routing import Route

from mykyivstar.settings import settings


def own_routes() -> list[Route]:
    """Every HTTP route that is not a page."""
    from mykyivstar.api import demo_phone, health, metrics, session

    parts = [session.routes, health.routes, metrics.routes]
    if settings().sms_gateway == "embedded":
        parts.append(demo_phone.routes)
    return [route for part in parts for route in part]
