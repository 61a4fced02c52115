"""Whatever happens in whatever order: locked money leaves for the fee it is locked for, and for nothing else (O2)."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial

from hypothesis import given, settings
from hypothesis import strategies as st

from mykyivstar.db.database import Database
from mykyivstar.domain.ledger.models import OperationKind
from mykyivstar.domain.tariff_lock.queries import TariffMoney
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.errors import CustomerError
from mykyivstar.kit.money import Money
from tests.conftest import EachUrl
from tests.domain.tariff_lock.conftest import FEE, Moneybox, make_moneybox
from tests.domain.transfers.conftest import Purse, key_of
from tests.factories.people import make_line

SERVICE = Money.uah(20)
NOON = datetime(2026, 11, 22, 10, tzinfo=UTC)

happenings = st.tuples(
    st.sampled_from(["comes", "used", "wish", "service", "promise back", "fee", "taken back", "locked", "unlocked"]),
    st.integers(100, 20_000).map(Money),
)


class Story:
    """A line whose person and operator do something, and what by simple counting must stand aside."""

    def __init__(self, moneybox: Moneybox, purse: Purse, money: Money) -> None:
        self.moneybox, self.purse, self.balance = moneybox, purse, money
        self.aside: Money | None = None

    async def goes_on(self, what: str, amount: Money) -> None:
        before = self.aside or Money.ZERO
        deeds: dict[str, Callable[[Money], Awaitable[None]]] = {
            "comes": partial(self._moved, OperationKind.TOP_UP),
            "used": lambda amount: self._moved(OperationKind.USAGE, -amount),
            "promise back": lambda amount: self._moved(OperationKind.PROMISE_REPAYMENT, -amount),
            "wish": self._wish,
            "service": self._service,
            "fee": self._fee,
            "taken back": self._taken_back,
            "locked": self._lock,
            "unlocked": self._unlock,
        }
        await deeds[what](amount)
        self.moneybox.later()
        if self.aside is not None:
            self.aside = max(self.aside, min(FEE, self.balance))
        if what not in {"fee", "taken back", "unlocked"}:
            assert (self.aside or Money.ZERO) >= before
        stands = None if self.aside is None else TariffMoney(FEE, self.aside, self.balance - self.aside)
        assert await self.moneybox.stands() == stands
        assert await self.moneybox.balance() == self.balance

    async def _fee(self, _amount: Money) -> None:
        """As the charging run takes it: from the balance, or from what stands aside."""
        if max(self.balance, self.aside or Money.ZERO) >= FEE:
            await self._moved(OperationKind.TARIFF_FEE, -FEE)
            self.aside = None if self.aside is None else Money.ZERO
            # And a service that is due with it.
            if self.balance >= SERVICE:
                assert await self.moneybox.locked() == Money.ZERO
                await self._moved(OperationKind.SERVICE_FEE, -SERVICE)

    async def _taken_back(self, amount: Money) -> None:
        await self._moved(OperationKind.REFUND, -amount)
        self.aside = None if self.aside is None else min(self.aside, max(self.balance, Money.ZERO))

    async def _lock(self, _amount: Money) -> None:
        await self.moneybox.lock()
        self.aside = self.aside or Money.ZERO

    async def _unlock(self, _amount: Money) -> None:
        await self.moneybox.unlock()
        self.aside = None

    async def _moved(self, kind: OperationKind, amount: Money) -> None:
        await self.moneybox.moved(kind, amount)
        self.balance += amount

    async def _wish(self, amount: Money) -> None:
        """A transfer, by its own rules."""
        amount = max(amount, Money.uah(1))
        free = self.balance - (self.aside or Money.ZERO)
        try:
            await self.purse.give(amount, giver=key_of(self.moneybox.line))
        except CustomerError:
            assert amount > free
        else:
            assert amount <= free
            self.balance -= amount

    async def _service(self, amount: Money) -> None:
        """As the charging run takes it: never from what stands aside."""
        if amount <= self.balance - await self.moneybox.locked():
            await self._moved(OperationKind.SERVICE_FEE, -amount)


async def play(url: str, money: Money, story: list[tuple[str, Money]]) -> None:
    clock = FixedClock(NOON)
    database = Database(url, clock=clock)
    moneybox = await make_moneybox(database, clock, money)
    async with database.unit_of_work() as session:
        taras = await make_line(session, "380671000002")
    purse = Purse(database, clock, moneybox.olena, moneybox.line, taras)
    purse.limits = type(purse.limits)(
        transfer_code_above=Money.uah(9_000),
        transfer_day_without_code=Money.uah(90_000),
        transfer_month_most=Money.uah(90_000),
    )
    told = Story(moneybox, purse, money)
    for what, amount in story:
        await told.goes_on(what, amount)
    await database.dispose()


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 30_000).map(Money), st.lists(happenings, max_size=14))
def test_locked_money_leaves_only_for_its_fee(
    each_sqlite_url: EachUrl, money: Money, story: list[tuple[str, Money]]
) -> None:
    with each_sqlite_url() as url:
        asyncio.run(play(url, money, story))
