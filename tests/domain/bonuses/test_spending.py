"""I4: what bonuses pay for, before money, which of them first, and when not any more. Golden sums."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import col, select

from mykyivstar.db.database import Database
from mykyivstar.domain.bonuses.models import BonusState, BonusTransfer
from mykyivstar.domain.bonuses.rules import PAYS_FOR, expires_at
from mykyivstar.domain.bonuses.spending import Purse
from mykyivstar.domain.catalogue.models import Tariff, TariffKind
from mykyivstar.domain.ledger.models import Entry, LedgerAccount, OperationKind, Unit
from mykyivstar.domain.ledger.service import Leg, SystemAccount, account_for, post, system_account
from mykyivstar.domain.lines.models import Line
from mykyivstar.domain.usage.ingest import store
from mykyivstar.domain.usage.models import UsageCategory
from mykyivstar.domain.usage.pricing import price_everything
from mykyivstar.domain.usage.stored import NewRecord
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.money import Money
from tests.domain.billing.small_world import the_books_hold
from tests.domain.bonuses.small_world import bonuses_of
from tests.factories.people import make_account, make_line, make_person, put_money

PRICES = {category.value: 100 for category in UsageCategory}
DAYS, NONE = timedelta(days=1), timedelta(0)
NOON = datetime(2026, 11, 22, 10, tzinfo=UTC)


async def prepare(database: Database, clock: FixedClock, lots: Sequence[tuple[int, int]] = (), others: int = 0) -> Line:
    """A line with 100 UAH, bonuses that came so many days ago (how many, days), and others that came by no transfer."""
    async with database.unit_of_work() as session:
        tariff = Tariff(code="wide", kind=TariffKind.MOBILE, name={}, fee=Money.ZERO, prices=PRICES)
        session.add(tariff)
        await session.flush()
        line = await make_line(session, tariff_id=tariff.id)
        await put_money(session, line, Money.uah(100))
        actor, account = await make_person(session), await make_account(session)
        await put_money(session, line, Money.uah(others), unit=Unit.BONUS)
        for number, (amount, days_ago) in enumerate(lots):
            arrived = clock.now() - days_ago * DAYS
            lot = BonusTransfer(
                key=f"lot-{number}",
                profile_id=actor.profile_id,
                internet_account_id=account.id or 0,
                line_id=line.id or 0,
                amount=Money.uah(amount),
                left=Money.uah(amount),
                state=BonusState.ARRIVED,
                day=arrived.date(),
                asked_at=arrived,
                arrives_at=arrived,
                arrived_at=arrived,
                expires_at=expires_at(arrived),
            )
            session.add(lot)
            pot = await account_for(session, line_id=line.id, unit=Unit.BONUS)
            source = await system_account(session, SystemAccount.BONUSES, Unit.BONUS)
            legs = [Leg(pot.id or 0, lot.amount), Leg(source.id or 0, -lot.amount)]
            await post(session, key=f"lot-{number}", kind=OperationKind.TRANSFER, at=arrived, legs=legs)
    return line


async def use(
    database: Database,
    clock: FixedClock,
    line: Line,
    category: UsageCategory,
    pieces: int,
    *,
    ago: timedelta = DAYS * 0,
) -> None:
    """So many pieces, each of which costs 1 UAH, and price them."""
    units = 60 if "call" in category.value else 1024**2 if category.value.endswith("data") else 1
    at = clock.now() - ago
    await keep(database, line, at, category, pieces * units)
    await price_everything(database, at=clock.now())


async def keep(database: Database, line: Line, at: datetime, category: UsageCategory, quantity: int) -> None:
    """As an import does: without a price."""
    record: NewRecord = {
        "line_id": line.id or 0,
        "started_at": at,
        "ref": "r-1",
        "category": category,
        "quantity": quantity,
        "other_party": "",
        "cost": None,
        "rule": "",
    }
    async with database.unit_of_work() as session:
        await store(session, [record])


async def stands(database: Database, line: Line) -> tuple[int, int]:
    """Hryvnias and bonuses of the line."""
    async with database.reading() as session:
        query = select(LedgerAccount).where(LedgerAccount.line_id == line.id).order_by(col(LedgerAccount.unit).desc())
        money, bonuses = (await session.exec(query)).all()
    assert await the_books_hold(database)
    return money.balance.kopiykas // 100, bonuses.balance.kopiykas // 100


async def left_of(database: Database) -> list[int]:
    """What is left of each transfer, the oldest first."""
    async with database.reading() as session:
        lots = (await session.exec(select(BonusTransfer).order_by(col(BonusTransfer.arrived_at)))).all()
    return [lot.left.kopiykas // 100 for lot in lots]


@pytest.mark.parametrize("category", [each for each in UsageCategory if each is not UsageCategory.CALL_IN])
async def test_bonuses_pay_for_ukraine_and_mobile_internet_alone(
    database: Database, clock: FixedClock, category: UsageCategory
) -> None:
    line = await prepare(database, clock, [(50, 1)])
    await use(database, clock, line, category, 10)
    in_ukraine = {"call_on_net", "call_off_net", "sms", "data"}
    assert (category in PAYS_FOR) is (category.value in in_ukraine)
    assert await stands(database, line) == ((100, 40) if category.value in in_ukraine else (90, 50))


async def test_money_pays_what_bonuses_do_not_reach(database: Database, clock: FixedClock) -> None:
    line = await prepare(database, clock, [(7, 1)])
    await use(database, clock, line, UsageCategory.SMS, 10)
    assert await stands(database, line) == (97, 0)


async def test_those_that_end_soonest_pay_first(database: Database, clock: FixedClock) -> None:
    line = await prepare(database, clock, [(20, 1), (20, 10)])
    await use(database, clock, line, UsageCategory.SMS, 25)
    assert await left_of(database) == [0, 15]


async def test_other_bonuses_pay_before_transferred_ones(database: Database, clock: FixedClock) -> None:
    line = await prepare(database, clock, [(20, 1)], others=5)
    await use(database, clock, line, UsageCategory.SMS, 8)
    assert (await left_of(database), await bonuses_of(database, line)) == ([17], 17)


async def test_what_ended_pays_for_nothing_though_it_is_not_written_off(database: Database, clock: FixedClock) -> None:
    line = await prepare(database, clock, [(20, 21)])
    await use(database, clock, line, UsageCategory.SMS, 8)
    assert await stands(database, line) == (92, 20)


async def test_it_still_pays_for_what_was_used_while_it_lived(database: Database, clock: FixedClock) -> None:
    line = await prepare(database, clock, [(20, 21)])
    await use(database, clock, line, UsageCategory.SMS, 8, ago=2 * DAYS)
    assert await stands(database, line) == (100, 12)


async def test_what_was_used_before_they_arrived_costs_money(database: Database, clock: FixedClock) -> None:
    line = await prepare(database, clock, [(20, 1)])
    await use(database, clock, line, UsageCategory.SMS, 8, ago=2 * DAYS)
    assert await stands(database, line) == (92, 20)


async def correct(database: Database, clock: FixedClock, line: Line, pieces: int) -> None:
    """The operator's file said another quantity after all."""
    await keep(database, line, clock.now(), UsageCategory.SMS, pieces)
    await price_everything(database, at=clock.now())


