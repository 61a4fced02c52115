"""Whatever dies in the middle, each fee is taken once; a rehearsal changes nothing."""

import asyncio
from datetime import date, datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import Database
from mykyivstar.db.registry import metadata
from mykyivstar.domain.billing import charging
from mykyivstar.domain.billing.fees import FEES, collect
from mykyivstar.domain.billing.models import BillingRun, BillingSlice
from mykyivstar.domain.billing.runs import LANES, Run, Stage, carry_out, days_due, rehearse
from mykyivstar.domain.billing.slices import Share
from mykyivstar.domain.billing.tallies import Count, Tally
from mykyivstar.domain.catalogue.models import FeePeriod, TariffKind
from mykyivstar.domain.ledger.models import Entry, OperationKind
from mykyivstar.kit.clock import kyiv_midnight
from mykyivstar.kit.money import Money
from tests.domain.billing import small_world as world

DAY = date(2026, 12, 1)
AT = kyiv_midnight(DAY)
LINES, ACCOUNTS = 17, 8


async def people(session: AsyncSession) -> None:
    """Every third line has not enough; every second account has a service."""
    wide, radio = await world.tariff(session), await world.service(session, fee=20)
    fast = await world.tariff(session, "fast", 100, kind=TariffKind.INTERNET, fee_period=FeePeriod.MONTH)
    for number in range(LINES):
        line = await world.line(session, wide, 100 if number % 3 == 2 else 200, DAY, f"3806710000{number:02}")
        if number % 2:
            await world.connect(session, line, radio, DAY)
    for number in range(ACCOUNTS):
        account = await world.account(session, fast, 50 * (number % 4), DAY, f"00044776{number:02}")
        if number % 2:
            await world.connect(session, account, radio, DAY)


EXPECTED = {"wide": (12, 5), "radio": (10, 0), "fast": (8, 0)}


async def taken(database: Database) -> int:
    async with database.reading() as session:
        kinds = [OperationKind.TARIFF_FEE, OperationKind.SERVICE_FEE]
        fees = select(func.count()).where(col(Entry.kind).in_(kinds), col(Entry.amount) < Money.ZERO)
        return (await session.exec(fees)).one()


