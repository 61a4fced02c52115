"""The partner API in a process of its own: `python -m benchmarks.partner_api.server PORT`, settings as ever."""

import asyncio
import sys
from datetime import timedelta
from typing import Any

from granian.constants import Interfaces
from granian.server import Server
from starlette.applications import Starlette

from benchmarks.partner_api.names import ACCOUNT, LINE, PARTNER
from mykyivstar import logs, wiring
from mykyivstar.api import own_routes
from mykyivstar.db.registry import metadata
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.lines.models import Line
from mykyivstar.domain.partners import management
from mykyivstar.domain.partners.management import PartnerLimits
from mykyivstar.kit.money import Money
from mykyivstar.kit.msisdn import Msisdn
from mykyivstar.serving.application import dressed
from mykyivstar.settings import settings


def create() -> Any:
    """The application as it is served, but for the pages."""
    logs.configure("text")
    return dressed(Starlette(routes=own_routes()), settings())


async def prepare() -> None:
    """A partner without limits, and two accounts that take money."""
    try:
        async with wiring.database().writer.begin() as connection:
            await connection.run_sync(metadata.create_all)
        async with wiring.unit_of_work() as session:
            at = wiring.clock().now() - timedelta(days=7)
            limits = PartnerLimits(Money.uah(5_000), Money.uah(1_000_000_000), 1_000_000_000)
            await management.add(session, PARTNER, name="Fuzz", at=at, limits=limits)
            session.add(Line(msisdn=Msisdn.parse(LINE)))
            session.add(InternetAccount(number=ACCOUNT, contract_phone=Msisdn.parse(LINE)))
    finally:
        await wiring.database().dispose()


if __name__ == "__main__":
    asyncio.run(prepare())
    Server(
        target="benchmarks.partner_api.server:create",
        factory=True,
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.ASGI,
        log_enabled=False,
    ).serve()
