"""A month's figures are those of the books, cut at Kyiv's midnights."""

from datetime import UTC, datetime, timedelta

import pytest

from mykyivstar.db.database import Database
from mykyivstar.domain.expenses.headings import Heading, heading_of
from mykyivstar.domain.expenses.report import month_report
from mykyivstar.domain.ledger.models import OperationKind, Unit
from mykyivstar.domain.ledger.reversal import reverse
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.lines.models import HoldingRole
from mykyivstar.domain.usage.ingest import store
from mykyivstar.domain.usage.models import UsageCategory
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month
from tests.domain.expenses.moving import move
from tests.factories.people import hold, make_account, make_line, make_person, put_money

NOVEMBER, OCTOBER = Month(2026, 11), Month(2026, 10)
DATA, CALL = {"category": "data"}, {"category": "call_off_net"}


def line_key(line_id: int | None) -> HoldingKey:
    return HoldingKey(HoldingKind.LINE, line_id or 0)


# Winter time begins on 25 October 2026, summer time on 29 March: Kyiv is two hours ahead of UTC, then three.
@pytest.mark.parametrize(
    ("month", "first", "last"),
    [
        (Month(2026, 11), datetime(2026, 10, 31, 22, tzinfo=UTC), datetime(2026, 11, 30, 21, 59, 59, 999999, UTC)),
        (Month(2026, 10), datetime(2026, 9, 30, 21, tzinfo=UTC), datetime(2026, 10, 31, 21, 59, 59, 999999, UTC)),
        (Month(2026, 3), datetime(2026, 2, 28, 22, tzinfo=UTC), datetime(2026, 3, 31, 20, 59, 59, 999999, UTC)),
        (Month(2026, 4), datetime(2026, 3, 31, 21, tzinfo=UTC), datetime(2026, 4, 30, 20, 59, 59, 999999, UTC)),
        (Month(2025, 12), datetime(2025, 11, 30, 22, tzinfo=UTC), datetime(2025, 12, 31, 21, 59, 59, 999999, UTC)),
    ],
)
async def test_a_month_is_cut_at_kyivs_midnights(database: Database, month: Month, first, last):
    async with database.unit_of_work() as session:
        actor, line = await make_person(session), await make_line(session)
        await hold(session, actor, line)
        for at, amount in ((first - timedelta(microseconds=1), -1), (first, -10), (last, -100)):
            await move(session, line, amount, at=at)
        await move(session, line, -1000, at=last + timedelta(microseconds=1))
    async with database.reading() as session:
        at = datetime(2027, 1, 5, tzinfo=UTC)
        found = await month_report(session, actor, line_key(line.id), month, at=at)
    assert found.line.spent == Money(110)
    assert (found.line.opening, found.line.closing) == (Money(-1), Money(-111))
    assert found.months[-2].spent == Money(1)


async def test_every_kopiyka_of_a_month_stands_under_a_heading(database: Database, clock: FixedClock):
    at = clock.now()
    async with database.unit_of_work() as session:
        actor, line = await make_person(session), await make_line(session)
        await hold(session, actor, line)
        await put_money(session, line, Money.uah(100))
        await move(session, line, 20_000, at=at, kind=OperationKind.TOP_UP)
        await move(session, line, -15_000, at=at, kind=OperationKind.TARIFF_FEE)
        await move(session, line, -2_500, at=at, kind=OperationKind.SERVICE_FEE)
        await move(session, line, -300, at=at, why=CALL)
        await move(session, line, -150, at=at, why=DATA)
        await move(session, line, -700, at=at, kind=OperationKind.TRANSFER)
        await move(session, line, -30, at=at, kind=OperationKind.ADJUSTMENT)
    async with database.reading() as session:
        found = await month_report(session, actor, line_key(line.id), NOVEMBER, at=at)
    assert {each.heading: each.spent.kopiykas for each in found.headings} == {
        Heading.CALLS_OFF_NET: 300,
        Heading.INTERNET: 150,
        Heading.TARIFF: 15_000,
        Heading.SERVICES: 2_500,
    }
    line_of = found.line
    assert (line_of.opening, line_of.closing) == (Money.uah(100), Money(11_320))
    assert (line_of.spent, line_of.came, line_of.went) == (Money(17_950), Money(20_000), Money(-730))
    assert line_of.opening - line_of.spent + line_of.came + line_of.went == line_of.closing
    assert [entry.amount.kopiykas for entry in found.dearest] == [-15_000, -2_500, -300, -150]


