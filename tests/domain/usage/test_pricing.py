"""What comes without a price is priced by the line's tariff, charged once, and explains itself."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import Database
from mykyivstar.domain.blocking.models import BlockEnding, BlockReason, BlockState, LineBlock
from mykyivstar.domain.blocking.periods import BLOCKED_RULE
from mykyivstar.domain.catalogue.models import Tariff, TariffKind
from mykyivstar.domain.ledger.models import Entry, LedgerAccount, Operation, OperationKind
from mykyivstar.domain.ledger.queries import balances, proof
from mykyivstar.domain.lines.models import Line
from mykyivstar.domain.usage.ingest import Stored, store
from mykyivstar.domain.usage.models import Allowance, AllowanceKind, UsageCategory, UsageMonth, UsageRecord
from mykyivstar.domain.usage.pricing import RECORDS_AT_ONCE, Priced, price_everything
from mykyivstar.domain.usage.stored import NewRecord
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.money import Money
from tests.factories.people import make_line, put_money

CALL, SMS = UsageCategory.CALL_OFF_NET, UsageCategory.SMS


async def make_tariff(session: AsyncSession) -> Tariff:
    tariff = Tariff(
        code="wide",
        kind=TariffKind.MOBILE,
        name={"uk": "Ш"},
        fee=Money.uah(200),
        prices={"call_off_net": 75, "sms": 60},
    )
    session.add(tariff)
    await session.flush()
    return tariff


async def prepare(database: Database, at: datetime, *, minutes: int = 0) -> Line:
    """A line with 100 UAH, a tariff, and so many minutes left in its package."""
    async with database.unit_of_work() as session:
        line = await make_line(session, tariff_id=(await make_tariff(session)).id)
        await put_money(session, line, Money.uah(100))
        if minutes:
            session.add(
                Allowance(
                    line_id=line.id or 0,
                    kind=AllowanceKind.MINUTES_UKRAINE,
                    source="wide",
                    granted=6_000,
                    left=minutes * 60,
                    expires_at=at + timedelta(days=9),
                )
            )
    return line


def record(line: Line, at: datetime, ref: str, **fields: object) -> NewRecord:
    whole: NewRecord = {
        "line_id": line.id or 0,
        "started_at": at,
        "ref": ref,
        "category": CALL,
        "quantity": 60,
        "other_party": "380501234567",
        "cost": None,
        "rule": "",
    }
    return {**whole, **fields}  # type: ignore[typeddict-item]


async def bring(database: Database, *records: NewRecord) -> None:
    async with database.unit_of_work() as session:
        await store(session, records)


async def stored(database: Database) -> Sequence[UsageRecord]:
    async with database.reading() as session:
        return (await session.exec(select(UsageRecord).order_by(col(UsageRecord.started_at)))).all()


async def balance(database: Database, line: Line) -> Money:
    async with database.reading() as session:
        assert (await proof(session)).holds
        return (await balances(session, line_ids=[line.id or 0])).lines[line.id or 0].money or Money.ZERO


async def usage_operations(database: Database) -> int:
    async with database.reading() as session:
        counted = select(func.count()).select_from(Operation).where(Operation.kind == OperationKind.USAGE)
        return (await session.exec(counted)).one()


async def test_packages_pay_first_and_the_rest_by_the_begun_minute(database: Database, clock: FixedClock):
    at = clock.now()
    line = await prepare(database, at, minutes=2)
    second = at + timedelta(minutes=5)
    await bring(database, record(line, at, "a", quantity=90), record(line, second, "b", quantity=91))
    assert await price_everything(database, at=at) == Priced(2, Money(150))
    first, last = await stored(database)
    assert (first.cost, first.rule) == (Money.ZERO, "package wide")
    # 30 seconds were left in the package; the other 61 are two begun minutes.
    assert (last.cost, last.rule) == (Money(150), "price wide/call_off_net")
    assert await balance(database, line) == Money.uah(100) - Money(150)


async def test_each_charge_names_its_rule_and_its_taxes(database: Database, clock: FixedClock):
    line = await prepare(database, clock.now())
    await bring(database, record(line, clock.now(), "a", category=SMS, quantity=1))
    await price_everything(database, at=clock.now())
    async with database.reading() as session:
        entries = await session.exec(
            select(Entry)
            .join(Operation, col(Operation.id) == col(Entry.operation_id))
            .join(LedgerAccount, col(LedgerAccount.id) == col(Entry.account_id))
            .where(Operation.kind == OperationKind.USAGE, LedgerAccount.line_id == line.id)
        )
        entry = entries.one()
    assert entry.amount == Money(-60)
    why = entry.explanation
    assert (why["rule"], why["category"], why["record"], why["quantity"]) == ("price wide/sms", "sms", "a", 1)
    assert why["net"] + why["vat"] + why["duty"] == 60


async def test_pricing_again_and_importing_again_charge_nothing(database: Database, clock: FixedClock):
    line = await prepare(database, clock.now())
    await bring(database, record(line, clock.now(), "a"))
    await price_everything(database, at=clock.now())
    assert await price_everything(database, at=clock.now()) == Priced()
    await bring(database, record(line, clock.now(), "a"))
    assert await price_everything(database, at=clock.now()) == Priced()
    assert await usage_operations(database) == 1
    assert await balance(database, line) == Money.uah(100) - Money(75)


async def test_a_corrected_record_is_charged_the_difference_there_and_back(database: Database, clock: FixedClock):
    line = await prepare(database, clock.now())
    for quantity, there in ((60, 75), (180, 225), (60, 75), (180, 225)):
        await bring(database, record(line, clock.now(), "a", quantity=quantity))
        await price_everything(database, at=clock.now())
        assert await balance(database, line) == Money.uah(100) - Money(there)
        async with database.reading() as session:
            [month] = (await session.exec(select(UsageMonth))).all()
            assert (month.records, month.quantity, month.cost) == (1, quantity, Money(there))
    assert await usage_operations(database) == 4


async def test_what_the_operator_has_priced_is_charged_there(database: Database, clock: FixedClock):
    line = await prepare(database, clock.now())
    await bring(database, record(line, clock.now(), "a", cost=Money(300), rule="billing"))
    assert await price_everything(database, at=clock.now()) == Priced()
    assert await balance(database, line) == Money.uah(100)


async def test_a_price_that_comes_after_our_charge_is_not_taken_and_told(database: Database, clock: FixedClock):
    line = await prepare(database, clock.now())
    await bring(database, record(line, clock.now(), "a"))
    await price_everything(database, at=clock.now())
    priced = record(line, clock.now(), "a", cost=Money(300), rule="billing")
    async with database.unit_of_work() as session:
        assert await store(session, [priced]) == Stored(charged=(priced,))
    assert await price_everything(database, at=clock.now()) == Priced()
    [kept] = await stored(database)
    assert (kept.cost, kept.rule) == (Money(75), "price wide/call_off_net")
    assert await balance(database, line) == Money.uah(100) - Money(75)


async def test_what_our_rating_found_free_may_still_be_priced_by_the_operator(database: Database, clock: FixedClock):
    line = await prepare(database, clock.now(), minutes=2)
    await bring(database, record(line, clock.now(), "a"))
    await price_everything(database, at=clock.now())
    await bring(database, record(line, clock.now(), "a", cost=Money(300), rule="billing"))
    [kept] = await stored(database)
    assert (kept.cost, kept.rule) == (Money(300), "billing")
    assert await balance(database, line) == Money.uah(100)


async def test_a_line_without_a_tariff_waits_for_one(database: Database, clock: FixedClock):
    async with database.unit_of_work() as session:
        line = await make_line(session)
    await bring(database, record(line, clock.now(), "a"))
    assert await price_everything(database, at=clock.now()) == Priced()
    async with database.unit_of_work() as session:
        (await session.get_one(Line, line.id)).tariff_id = (await make_tariff(session)).id
    assert await price_everything(database, at=clock.now()) == Priced(1, Money(75))


async def test_a_late_record_of_a_closed_month_counts_in_its_month_and_is_charged_now(
    database: Database, clock: FixedClock
):
    line = await prepare(database, clock.now())
    await bring(database, record(line, clock.now() - timedelta(days=40), "late"))
    await price_everything(database, at=clock.now())
    async with database.reading() as session:
        assert [(m.month, m.cost) for m in (await session.exec(select(UsageMonth))).all()] == [("2026-10", Money(75))]
    assert await balance(database, line) == Money.uah(100) - Money(75)


async def test_more_than_fits_one_transaction_is_priced_whole_by_several_at_once(database: Database, clock: FixedClock):
    line = await prepare(database, clock.now(), minutes=10)
    count = RECORDS_AT_ONCE + 20
    await bring(database, *(record(line, clock.now() + timedelta(seconds=n), f"r{n}") for n in range(count)))
    done = await asyncio.gather(*(price_everything(database, at=clock.now()) for _ in range(3)))
    assert sum(each.records for each in done) == count
    assert await balance(database, line) == Money.uah(100) - Money(75 * (count - 10))


async def test_what_lies_in_a_blocked_time_costs_nothing_and_takes_no_package(database: Database, clock: FixedClock):
    """From the first moment of a block until just before it ends (G1)."""
    line = await prepare(database, clock.now(), minutes=2)
    since, until = clock.now() - timedelta(hours=2), clock.now() - timedelta(hours=1)
    second, tick = timedelta(seconds=1), timedelta(microseconds=1)
    moments = {
        "long-before": since - second,
        "before": since - tick,
        "first": since,
        "last": until - tick,
        "after": until,
        "later": until + second,
    }
    async with database.unit_of_work() as session:
        asked = {"line_id": line.id, "reason": BlockReason.STOLEN, "asked_at": since}
        ended = {"since": since, "until": until, "ending": BlockEnding.AT_DESK}
        session.add(LineBlock(key="ended", state=BlockState.ENDED, **asked, **ended))
        session.add(LineBlock(key="never", state=BlockState.WITHDRAWN, **asked, until=clock.now()))
    await bring(database, *[record(line, at, ref, category=SMS, quantity=1) for ref, at in moments.items()])
    await bring(database, *[record(line, at, f"call-{ref}") for ref, at in moments.items()])
    await price_everything(database, at=clock.now())
    found = {each.ref: (each.cost, each.rule) for each in await stored(database)}
    free = (Money.ZERO, BLOCKED_RULE)
    assert {ref for ref, each in found.items() if each == free} == {"first", "last", "call-first", "call-last"}
    assert [found[f"call-{ref}"][1] for ref in ("long-before", "before", "after", "later")] == [
        "package wide",
        "package wide",
        "price wide/call_off_net",
        "price wide/call_off_net",
    ]
    assert await balance(database, line) == Money.uah(100) - Money(4 * 60 + 2 * 75)


async def test_a_block_that_holds_has_no_end(database: Database, clock: FixedClock):
    line = await prepare(database, clock.now())
    async with database.unit_of_work() as session:
        asked = {"line_id": line.id or 0, "reason": BlockReason.AWAY, "asked_at": clock.now()}
        session.add(LineBlock(key="holds", state=BlockState.ACTIVE, since=clock.now(), **asked))
    await bring(database, record(line, clock.now() + timedelta(days=99), "R1"))
    await price_everything(database, at=clock.now() + timedelta(days=100))
    assert [(each.cost, each.rule) for each in await stored(database)] == [(Money.ZERO, BLOCKED_RULE)]
    assert await usage_operations(database) == 0
