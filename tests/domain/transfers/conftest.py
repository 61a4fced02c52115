"""A giver with money, somebody to give to, and what reached their phones."""

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
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
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.domain.payments.limits import PaymentLimits
from mykyivstar.domain.payments.models import Payment, Source
from mykyivstar.domain.promises.models import Promise
from mykyivstar.domain.transfers import beginning, flow
from mykyivstar.domain.transfers.beginning import Order, Preview
from mykyivstar.domain.transfers.queries import Transfer
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.money import Money
from tests.factories.payments import make_payment, share
from tests.factories.people import hold, make_line, make_person, put_money

KEY = b"k" * 32
VISITOR = "v" * 64
OTHER_VISITOR = "w" * 64
PLENTY = Money.uah(10_000)


@dataclass
class Purse:
    """Olena's line, with money, and Taras's, which takes it."""

    database: Database
    clock: FixedClock
    olena: Actor
    line: Line
    taras: Line
    limits: PaymentLimits = field(default_factory=PaymentLimits)
    _keys: Any = field(default_factory=count)

    def order(self, amount: Money, to: str | None = None, **fields: Any) -> Order:
        """A form that has just been filled in; `again`, because tests repeat themselves."""
        defaults = {"key": f"form-{next(self._keys)}", "giver": key_of(self.line), "again": True}
        return Order(to=to or self.taras.msisdn.digits, amount=amount, **defaults | fields)

    async def begin(self, order: Order, *, actor: Actor | None = None, visitor: str = VISITOR) -> Transfer:
        """Press the button."""
        return await beginning.begin(
            self.database.unit_of_work, KEY, actor or self.olena, order, limits=self.limits, **self.asking(visitor)
        )

    async def give(self, amount: Money, to: str | None = None, **fields: Any) -> Transfer:
        """Fill in the form and press the button."""
        return await self.begin(self.order(amount, to, **fields))

    async def look(self, order: Order) -> Preview:
        """The check page."""
        async with self.database.reading() as session:
            return await beginning.look_over(session, self.olena, order, limits=self.limits, at=self.clock.now())

    async def confirm(
        self, transfer: Transfer, typed: str, *, actor: Actor | None = None, visitor: str = VISITOR
    ) -> Transfer:
        """Type the code."""
        return await flow.confirm(
            self.database.unit_of_work,
            KEY,
            actor or self.olena,
            code=transfer.code,
            typed=typed,
            limits=self.limits,
            visitor=visitor,
            at=self.clock.now(),
        )

    async def again(self, transfer: Transfer, *, actor: Actor | None = None, visitor: str = VISITOR) -> Transfer:
        """Ask for another code."""
        asking = self.asking(visitor)
        return await flow.send_again(self.database.unit_of_work, KEY, actor or self.olena, code=transfer.code, **asking)

    async def give_with_code(self, amount: Money, to: str | None = None) -> Transfer:
        """All of it."""
        return await self.confirm(await self.give(amount, to), await self.newest_code())

    async def sms(self, template: SmsTemplate) -> list[SmsMessage]:
        """The newest first."""
        async with self.database.reading() as session:
            query = select(SmsMessage).where(SmsMessage.template == template).order_by(col(SmsMessage.id).desc())
            return list(await session.exec(query))

    async def newest_code(self) -> str:
        """What the giver reads on the phone."""
        params = (await self.sms(SmsTemplate.CODE_TRANSFER))[0].params
        assert params is not None
        return str(params["code"])

    async def has(self, *things: Line | InternetAccount) -> list[Money]:
        """What is on these."""
        lines = [thing.id or 0 for thing in things if isinstance(thing, Line)]
        accounts = [thing.id or 0 for thing in things if isinstance(thing, InternetAccount)]
        async with self.database.reading() as session:
            found = await balances(session, line_ids=lines, internet_account_ids=accounts)
            assert (await proof(session)).holds
        pots = [(found.lines if isinstance(thing, Line) else found.internet)[thing.id or 0] for thing in things]
        return [pot.money or Money.ZERO for pot in pots]

    async def payment(self, transfer: Transfer) -> Payment:
        """As it is stored."""
        async with self.database.reading() as session:
            return (await session.exec(select(Payment).where(Payment.code == transfer.code))).one()

    async def payments(self) -> int:
        """How many orders were written down."""
        async with self.database.reading() as session:
            return len((await session.exec(select(Payment.id))).all())

    async def set_balance(self, line: Line, amount: Money) -> None:
        """Before anything else was posted to it."""
        async with self.database.unit_of_work() as session:
            await put_money(session, line, amount)

    def later(self, **span: float) -> None:
        """Let time pass."""
        self.clock.moment += timedelta(**span)

    def asking(self, visitor: str = VISITOR) -> dict[str, Any]:
        """Which browser, from where, in which language, when."""
        return {"visitor": visitor, "address": "192.0.2.1", "language": Language.UK, "at": self.clock.now()}


def key_of(line: Line) -> HoldingKey:
    """As browsers name it."""
    return HoldingKey(HoldingKind.LINE, line.id or 0)


async def promise(purse: Purse, line: Line, amount: Money, *, price: Money) -> None:
    """As if it had been given; the money itself is put there by the test."""
    async with purse.database.unit_of_work() as session:
        at = purse.clock.now()
        payment = await make_payment(session, share(line, amount), key=f"promise-{line.id}", source=Source.PROMISE)
        made = Promise(payment_id=payment.id, profile_id=purse.olena.profile_id, line_id=line.id, amount=amount)
        made.price, made.month, made.given_at, made.due_at = price, "2026-11", at, at + timedelta(days=3)
        session.add(made)


@pytest.fixture
async def bare(database: Database, clock: FixedClock) -> Purse:
    """Nobody has money yet."""
    async with database.unit_of_work() as session:
        olena = await make_person(session)
        line = await make_line(session, "380671000001")
        taras = await make_line(session, "380671000002")
        await hold(session, olena, line)
    return Purse(database, clock, olena, line, taras)


@pytest.fixture
async def purse(bare: Purse) -> Purse:
    """Olena has plenty."""
    await bare.set_balance(bare.line, PLENTY)
    return bare