async def test_what_was_taken_back_is_not_spent_and_not_dear(database: Database, clock: FixedClock):
    async with database.unit_of_work() as session:
        actor, line = await make_person(session), await make_line(session)
        await hold(session, actor, line)
        charge = await move(session, line, -900, at=clock.now(), why={"category": "paid_content"})
        await move(session, line, -100, at=clock.now(), why=DATA)
        await reverse(session, key="back", of=charge.operation_id, at=clock.now(), explanation={})
    async with database.reading() as session:
        found = await month_report(session, actor, line_key(line.id), NOVEMBER, at=clock.now())
    assert found.line.spent == Money(100)
    assert [(each.heading, each.spent.kopiykas) for each in found.headings] == [
        (Heading.INTERNET, 100),
        (Heading.PAID_CONTENT, 0),
    ]
    assert [entry.amount.kopiykas for entry in found.dearest] == [-100]


async def test_a_running_month_is_compared_up_to_the_same_day_and_hour(database: Database, clock: FixedClock):
    # 22 November, noon in Kyiv; on 22 October noon was an hour earlier by UTC.
    async with database.unit_of_work() as session:
        actor, line = await make_person(session), await make_line(session)
        await hold(session, actor, line)
        await move(session, line, -1, at=datetime(2025, 11, 2, tzinfo=UTC))
        await move(session, line, -20, at=datetime(2026, 10, 22, 8, 59, 59, tzinfo=UTC))
        await move(session, line, -300, at=datetime(2026, 10, 22, 9, 0, tzinfo=UTC))
        await move(session, line, -4_000, at=clock.now() - timedelta(hours=1))
    async with database.reading() as session:
        running = await month_report(session, actor, line_key(line.id), NOVEMBER, at=clock.now())
        over = await month_report(session, actor, line_key(line.id), OCTOBER, at=clock.now())
    assert running.before is not None
    assert (running.before.month, running.before.spent, running.before.is_part) == (OCTOBER, Money(20), True)
    assert running.before.more(running.line.spent) == Money(3_980)
    assert running.year_ago is not None
    assert running.year_ago.spent == Money(1)
    assert over.line.spent == Money(320)
    assert over.before is not None
    assert not over.before.is_part
    # Nothing is known of October of last year: it is not called nought.
    assert over.year_ago is None


async def test_the_31st_is_held_against_a_whole_shorter_month(database: Database):
    at = datetime(2026, 3, 31, 9, tzinfo=UTC)
    async with database.unit_of_work() as session:
        actor, line = await make_person(session), await make_line(session)
        await hold(session, actor, line)
        await move(session, line, -5, at=datetime(2026, 2, 28, 21, 59, tzinfo=UTC))
        await move(session, line, -7, at=datetime(2026, 2, 28, 22, 0, tzinfo=UTC))
    async with database.reading() as session:
        found = await month_report(session, actor, line_key(line.id), Month(2026, 3), at=at)
    assert found.before is not None
    assert (found.before.spent, found.line.spent) == (Money(5), Money(7))