async def test_a_correction_gives_money_back_first_and_then_bonuses(database: Database, clock: FixedClock) -> None:
    line = await prepare(database, clock, [(7, 1)])
    await use(database, clock, line, UsageCategory.SMS, 10)
    await correct(database, clock, line, 8)
    assert await stands(database, line) == (99, 0)
    await correct(database, clock, line, 2)
    assert await stands(database, line) == (100, 5)
    assert await left_of(database) == [5]
    await correct(database, clock, line, 9)
    assert await stands(database, line) == (98, 0)


async def test_entries_name_taxes_of_the_money_alone(database: Database, clock: FixedClock) -> None:
    line = await prepare(database, clock, [(7, 1)])
    await use(database, clock, line, UsageCategory.SMS, 10)
    async with database.reading() as session:
        entries = (await session.exec(select(Entry).where(Entry.kind == OperationKind.USAGE))).all()
    assert {sum(entry.explanation[part] for part in ("net", "vat", "duty")) for entry in entries} == {3_00}


@given(
    others=st.integers(0, 50),
    lots=st.lists(st.tuples(st.integers(0, 50), st.integers(0, 25)), max_size=4),
    uses=st.lists(st.tuples(st.sampled_from(UsageCategory), st.integers(0, 60)), max_size=8),
)
def test_no_bonus_is_spent_twice(
    others: int, lots: list[tuple[int, int]], uses: list[tuple[UsageCategory, int]]
) -> None:
    at = NOON
    purse = Purse(1, Money(others), [_lot(amount, at - days * DAYS) for amount, days in lots])
    alive = sum(amount for amount, days in lots if days < 20)
    taken = sum(purse.take(category, Money(cost), at).kopiykas for category, cost in uses)
    wanted = sum(cost for category, cost in uses if category in PAYS_FOR)
    assert taken == min(wanted, others + alive)
    assert all(lot.left >= Money.ZERO for lot in purse.lots)
    assert purse.others >= Money.ZERO


def _lot(amount: int, arrived: datetime) -> BonusTransfer:
    whole = Money(amount)
    return BonusTransfer(
        key="k",
        profile_id=1,
        internet_account_id=1,
        line_id=1,
        amount=whole,
        left=whole,
        state=BonusState.ARRIVED,
        day=arrived.date(),
        asked_at=arrived,
        arrives_at=arrived,
        arrived_at=arrived,
        expires_at=arrived + 20 * DAYS,
    )
