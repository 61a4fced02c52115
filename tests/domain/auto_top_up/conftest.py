"""Somebody with a saved card, a line, and rules."""

import dataclasses
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from sqlmodel import col, select

from mykyivstar.db.database import Database
from mykyivstar.db.jobs import Postponed
from mykyivstar.domain.auto_top_up import planning, queries, rules, running
from mykyivstar.domain.auto_top_up.models import AutoTopUpRule, AutoTopUpRun, RuleKind
from mykyivstar.domain.auto_top_up.queries import RuleView
from mykyivstar.domain.auto_top_up.running import Means
from mykyivstar.domain.auto_top_up.wishes import Wish
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.ledger.queries import balances, proof
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.lines.models import Line
from mykyivstar.domain.notifications.models import SmsMessage
from mykyivstar.domain.payments.card import Addresses
from mykyivstar.domain.payments.limits import PaymentLimits
from mykyivstar.domain.payments.models import Payment, SavedCard
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.money import Money
from tests.factories.bank import CARD, Bank
from tests.factories.people import LONG_AGO, hold, make_line, make_person


@dataclass
class Payer:
    """Rules of one person, a bank in memory, and a worker's steps by hand."""

    database: Database
    clock: FixedClock
    bank: Bank
    actor: Actor
    line: Line
    card: SavedCard

    @property
    def key(self) -> HoldingKey:
        return HoldingKey(HoldingKind.LINE, self.line.id or 0)

    @property
    def proved(self) -> Actor:
        return dataclasses.replace(self.actor, proved_at=self.clock.now())

    def wish(self, kind: RuleKind = RuleKind.MONTHLY, **fields: Any) -> Wish:
        fields = {"target": self.key, "card_id": self.card.id, "amount": Money.uah(100)} | fields
        usual = {
            RuleKind.MONTHLY: {"day": 25},
            RuleKind.BELOW: {"below": Money.uah(20), "month_most": Money.uah(500)},
            RuleKind.TARIFF: {"month_most": Money.uah(500)},
        }
        return Wish(kind=kind, **(usual[kind] | fields))

    async def make(self, kind: RuleKind = RuleKind.MONTHLY, *, key: str = "form-1", **fields: Any) -> AutoTopUpRule:
        async with self.database.unit_of_work() as session:
            return await rules.make(
                session, self.proved, self.wish(kind, **fields), key=key, limits=PaymentLimits(), at=self.clock.now()
            )

    async def plan(self) -> int:
        return await planning.plan(self.database.unit_of_work, at=self.clock.now())

    async def run(self, run_id: int) -> Postponed | None:
        limits, addresses = PaymentLimits(), Addresses("https://my.example.ua")
        means = Means(lambda _name: self.bank, limits, addresses, lambda number, _language: f"Auto {number}")
        return await running.run(self.database.unit_of_work, means, run_id=run_id, at=self.clock.now())

    async def work(self, moment: datetime | None = None) -> None:
        """What a worker does at this moment: plan, and bring every run as far as it goes."""
        self.clock.moment = moment or self.clock.moment
        await self.plan()
        for run in await self.runs():
            await self.run(run.id or 0)

    async def runs(self) -> list[AutoTopUpRun]:
        async with self.database.reading() as session:
            return list(await session.exec(select(AutoTopUpRun).order_by(col(AutoTopUpRun.id))))

    async def payments(self) -> list[Payment]:
        async with self.database.reading() as session:
            return list(await session.exec(select(Payment).order_by(col(Payment.id))))

    async def rule(self) -> AutoTopUpRule:
        async with self.database.reading() as session:
            return (await session.exec(select(AutoTopUpRule))).one()

    async def view(self) -> RuleView:
        async with self.database.reading() as session:
            return (await queries.rules(session, self.actor, at=self.clock.now()))[0]

    async def balance(self) -> Money:
        async with self.database.reading() as session:
            assert (await proof(session)).holds
            return (await balances(session, line_ids=[self.line.id or 0])).lines[self.line.id or 0].money or Money.ZERO

    async def told(self) -> list[str]:
        async with self.database.reading() as session:
            return list(await session.exec(select(SmsMessage.template).order_by(col(SmsMessage.id))))

    async def remove_card(self) -> None:
        async with self.database.unit_of_work() as session:
            (await session.get_one(SavedCard, self.card.id)).removed_at = self.clock.now()

    async def charges(self) -> int:
        """How often the bank took money."""
        return self.bank.calls.count("charge")


async def make_card(database: Database, actor: Actor, **fields: Any) -> SavedCard:
    async with database.unit_of_work() as session:
        fields = {"acquirer": "bank", "token": CARD.token, "mask": CARD.mask, "saved_at": LONG_AGO} | fields
        card = SavedCard(profile_id=actor.profile_id, **fields)
        session.add(card)
    return card


@pytest.fixture
async def payer(database: Database, clock: FixedClock) -> Payer:
    async with database.unit_of_work() as session:
        actor, line = await make_person(session), await make_line(session)
        await hold(session, actor, line)
    return Payer(database, clock, Bank(), actor, line, await make_card(database, actor))
