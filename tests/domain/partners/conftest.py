"""A terminal network that tops up one line, on each kind of database."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from mykyivstar.db.database import Database
from mykyivstar.domain.ledger.queries import balances, proof
from mykyivstar.domain.lines.models import Line
from mykyivstar.domain.partners import management, payments
from mykyivstar.domain.partners.management import PartnerLimits
from mykyivstar.domain.partners.models import Partner
from mykyivstar.domain.partners.payments import Order
from mykyivstar.domain.partners.registers import Register, register
from mykyivstar.domain.partners.views import PartnerPaymentView
from mykyivstar.domain.payments.limits import PaymentLimits
from mykyivstar.kit.clock import FixedClock, kyiv_date
from mykyivstar.kit.money import Money
from tests.factories.people import make_line

NUMBER = "380671000001"


@dataclass
class Terminal:
    """One partner, one line, one database."""

    database: Database
    clock: FixedClock
    partner: Partner
    line: Line
    limits: PaymentLimits = field(default_factory=PaymentLimits)

    @property
    def id(self) -> int:
        return self.partner.id or 0

    async def pay(self, ref: str = "T-1", amount: Money = Money.uah(50), **fields: Any) -> PartnerPaymentView:
        order = Order(ref, fields.pop("account", NUMBER), amount, fields.pop("paid_at", None))
        async with self.database.unit_of_work() as session:
            return await payments.pay(session, self.id, order, limits=self.limits, at=self.clock.now())

    async def find(self, ref: str = "T-1") -> PartnerPaymentView:
        async with self.database.reading() as session:
            return await payments.find(session, self.id, ref)

    async def cancel(self, ref: str = "T-1") -> PartnerPaymentView:
        async with self.database.unit_of_work() as session:
            return await payments.cancel(session, self.id, ref, at=self.clock.now())

    async def register(self, moment: datetime | None = None) -> Register:
        now = self.clock.now()
        async with self.database.reading() as session:
            return await register(session, self.partner, kyiv_date(moment or now), at=now)

    async def balance(self) -> Money:
        async with self.database.reading() as session:
            assert (await proof(session)).holds
            known = await balances(session, line_ids=[self.line.id or 0])
            return known.lines[self.line.id or 0].money or Money.ZERO


@pytest.fixture
async def terminal(database: Database, clock: FixedClock) -> Terminal:
    async with database.unit_of_work() as session:
        before = clock.now() - timedelta(days=40)
        limits = PartnerLimits(payment_most=Money.uah(500), day_most=Money.uah(1_000), requests_a_minute=5)
        partner = await management.add(session, "terminal", name="Terminal", at=before, limits=limits)
        line = await make_line(session, NUMBER)
    return Terminal(database, clock, partner, line)
