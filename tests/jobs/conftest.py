"""Workers to try things with."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlmodel import select

from mykyivstar.db.database import Database
from mykyivstar.db.jobs import Job, enqueue
from mykyivstar.domain.notifications.phones import receive
from mykyivstar.integrations.sms.embedded import EmbeddedSmsGateway
from mykyivstar.jobs.registry import Registry
from mykyivstar.jobs.worker import Worker
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.msisdn import Msisdn
from mykyivstar.papers.press import Press
from mykyivstar.ports.sms import SmsGateway
from tests.papers.conftest import PRESS


@dataclass(frozen=True)
class Ports:
    sms: SmsGateway
    press: Press = PRESS


@pytest.fixture
async def ports(database: Database, clock: FixedClock) -> AsyncIterator[Ports]:
    async def phones(*, to: Msisdn, text: str) -> int:
        return await receive(database.unit_of_work, to=to, text=text, at=clock.now())

    return Ports(EmbeddedSmsGateway(phones, clock))


async def eventually(condition: Callable[[], Awaitable[bool]], *, within_s: float = 120) -> None:
    """Wait until this is so: other tasks and processes work beside us."""
    async with asyncio.timeout(within_s):
        while not await condition():  # noqa: ASYNC110 what we wait for is in the database
            await asyncio.sleep(0.1)


@pytest.fixture
def registry() -> Registry:
    return Registry()


@pytest.fixture
def make_worker(database: Database, ports: Ports, clock: FixedClock, registry: Registry) -> Callable[..., Worker]:
    def make(**options) -> Worker:
        return Worker(database, ports, clock, registry=registry, lease=timedelta(seconds=15), **options)

    return make


@pytest.fixture
def worker(make_worker: Callable[..., Worker]) -> Worker:
    return make_worker()


@pytest.fixture
def add_job(database: Database, clock: FixedClock):
    async def add(kind: str, payload: dict | None = None, *, run_at=None, dedup: str | None = None) -> int | None:
        async with database.unit_of_work() as session:
            return await enqueue(session, kind, payload or {}, run_at=run_at or clock.now(), dedup=dedup)

    return add


@pytest.fixture
def jobs(database: Database):
    async def stored() -> list[Job]:
        async with database.reading() as session:
            return list((await session.exec(select(Job).order_by(Job.id))).all())

    return stored
