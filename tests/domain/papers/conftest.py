"""Payments to make papers of."""

from datetime import UTC, datetime
from typing import Any

import pytest

from mykyivstar.db.database import Database
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.lines.models import Line
from mykyivstar.domain.papers.receipt import Receipt, receipt_of
from mykyivstar.domain.papers.seal import Seal
from mykyivstar.domain.payments.models import Cause, Payment, PaymentState
from mykyivstar.domain.payments.opening import Payer
from mykyivstar.domain.payments.states import advance
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.money import Money
from tests.factories.payments import make_payment, share
from tests.factories.people import hold, make_account, make_line, make_person

# The moment of the operator's own sample, by the Kyiv clock of that summer: 03.05.2012 19:47:33.
SAMPLE_AT = datetime(2012, 5, 3, 16, 47, 33, tzinfo=UTC)


class Desk:
    """Olena with a number and home internet, and payments of hers."""

    def __init__(self, database: Database, clock: FixedClock) -> None:
        self.database, self.clock, self.seal = database, clock, Seal(b"a secret of this installation")
        self.olena: Actor
        self.line: Line
        self.internet: InternetAccount

    async def settle(self) -> None:
        async with self.database.unit_of_work() as session:
            self.olena = await make_person(session)
            self.line = await make_line(session)
            self.internet = await make_account(session, "4477622")
            await hold(session, self.olena, self.line)

    async def pay(self, *states: PaymentState, **fields: Any) -> Payment:
        """A payment for the home internet that went through these states, each a second after the one before."""
        later = {
            name: fields.pop(name) for name in ("card_mask", "acquirer", "bank_reference", "refunded") if name in fields
        }
        shares = fields.pop("shares", None) or [share(self.internet, Money.uah(70))]
        given = {"payer": Payer(profile_id=self.olena.profile_id), "at": SAMPLE_AT} | fields
        async with self.database.unit_of_work() as session:
            payment = await make_payment(session, *shares, **given)
            for name, value in later.items():
                setattr(payment, name, value)
            await session.flush()
            for state in states:
                self.clock.moment = self.clock.moment.replace(microsecond=0)
                assert await advance(session, payment, state, at=self.clock.now(), cause=Cause.PAYER)
        return payment

    async def receipt(self, payment: Payment) -> Receipt:
        async with self.database.reading() as session:
            return await receipt_of(session, await session.get_one(Payment, payment.id))


@pytest.fixture
async def desk(database: Database, clock: FixedClock) -> Desk:
    desk = Desk(database, clock)
    await desk.settle()
    return desk
