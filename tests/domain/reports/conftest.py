"""Olena with a number, money on it and records of two months; she registered long ago."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from sqlmodel import select

from mykyivstar.db.database import Database
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.models import Language, Profile
from mykyivstar.domain.ledger.queries import balances, proof
from mykyivstar.domain.lines.models import HoldingRole, Line
from mykyivstar.domain.reports.details_price import DetailsTariff
from mykyivstar.domain.reports.models import Report, ReportFormat
from mykyivstar.domain.reports.ordering import DetailsOrder, order_details
from mykyivstar.domain.usage.ingest import store
from mykyivstar.domain.usage.models import UsageCategory
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.money import Money
from tests.domain.usage.test_ingest import record
from tests.factories.people import hold, make_line, make_person, put_money

THIS_MONTH = (date(2026, 11, 1), date(2026, 11, 22))
LAST_MONTH = (date(2026, 10, 1), date(2026, 10, 31))
_keys = count(1)


class Counter:
    """Where details are ordered. The clock stands at noon of 22 November 2026."""

    def __init__(self, database: Database, clock: FixedClock) -> None:
        self.database, self.clock = database, clock
        self.olena: Actor
        self.line: Line

    async def open(self, money: Money = Money.uah(100)) -> None:
        async with self.database.unit_of_work() as session:
            self.olena = await make_person(session)
            self.line = await make_line(session)
            await hold(session, self.olena, self.line)
            await put_money(session, self.line, money)

    def proved(self, actor: Actor | None = None) -> Actor:
        who = actor or self.olena
        return Actor(who.profile_id, who.session_id, proved_at=self.clock.now())

    async def share_with(self, role: HoldingRole, login: str = "other") -> Actor:
        async with self.database.unit_of_work() as session:
            other = await make_person(session, login)
            await hold(session, other, self.line, role=role)
        return self.proved(other)

    async def registered(self, at: datetime) -> None:
        async with self.database.unit_of_work() as session:
            profile = await session.get_one(Profile, self.olena.profile_id)
            profile.created_at = at
            session.add(profile)

    async def used(self, *changes: dict[str, Any]) -> None:
        async with self.database.unit_of_work() as session:
            await store(session, [record(line_id=self.line.id, **each) for each in changes])

    async def used_much(self) -> None:
        """A call each half day of October and November, of every category in turn; one without a price."""
        start, kinds = datetime(2026, 9, 30, 21, 0, tzinfo=UTC), list(UsageCategory)
        rows = [
            {
                "started_at": start + timedelta(hours=12 * n),
                "category": kinds[n % len(kinds)],
                "quantity": 61 + n,
                "cost": Money(n * 7) if n else None,
                "other_party": ["380676000002", "5555", "+48600100200", "Музика: «Київ»"][n % 4],
            }
            for n in range(105)
        ]
        await self.used(*rows)

    def order(self, days: tuple[date, date] = THIS_MONTH, **changes: Any) -> DetailsOrder:
        fields: dict[str, Any] = {"key": f"a-key-of-a-form-{next(_keys)}", "line_id": self.line.id or 0}
        fields |= {"first_day": days[0], "last_day": days[1], "formats": [ReportFormat.CSV], "agreed": Money.uah(5, 31)}
        return DetailsOrder(**{**fields, **changes})

    async def send(self, order: DetailsOrder, actor: Actor | None = None) -> Report:
        async with self.database.unit_of_work() as session:
            return await order_details(
                session,
                actor or self.proved(),
                order,
                language=Language.UK,
                tariff=DetailsTariff(),
                at=self.clock.now(),
            )

    async def balance(self) -> Money:
        async with self.database.reading() as session:
            assert (await proof(session)).holds
            return (await balances(session, line_ids=[self.line.id or 0])).lines[self.line.id or 0].money or Money.ZERO

    async def all(self) -> list[Report]:
        async with self.database.reading() as session:
            return list((await session.exec(select(Report))).all())


@pytest.fixture
async def counter(database: Database, clock: FixedClock) -> Counter:
    counter = Counter(database, clock)
    await counter.open()
    return counter
