"""Somebody who pays by card at a bank in memory."""

from dataclasses import dataclass
from typing import Any

import pytest

from mykyivstar.db.database import Database
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.ledger.queries import balances, proof
from mykyivstar.domain.lines.models import Line
from mykyivstar.domain.payments.card import Addresses, CardOrder, begin
from mykyivstar.domain.payments.limits import PaymentLimits
from mykyivstar.domain.payments.models import Cause, Payment
from mykyivstar.domain.payments.opening import Payer
from mykyivstar.domain.payments.reports import apply
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.money import Money
from mykyivstar.ports.acquiring import Report
from tests.factories.bank import Bank
from tests.factories.payments import share
from tests.factories.people import hold, make_line, make_person

ADDRESSES = Addresses("https://my.example.ua")


@dataclass
class Till:
    """One person, one line, one bank, one database."""

    database: Database
    clock: FixedClock
    bank: Bank
    person: Actor
    line: Line

    async def pay(self, amount: Money = Money.uah(50), *, key: str = "form-1", **fields: Any) -> Payment:
        fields = {"payer": Payer(profile_id=self.person.profile_id), "shares": [share(self.line, amount)]} | fields
        order = CardOrder(key=key, **fields)
        return await begin(
            self.database.unit_of_work,
            self.bank,
            order,
            limits=PaymentLimits(),
            addresses=ADDRESSES,
            purpose="Top-up",
            at=self.clock.now(),
        )

    async def hear(self, report: Report, cause: Cause = Cause.NOTICE) -> Payment | None:
        return await apply(
            self.database.unit_of_work, report, acquirer=self.bank.name, cause=cause, at=self.clock.now()
        )

    async def now(self, payment: Payment) -> Payment:
        async with self.database.reading() as session:
            return await session.get_one(Payment, payment.id)

    async def balance(self) -> Money:
        async with self.database.reading() as session:
            assert (await proof(session)).holds
            known = await balances(session, line_ids=[self.line.id or 0])
            return known.lines[self.line.id or 0].money or Money.ZERO


@pytest.fixture
async def till(database: Database, clock: FixedClock) -> Till:
    async with database.unit_of_work() as session:
        person = await make_person(session)
        line = await make_line(session)
        await hold(session, person, line)
    return Till(database, clock, Bank(), person, line)
