"""A household with home internet, and a clock that moves."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

import pytest
from sqlmodel import col, select

from mykyivstar.db.database import Database
from mykyivstar.domain.catalogue.models import Service, ServiceConnection, ServiceKind, Tariff, TariffKind
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.internet import history, suspending
from mykyivstar.domain.internet.day import Morning, start_of_day
from mykyivstar.domain.internet.models import Cause, InternetAccount, InternetPeriod, InternetState, Suspension
from mykyivstar.domain.internet.states import switch_off_below
from mykyivstar.domain.internet.terms import InternetTerms
from mykyivstar.domain.ledger.models import Entry, LedgerAccount, OperationKind
from mykyivstar.domain.ledger.queries import balances, proof
from mykyivstar.domain.ledger.service import Leg, SystemAccount, account_for, post, system_account
from mykyivstar.domain.notifications.models import SmsMessage
from mykyivstar.domain.payments.crediting import credit
from mykyivstar.domain.payments.models import Cause as PaymentCause
from mykyivstar.kit.clock import KYIV, FixedClock, kyiv_midnight
from mykyivstar.kit.money import Money
from tests.factories.payments import make_payment, share
from tests.factories.people import hold, make_account, make_person, put_money

TERMS = InternetTerms()


@dataclass
class Household:
    """Somebody's account: 100 UAH a month from the first, 50 UAH on it, threshold zero."""

    database: Database
    clock: FixedClock
    actor: Actor
    account_id: int
    _payments: int = 0

    def move_to(self, day: date, hour: int = 12) -> datetime:
        """So late by the Kyiv clock."""
        self.clock.moment = datetime.combine(day, time(hour), KYIV).astimezone(self.clock.moment.tzinfo)
        return self.clock.moment

    async def account(self) -> InternetAccount:
        async with self.database.reading() as session:
            return await session.get_one(InternetAccount, self.account_id)

    async def state(self) -> InternetState:
        return (await self.account()).state

    async def pay(self, amount: Money) -> None:
        self._payments += 1
        async with self.database.unit_of_work() as session:
            account = await session.get_one(InternetAccount, self.account_id)
            key = f"pay-{self._payments}"
            payment = await make_payment(session, share(account, amount), key=key, at=self.clock.now())
            assert await credit(session, payment, at=self.clock.now(), cause=PaymentCause.NOTICE)

    async def take(self, amount: Money, *, key: str) -> None:
        """As the operator takes a fee: whatever is there."""
        async with self.database.unit_of_work() as session:
            pot = await account_for(session, internet_account_id=self.account_id)
            fees = await system_account(session, SystemAccount.FEES)
            legs = [Leg(pot.id or 0, -amount), Leg(fees.id or 0, amount)]
            at = self.clock.now()
            await post(session, key=key, kind=OperationKind.TARIFF_FEE, at=at, legs=legs, respect_floors=False)

    async def switch_off_below(self) -> Sequence[int]:
        async with self.database.unit_of_work() as session:
            return await switch_off_below(session, at=self.clock.now())

    async def suspend(self, first: date, last: date, *, key: str = "form-1", actor: Actor | None = None) -> Suspension:
        async with self.database.unit_of_work() as session:
            return await suspending.order(
                session,
                actor or self.actor,
                key=key,
                account_id=self.account_id,
                first_day=first,
                last_day=last,
                language="uk",
                terms=TERMS,
                at=self.clock.now(),
            )

    async def resume(self) -> InternetState:
        async with self.database.unit_of_work() as session:
            return await suspending.resume(session, self.actor, self.account_id, at=self.clock.now())

    async def morning(self, day: date) -> Morning:
        """The Kyiv midnight that begins the day."""
        self.clock.moment = kyiv_midnight(day)
        return await start_of_day(self.database.unit_of_work, at=self.clock.now())

    async def balance(self) -> Money:
        async with self.database.reading() as session:
            assert (await proof(session)).holds
            found = await balances(session, internet_account_ids=[self.account_id])
            return found.internet[self.account_id].money or Money.ZERO

    async def history(self) -> list[tuple[InternetState, Cause]]:
        """The oldest first; checked for gaps."""
        async with self.database.reading() as session:
            query = select(InternetPeriod).where(col(InternetPeriod.internet_account_id) == self.account_id)
            rows = (await session.exec(query.order_by(col(InternetPeriod.id)))).all()
        for before, after in itertools.pairwise(rows):
            assert before.until == after.since
            assert before.state is not after.state
        assert all(row.until is None for row in rows[-1:])
        return [(row.state, row.cause) for row in rows]

    async def active_days(self, month: object) -> int:
        async with self.database.reading() as session:
            return (await history.active_days(session, month, [self.account_id]))[self.account_id]  # type: ignore[arg-type]

    async def told(self) -> list[str]:
        async with self.database.reading() as session:
            return list(await session.exec(select(SmsMessage.template).order_by(col(SmsMessage.id))))

    async def rules(self) -> list[tuple[str, int]]:
        """Of every entry of the account: its rule and kopiykas."""
        async with self.database.reading() as session:
            query = (
                select(Entry)
                .join(LedgerAccount, col(LedgerAccount.id) == col(Entry.account_id))
                .where(col(LedgerAccount.internet_account_id) == self.account_id)
                .order_by(col(Entry.id))
            )
            return [(e.explanation.get("rule", ""), e.amount.kopiykas) for e in (await session.exec(query)).all()]

    async def add_service(self, code: str, fee: Money, **fields: object) -> int:
        async with self.database.unit_of_work() as session:
            kind = fields.pop("kind", ServiceKind.TV)
            service = Service(code=code, name={"uk": code, "en": code}, fee=fee, for_internet=True, kind=kind, **fields)
            session.add(service)
            await session.flush()
            return service.id or 0

    async def connections(self) -> list[ServiceConnection]:
        async with self.database.reading() as session:
            return list((await session.exec(select(ServiceConnection).order_by(col(ServiceConnection.id)))).all())

    async def set_next_charge(self, at: datetime | None) -> None:
        async with self.database.unit_of_work() as session:
            account = await session.get_one(InternetAccount, self.account_id)
            account.next_charge_at = at
            session.add(account)


@pytest.fixture
async def home(database: Database, clock: FixedClock) -> Household:
    """It is noon of 22 November 2026; the next fee is taken on 1 December."""
    async with database.unit_of_work() as session:
        actor = await make_person(session)
        tariff = Tariff(code="home_100", kind=TariffKind.INTERNET, name={"uk": "Дім 100"}, fee=Money.uah(100))
        session.add(tariff)
        await session.flush()
        account = await make_account(
            session, tariff_id=tariff.id, next_charge_at=kyiv_midnight(date(2026, 12, 1)), charge_day=1
        )
        await hold(session, actor, account)
        await put_money(session, account, Money.uah(50))
    return Household(database, clock, actor, account.id or 0)
