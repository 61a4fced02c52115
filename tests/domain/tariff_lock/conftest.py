"""Olena's prepaid line with a monthly tariff of 150, and everything that can happen to its balance."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import Database
from mykyivstar.domain.catalogue.models import FeePeriod, Tariff, TariffKind
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.ledger.accounts import SystemAccount, account_for, system_account
from mykyivstar.domain.ledger.models import OperationKind
from mykyivstar.domain.ledger.queries import balances
from mykyivstar.domain.ledger.service import Leg, post
from mykyivstar.domain.lines.models import Line
from mykyivstar.domain.tariff_lock import queries, service
from mykyivstar.domain.tariff_lock.queries import TariffMoney
from mykyivstar.kit.clock import FixedClock, kyiv_midnight
from mykyivstar.kit.money import Money
from tests.factories.people import hold, make_line, make_person, put_money

FEE = Money.uah(150)
DECEMBER = kyiv_midnight(date(2026, 12, 1))


async def make_tariff(session: AsyncSession, code: str = "wide", **fields: Any) -> Tariff:
    """A monthly one of 150 unless said otherwise."""
    fields = {"kind": TariffKind.MOBILE, "name": {"en": code}, "fee": FEE, "fee_period": FeePeriod.MONTH} | fields
    tariff = Tariff(code=code, **fields)
    session.add(tariff)
    await session.flush()
    return tariff


@dataclass
class Moneybox:
    """A line, its owner, and what the operator and others do to its balance."""

    database: Database
    clock: FixedClock
    olena: Actor
    line: Line
    _keys: Any = field(default_factory=count)

    @property
    def line_id(self) -> int:
        return self.line.id or 0

    async def lock(self, actor: Actor | None = None) -> None:
        async with self.database.unit_of_work() as session:
            await service.lock(session, actor or self.olena, self.line_id, at=self.clock.now())

    async def unlock(self, actor: Actor | None = None) -> None:
        async with self.database.unit_of_work() as session:
            await service.unlock(session, actor or self.olena, self.line_id)

    async def moved(self, kind: OperationKind, amount: Money) -> None:
        """Whatever is done to the balance, no floor holds it."""
        async with self.database.unit_of_work() as session:
            mine = await account_for(session, line_id=self.line_id)
            theirs = await system_account(session, SystemAccount.FEES)
            legs = [Leg(mine.id or 0, amount), Leg(theirs.id or 0, -amount)]
            key = f"move:{next(self._keys)}"
            await post(session, key=key, kind=kind, at=self.clock.now(), legs=legs, respect_floors=False)

    def later(self) -> None:
        """A moment goes by."""
        self.clock.moment += timedelta(minutes=1)

    async def stands(self) -> TariffMoney | None:
        async with self.database.reading() as session:
            return await queries.tariff_money(session, self.line_id, self.clock.now())

    async def locked(self) -> Money:
        async with self.database.reading() as session:
            return (await queries.locked(session, [self.line_id], self.clock.now()))[self.line_id]

    async def balance(self) -> Money:
        async with self.database.reading() as session:
            return (await balances(session, line_ids=[self.line_id])).lines[self.line_id].money or Money.ZERO


async def make_moneybox(database: Database, clock: FixedClock, money: Money) -> Moneybox:
    """With so much on the balance."""
    async with database.unit_of_work() as session:
        olena = await make_person(session)
        tariff = await make_tariff(session)
        line = await make_line(session, tariff_id=tariff.id, next_charge_at=DECEMBER)
        await hold(session, olena, line)
        await put_money(session, line, money)
    return Moneybox(database, clock, olena, line)


@pytest.fixture
async def moneybox(database: Database, clock: FixedClock) -> Moneybox:
    """200 on the balance, nothing locked."""
    return await make_moneybox(database, clock, Money.uah(200))