async def test_usage_stands_beside_the_money_roaming_apart(database: Database, clock: FixedClock):
    async with database.unit_of_work() as session:
        actor, line = await make_person(session), await make_line(session)
        await hold(session, actor, line)
        uses = [(UsageCategory.DATA, 1024, 0), (UsageCategory.ROAMING_DATA, 2048, 500), (UsageCategory.DATA, 1, 0)]
        await store(
            session,
            [
                {
                    "line_id": line.id or 0,
                    "started_at": clock.now(),
                    "ref": f"r{n}",
                    "category": category,
                    "quantity": quantity,
                    "other_party": "",
                    "cost": Money(cost),
                    "rule": "",
                }
                for n, (category, quantity, cost) in enumerate(uses)
            ],
        )
        await move(session, line, -300, at=clock.now(), why={"category": "roaming_data"})
        await move(session, line, -200, at=clock.now(), why={"category": "roaming_data"}, unit=Unit.BONUS)
    async with database.reading() as session:
        found = await month_report(session, actor, line_key(line.id), NOVEMBER, at=clock.now())
    at_home, roaming = found.headings
    assert (at_home.heading, at_home.spent, at_home.used.records, at_home.used.quantity) == (
        Heading.INTERNET,
        Money.ZERO,
        2,
        1025,
    )
    assert (roaming.heading, roaming.spent, roaming.bonuses) == (Heading.ROAMING_INTERNET, Money(300), Money(200))
    assert (roaming.heading.is_roaming, roaming.used.cost) == (True, Money(500))
    assert found.bonuses == Money(200)


async def test_an_internet_account_has_expenses_too(database: Database, clock: FixedClock):
    async with database.unit_of_work() as session:
        actor, account = await make_person(session), await make_account(session)
        await hold(session, actor, account)
        await move(session, account, -25_000, at=clock.now(), kind=OperationKind.TARIFF_FEE)
    async with database.reading() as session:
        key = HoldingKey(HoldingKind.INTERNET, account.id or 0)
        found = await month_report(session, actor, key, NOVEMBER, at=clock.now())
    assert [(each.heading, each.spent) for each in found.headings] == [(Heading.TARIFF, Money.uah(250))]


async def test_a_payer_sees_balances_and_payments_but_not_what_was_used(database: Database, clock: FixedClock):
    async with database.unit_of_work() as session:
        actor, line = await make_person(session), await make_line(session)
        await hold(session, actor, line, role=HoldingRole.PAYER)
        await move(session, line, 5_000, at=clock.now(), kind=OperationKind.TOP_UP)
        await move(session, line, -700, at=clock.now(), why=DATA)
        await move(session, line, 300, at=clock.now(), kind=OperationKind.TRANSFER)
    async with database.reading() as session:
        found = await month_report(session, actor, line_key(line.id), NOVEMBER, at=clock.now())
    assert (found.headings, found.dearest, found.before, found.year_ago) == ((), (), None, None)
    assert len(found.months) == 1
    assert (found.line.spent, found.line.came, found.line.closing) == (Money.ZERO, Money(5_000), Money(4_600))


async def test_a_strangers_expenses_are_not_found(database: Database, clock: FixedClock):
    async with database.unit_of_work() as session:
        line, stranger = await make_line(session), await make_person(session, "mallory")
        await move(session, line, -700, at=clock.now(), why=DATA)
    async with database.reading() as session:
        with pytest.raises(NotFound):
            await month_report(session, stranger, line_key(line.id), NOVEMBER, at=clock.now())


async def test_a_line_without_an_account_has_an_empty_report(database: Database, clock: FixedClock):
    async with database.unit_of_work() as session:
        actor, line = await make_person(session), await make_line(session)
        await hold(session, actor, line)
    async with database.reading() as session:
        found = await month_report(session, actor, line_key(line.id), NOVEMBER, at=clock.now())
    assert (found.since, found.headings, found.before) == (None, [], None)


def test_every_kind_of_operation_and_use_has_a_heading_of_its_own():
    assert {heading_of(each.value) for each in UsageCategory} == {
        heading for heading in Heading if heading.is_spending and heading not in {Heading.TARIFF, Heading.OTHER_USAGE}
    }
    unsorted = [
        each
        for each in OperationKind
        if heading_of(each.value) is Heading.CORRECTIONS
        and each not in {OperationKind.OPENING_BALANCE, OperationKind.ADJUSTMENT, OperationKind.REVERSAL}
    ]
    assert unsorted == []
