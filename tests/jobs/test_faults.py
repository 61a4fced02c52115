"""Faults as workers do them: works announced, ends told, visits reminded of, downtime credited."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlmodel import col, select, update

from mykyivstar.db.database import Database
from mykyivstar.domain.faults import outages
from mykyivstar.domain.faults.models import Outage, OutageKind
from mykyivstar.domain.faults.terms import FaultTerms
from mykyivstar.domain.notifications.models import PhoneMessage
from mykyivstar.jobs import faults as jobs
from mykyivstar.jobs.catalogue import every_job
from mykyivstar.jobs.registry import JobContext
from mykyivstar.jobs.worker import Worker
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.money import Money
from mykyivstar.papers.press import Press
from mykyivstar.ports.sms import SmsGateway
from tests.domain.faults.conftest import MONDAY_NOON, Home, home, make_outage
from tests.jobs.conftest import Ports as SmsPorts

__all__ = ["home"]

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Ports:
    """What these jobs need of the outside."""

    sms: SmsGateway
    press: Press
    fault_terms: FaultTerms


def context_of(database: Database, ports: SmsPorts, clock: FixedClock) -> JobContext:
    return JobContext(database, Ports(ports.sms, ports.press, FaultTerms()), clock)  # type: ignore[arg-type]


async def deliver(context: JobContext) -> list[str]:
    """Let the SMS go out; every text that arrived."""
    worker = Worker(context.database, context.ports, context.clock, registry=every_job())
    await worker.run_due()
    async with context.database.reading() as session:
        return list(await session.exec(select(PhoneMessage.text).order_by(col(PhoneMessage.id))))


async def test_works_are_announced_and_an_end_is_told_when_people_are_awake(
    home: Home, ports: SmsPorts, clock: FixedClock
):
    now, context = clock.now(), context_of(home.database, ports, clock)
    await make_outage(home.database, kind=OutageKind.WORKS, starts_at=now + 15 * HOUR, expected_at=now + 20 * HOUR)
    outage = await make_outage(home.database, code="B", starts_at=now)
    async with home.database.unit_of_work() as session:
        await outages.watch(session, home.actor, account_id=home.id, outage_id=outage, at=now)
    await jobs.announce(context, {}, now)
    assert await deliver(context) == ["Роботи 23.11.2026 03:00-08:00: інтернету може не бути"]
    clock.moment = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
    async with home.database.unit_of_work() as session:
        await session.exec(update(Outage).where(col(Outage.id) == outage).values(ended_at=clock.now()))
    await jobs.announce(context, {}, clock.now())
    assert len(await deliver(context)) == 1
    clock.moment = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
    assert (await deliver(context))[-1] == "Домашній інтернет за вашою адресою знову працює. Мій Київстар"


async def test_the_evening_before_a_visit_is_reminded_of(home: Home, ports: SmsPorts, clock: FixedClock):
    context = context_of(home.database, ports, clock)
    code = (await home.ask()).code
    await home.book(code, MONDAY_NOON + timedelta(days=1))
    clock.moment = datetime(2026, 11, 23, 15, 59, tzinfo=UTC)
    assert not any(text.startswith("Завтра") for text in await deliver(context))
    clock.moment = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
    assert (await deliver(context))[-1] == "Завтра прийде майстер: 24.11.2026 12:00-15:00. Мій Київстар"


async def test_the_daily_job_credits_once_however_many_workers(home: Home, ports: SmsPorts, clock: FixedClock):
    now, context = clock.now(), context_of(home.database, ports, clock)
    await make_outage(home.database, starts_at=now - 20 * HOUR, ended_at=now - 6 * HOUR)
    await asyncio.gather(*(jobs.credit(context, {}, now) for _ in range(3)))
    assert await home.balance() == Money.uah(104, 17)
    [text] = await deliver(context)
    assert text.replace("\u00a0", " ") == "Повертаємо 4,17 ₴ за час без інтернету вдома. Мій Київстар"
