"""The demo keeps moving, by amounts that make sense."""

from collections import Counter
from datetime import timedelta

from sqlalchemy import func, update
from sqlmodel import col, select

from mykyivstar.db.changes import Change
from mykyivstar.db.database import Database
from mykyivstar.demo.chance import chance
from mykyivstar.demo.life import live, someone_lively
from mykyivstar.domain.bonuses.models import BonusTransfer
from mykyivstar.domain.ledger.models import Entry, LedgerAccount, OperationKind, Unit
from mykyivstar.domain.ledger.queries import proof
from mykyivstar.domain.lines.models import Line, LineState
from mykyivstar.domain.usage.models import Allowance, UsageRecord
from mykyivstar.kit.money import Money
from tests.demo.conftest import NOON

STEP = timedelta(seconds=20)


async def left(database: Database) -> dict[tuple[object, ...], int]:
    async with database.reading() as session:
        rows = await session.exec(select(Allowance))
        return {(row.line_id, row.kind, row.source, row.expires_at): row.left for row in rows}


async def money(database: Database) -> dict[str, Money]:
    async with database.reading() as session:
        rows = await session.exec(select(LedgerAccount).where(col(LedgerAccount.line_id).is_not(None)))
        return {row.code: row.balance for row in rows}


async def test_an_hour_of_life_moves_packages_and_balances(demo: Database) -> None:
    packages, balances = await left(demo), await money(demo)
    used = [await live(demo, NOON + STEP * step) for step in range(180)]
    assert sum(record is not None for record in used) > 150
    after = await left(demo)
    assert any(after[key] < packages[key] for key in packages)
    assert await money(demo) != balances
    async with demo.reading() as session:
        assert (await proof(session)).holds
        stored = await session.exec(select(UsageRecord).where(col(UsageRecord.ref).startswith("l-")))
        assert len(stored.all()) == sum(record is not None for record in used)


async def test_bonuses_pay_before_money(demo: Database) -> None:
    """I4: what is taken of a line's bonuses in the books is taken of what was given to it as well."""
    given = select(func.sum(BonusTransfer.left))
    spent = select(func.sum(Entry.amount)).join(LedgerAccount).where(LedgerAccount.unit == Unit.BONUS)
    async with demo.reading() as session:
        before = (await session.exec(given)).one()
    for step in range(400):
        await live(demo, NOON + STEP * step)
    async with demo.reading() as session:
        theirs = col(LedgerAccount.line_id).is_not(None), col(Entry.at) >= NOON, Entry.kind == OperationKind.USAGE
        taken = -((await session.exec(spent.where(*theirs))).one() or Money.ZERO)
        after = (await session.exec(given)).one()
    assert taken == before - after > Money.ZERO


async def test_a_step_takes_from_the_package_what_the_record_says(demo: Database) -> None:
    before = await left(demo)
    record = await live(demo, NOON)
    assert record is not None
    after = await left(demo)
    taken = sum(before[key] - after[key] for key in before)
    assert record.cost or taken == record.quantity


async def test_the_same_moment_happens_once(demo: Database) -> None:
    first = await live(demo, NOON)
    before = await left(demo)
    assert first is not None
    assert await live(demo, NOON) is None
    assert await left(demo) == before


async def test_open_screens_are_told(demo: Database) -> None:
    record = await live(demo, NOON)
    assert record is not None
    async with demo.reading() as session:
        newest = (await session.exec(select(Change).order_by(col(Change.id).desc()))).first()
    assert newest is not None
    assert newest.subject.startswith("line:")


async def test_nobody_is_emptied_by_days_of_life(demo: Database) -> None:
    """A package keeps a twentieth, a prepaid balance its 20 UAH; whoever has less is left alone."""
    async with demo.unit_of_work() as session:
        await session.execute(update(Allowance).values(left=col(Allowance.granted) // 19))
    balances = await money(demo)
    for step in range(120):
        await live(demo, NOON + STEP * step)
    async with demo.reading() as session:
        for row in await session.exec(select(Allowance)):
            assert row.is_unlimited or row.left >= row.granted * 0.05 or row.left == row.granted // 19
        pots = await session.exec(select(LedgerAccount).where(col(LedgerAccount.floor).is_not(None)))
        for pot in pots:
            if pot.line_id is not None and pot.balance != balances[pot.code]:
                assert pot.balance >= Money.uah(20)


async def test_blocked_lines_use_nothing(demo: Database) -> None:
    async with demo.unit_of_work() as session:
        await session.execute(update(Line).values(state=LineState.BLOCKED))
    assert [await live(demo, NOON + STEP * step) for step in range(5)] == [None] * 5


async def test_an_empty_database_has_no_life(database: Database) -> None:
    assert await live(database, NOON) is None


def test_olenas_first_line_moves_most() -> None:
    picked = Counter(someone_lively(chance(1, step)).number for step in range(2000))
    assert picked.most_common(1)[0][0] == "380671000001"
    assert "380675000000" in picked
    assert not any(number.startswith("3806750000") and number != "380675000000" for number in picked)
