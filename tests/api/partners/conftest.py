"""The API in this process: one partner, one line, SQLite, a clock that stands."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest
from sqlmodel import col, select
from starlette.applications import Starlette

from mykyivstar import wiring
from mykyivstar.api.partners.application import application
from mykyivstar.api.partners.gate import Gate
from mykyivstar.api.partners.published import ROOT
from mykyivstar.api.partners.under import Under
from mykyivstar.db.database import Database
from mykyivstar.domain.partners import management
from mykyivstar.domain.partners.management import PartnerLimits
from mykyivstar.domain.partners.models import PartnerRequest
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.money import Money
from tests.api.partners.signing import SECRET, Program
from tests.factories.people import make_account, make_line


@pytest.fixture
async def world(sqlite_url: str, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Database]:
    """A database with a partner and somebody to top up."""
    database = Database(sqlite_url, clock=clock)
    monkeypatch.setattr(wiring, "database", lambda: database)
    monkeypatch.setattr(wiring, "clock", lambda: clock)
    monkeypatch.setattr(wiring, "secret_key", lambda: SECRET)
    async with database.unit_of_work() as session:
        at = clock.now() - timedelta(days=3)
        limits = PartnerLimits(day_most=Money.uah(8_000), requests_a_minute=1_000)
        await management.add(session, "terminal", name="Terminal", at=at, limits=limits)
        await management.add(session, "bank", name="Bank", at=at)
        await make_line(session, "380671000001")
        await make_account(session, "0004477622")
    yield database
    await database.dispose()


@pytest.fixture
async def client(world: Database) -> AsyncIterator[httpx.AsyncClient]:
    app = Starlette(routes=[Under(ROOT, Gate(application()))])
    transport = httpx.ASGITransport(app=app, client=("192.0.2.7", 1234))
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
        yield client


@pytest.fixture
def program(client: httpx.AsyncClient, clock: FixedClock) -> Program:
    return Program(client, clock)


async def audit(database: Database) -> list[PartnerRequest]:
    """Every row of the audit, oldest first."""
    await asyncio.sleep(0)
    async with database.reading() as session:
        return list((await session.exec(select(PartnerRequest).order_by(col(PartnerRequest.id)))).all())