async def contents(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    async with database.reading() as session:
        return {
            table.name: sorted((tuple(row) for row in await session.execute(table.select())), key=repr)
            for table in metadata.sorted_tables
        }


async def test_a_run_that_dies_again_and_again_ends_as_one_that_lives(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every third posting fails after it was written: the transaction is gone, the run goes on from where it was."""
    async with database.unit_of_work() as session:
        await people(session)
    calls, post_set = count(), charging.post_set

    async def die_sometimes(*args: object, **named: object) -> int:
        done = await post_set(*args, **named)  # type: ignore[arg-type]
        if next(calls) % 3 == 0:
            raise ConnectionError("killed")
        return done

    monkeypatch.setattr(charging, "post_set", die_sometimes)
    deaths = 0
    while True:
        try:
            await carry_out(database, FEES, day=DAY, at=AT + timedelta(minutes=deaths), batch=3)
            break
        except ConnectionError:
            deaths += 1
    assert deaths > 5
    assert await taken(database) == sum(done for done, _ in EXPECTED.values())
    assert await world.the_books_hold(database)
    async with database.reading() as session:
        run = (await session.exec(select(BillingRun))).one()
    assert (run.taken, run.waiting) == (30 + 4, 5)
    assert run.done_at is not None


async def test_two_workers_at_once_take_each_fee_once(database: Database) -> None:
    async with database.unit_of_work() as session:
        await people(session)
    done = await asyncio.gather(*(carry_out(database, FEES, day=DAY, at=AT, batch=2) for _ in range(3)))
    whole = sum(done, Tally())
    assert {code: (whole.counts[code].taken, whole.counts[code].waiting) for code in EXPECTED} == EXPECTED
    assert await taken(database) == 30
    assert await world.the_books_hold(database)


async def test_the_lanes_of_a_run_work_at_the_same_moment_and_never_on_the_same(database: Database) -> None:
    """A slice that was just given out is not yet held: whoever took it for left behind would wait until it is done."""
    if database.is_sqlite:
        assert LANES["sqlite"] == 1
        return
    async with database.unit_of_work() as session:
        await people(session)
    both, seen = asyncio.Barrier(LANES["postgresql"]), list[Share]()

    async def work(session: AsyncSession, share: Share, day: date, at: datetime) -> Tally:
        seen.append(share)
        # Nobody goes on before the other lane has a slice of its own.
        async with asyncio.timeout(30):
            await both.wait()
        return Tally()

    await carry_out(database, Run("together", [Stage("line", work)]), day=DAY, at=AT, batch=3)
    assert len(seen) == 6
    assert len({share.lo for share in seen}) == 6
    assert {share.lane for share in seen} == {0, 1}


async def test_what_somebody_who_died_had_taken_upon_himself_is_done_first(database: Database) -> None:
    """All holders are given out, and two slices of them are in the hands of nobody."""
    async with database.unit_of_work() as session:
        await people(session)
        run = BillingRun(name=FEES.name, day=DAY, stage=1, position=ACCOUNTS, started_at=AT)
        session.add(run)
        await session.flush()
        session.add_all(BillingSlice(run_id=run.id or 0, stage=stage, lo=1, hi=4) for stage in (0, 1))
    said = await rehearse(database, FEES, day=DAY, at=AT, batch=3)
    done = await carry_out(database, FEES, day=DAY, at=AT + timedelta(minutes=1), batch=3)
    assert said == done
    assert {code: (done.counts[code].taken, done.counts[code].waiting) for code in EXPECTED} == {
        "wide": (3, 1),
        "radio": (4, 0),
        "fast": (4, 0),
    }
    assert await carry_out(database, FEES, day=DAY, at=AT) == Tally()
    async with database.reading() as session:
        assert (await session.exec(select(BillingSlice))).all() == []
        assert (await session.exec(select(BillingRun))).one().done_at == AT + timedelta(minutes=1)


async def test_a_run_and_a_line_that_pays_at_the_same_moment_take_its_fee_once(database: Database) -> None:
    async with database.unit_of_work() as session:
        line = await world.line(session, await world.tariff(session), 500, DAY)

    async def collect_now() -> None:
        async with database.unit_of_work() as session:
            await collect(session, line.id or 0, at=AT)

    await asyncio.gather(carry_out(database, FEES, day=DAY, at=AT), *(collect_now() for _ in range(4)))
    assert await world.money_of(database, line) == Money.uah(350)


async def test_a_rehearsal_says_what_would_happen_and_changes_nothing(database: Database) -> None:
    async with database.unit_of_work() as session:
        await people(session)
    before = await contents(database)
    said = await rehearse(database, FEES, day=DAY, at=AT, batch=4)
    after = await contents(database)
    # The operator's own account is opened for the purpose and is empty; nothing else is there.
    assert {name for name in before if before[name] != after[name]} <= {"ledger_account"}
    assert said == await carry_out(database, FEES, day=DAY, at=AT, batch=5)
    assert await rehearse(database, FEES, day=DAY, at=AT) == Tally()


async def test_days_that_nobody_ran_are_made_up_for(database: Database) -> None:
    async with database.unit_of_work() as session:
        daily = await world.tariff(session, "daily", 5, fee_period=FeePeriod.DAY)
        line = await world.line(session, daily, 100, DAY)
    assert await days_due(database, FEES, DAY) == [DAY]
    await carry_out(database, FEES, day=DAY, at=AT)
    later = DAY + timedelta(days=3)
    days = await days_due(database, FEES, later)
    assert days == [DAY + timedelta(days=n) for n in (1, 2, 3)]
    for day in days:
        await carry_out(database, FEES, day=day, at=kyiv_midnight(later))
    assert [fee for fee, _, _ in await world.fees_of(database, line)] == [5_00] * 4
    assert await days_due(database, FEES, later) == []


async def test_a_run_of_nobody_is_done_at_once(database: Database, clock: object) -> None:
    assert await carry_out(database, FEES, day=DAY, at=AT) == Tally()
    assert Count() == Tally().total
    async with database.reading() as session:
        done: datetime | None = (await session.exec(select(BillingRun))).one().done_at
    assert done == AT
