"""People who need money until payday."""

from dataclasses import dataclass
from typing import Any

import pytest
from sqlmodel import col, select

from mykyivstar.db.database import Database
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.ledger.queries import balances, proof
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.lines.models import Line
from mykyivstar.domain.notifications.models import SmsMessage
from mykyivstar.domain.payments.crediting import credit
from mykyivstar.domain.payments.limits import PaymentLimits
from mykyivstar.domain.payments.models import Cause, Payment
from mykyivstar.domain.promises.giving import give
from mykyivstar.domain.promises.models import Promise
from mykyivstar.domain.promises.terms import PromiseTerms
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.money import Money
from tests.factories.payments import make_payment, share
from tests.factories.people import hold, make_line, make_person


@dataclass
class Borrower:
    """Somebody with an empty prepaid line."""

    database: Database
    clock: FixedClock
    actor: Actor
    line: Line

    @property
    def key(self) -> HoldingKey:
        return HoldingKey(HoldingKind.LINE, self.line.id or 0)

    async def borrow(self, amount: int = 50, *, key: str = "form-1", **other: Any) -> Payment:
        asked = {"actor": self.actor, "to": self.key, "amount": Money.uah(amount)} | other
        async with self.database.unit_of_work() as session:
            return await give(
                session,
                asked["actor"],
                key=key,
                to=asked["to"],
                amount=asked["amount"],
                language=Language.UK,
                terms=PromiseTerms(),
                limits=PaymentLimits(),
                at=self.clock.now(),
            )

    async def top_up(self, amount: Money, *, key: str, thing: Line | InternetAccount | None = None) -> None:
        async with self.database.unit_of_work() as session:
            payment = await make_payment(session, share(thing or self.line, amount), key=key, at=self.clock.now())
            assert await credit(session, payment, at=self.clock.now(), cause=Cause.NOTICE)

    async def balance(self) -> Money:
        async with self.database.reading() as session:
            assert (await proof(session)).holds
            found = (await balances(session, line_ids=[self.line.id or 0])).lines[self.line.id or 0].money
            return found or Money.ZERO

    async def promises(self) -> list[Promise]:
        async with self.database.reading() as session:
            return list(await session.exec(select(Promise).order_by(col(Promise.id))))

    async def told(self) -> list[str]:
        async with self.database.reading() as session:
            return list(await session.exec(select(SmsMessage.template).order_by(col(SmsMessage.id))))


@pytest.fixture
async def borrower(database: Database, clock: FixedClock) -> Borrower:
    async with database.unit_of_work() as session:
        actor, line = await make_person(session), await make_line(session)
        await hold(session, actor, line)
    return Borrower(database, clock, actor, line)
