"""Routes of our own beside the pages."""

from collections.abc import Sequence

from starlette.routing import BaseRoute, Mount

from mykyivstar import wiring
from mykyivstar.settings import settings


def own_routes() -> list[BaseRoute]:
    """Every HTTP route that is not a page."""
    from mykyivstar.api import (
        acquirer_notices,
        applications,
        attachments,
        demo_phone,
        desk,
        health,
        metrics,
        network,
        papers,
        partners,
        reports,
        session,
        stores,
        ussd,
    )

    parts: list[Sequence[BaseRoute]] = [
        session.routes,
        desk.routes,
        attachments.routes,
        applications.routes,
        health.routes,
        metrics.routes,
        network.routes,
        acquirer_notices.routes,
        papers.routes,
        partners.routes,
        reports.routes,
        stores.routes,
        ussd.routes,
    ]
    if (bank := wiring.embedded_bank()) is not None:
        parts.append([Mount("/acquirer", app=bank.app)])
    if settings().sms_gateway == "embedded":
        parts.append(demo_phone.routes)
    return [route for part in parts for route in part]
