"""The history of an account: what fits, in its order, at any depth."""

from datetime import UTC, date, datetime, timedelta

import pytest

from mykyivstar.db.database import Database
from mykyivstar.domain.catalogue.models import Service
from mykyivstar.domain.expenses.accounts import books_of
from mykyivstar.domain.expenses.headings import Heading
from mykyivstar.domain.expenses.history import Filter, Way, day_total, page, total
from mykyivstar.domain.expenses.search import search_for
from mykyivstar.domain.expenses.sums import Sum
from mykyivstar.domain.ledger.models import OperationKind, Unit
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.lines.models import HoldingRole, Line
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.money import Money
from tests.domain.expenses.moving import move
from tests.factories.people import hold, make_line, make_person

DATA = {"category": "data"}


async def olena(session, **fields):
    actor, line = await make_person(session), await make_line(session)
    await hold(session, actor, line, **fields)
    return actor, line


async def books(session, actor, line: Line):
    return await books_of(session, actor, HoldingKey(HoldingKind.LINE, line.id or 0))


async def test_pages_go_on_where_the_last_one_ended_and_miss_nothing(database: Database, clock: FixedClock):
    async with database.unit_of_work() as session:
        actor, line = await olena(session)
        # Three of each moment: the order within one is the books' own.
        posted = [(await move(session, line, -n - 1, at=clock.now() - timedelta(days=n // 3))).id for n in range(25)]
    found: list[int | None] = []
    async with database.reading() as session:
        mine, after = await books(session, actor, line), None
        for _ in range(4):
            page_of = await page(session, mine, Filter(), after=after, limit=7)
            found += [entry.id for entry in page_of.entries]
            after = page_of.after
    assert after is None
    assert len(found) == 25
    assert sorted(found) == sorted(posted)
    assert found[:4] == [posted[2], posted[1], posted[0], posted[5]]


async def test_filters_say_heading_way_and_days_and_their_totals(database: Database, clock: FixedClock):
    at = clock.now()
    async with database.unit_of_work() as session:
        actor, line = await olena(session)
        await move(session, line, -200, at=at - timedelta(days=40), why=DATA)
        await move(session, line, -300, at=at, why=DATA)
        await move(session, line, 50, at=at, why=DATA)
        await move(session, line, 10_000, at=at, kind=OperationKind.TOP_UP)
        await move(session, line, -7, at=at, why={"category": "never heard of"})
    async with database.reading() as session:
        mine = await books(session, actor, line)
        data = Filter(headings=frozenset({Heading.INTERNET}))
        assert await total(session, mine, data) == Sum(Money(-450), Money(50), 3)
        assert await total(session, mine, Filter(headings=data.headings, way=Way.OUT)) == Sum(Money(-500), Money(0), 2)
        since = Filter(headings=data.headings, since=at - timedelta(days=1))
        assert [e.amount.kopiykas for e in (await page(session, mine, since)).entries] == [50, -300]
        corrections = Filter(headings=frozenset({Heading.CORRECTIONS}))
        assert [e.amount.kopiykas for e in (await page(session, mine, corrections)).entries] == [-7]
        assert (await total(session, mine, Filter())).amount == mine.money.balance
        assert (await total(session, mine, Filter(unit=Unit.BONUS))) == Sum()
        assert (await total(session, mine, Filter(headings=frozenset()))) == Sum()


async def test_a_days_total_is_of_the_whole_kyiv_day(database: Database, clock: FixedClock):
    # 25 October 2026 has twenty-five hours in Kyiv.
    edges = [datetime(2026, 10, 24, 21, tzinfo=UTC), datetime(2026, 10, 25, 21, 59, tzinfo=UTC)]
    async with database.unit_of_work() as session:
        actor, line = await olena(session)
        for at, amount in ((edges[0], -1), (edges[1], -20), (edges[1] + timedelta(minutes=1), -300)):
            await move(session, line, amount, at=at)
    async with database.reading() as session:
        mine = await books(session, actor, line)
        assert (await day_total(session, mine, Filter(), date(2026, 10, 25))).amount == Money(-21)
        until = Filter(until=edges[1])
        assert (await day_total(session, mine, until, date(2026, 10, 25))).amount == Money(-1)
        assert (await day_total(session, mine, until, date(2026, 10, 26))).entries == 0


@pytest.mark.parametrize(
    ("typed", "amounts"),
    [
        ("12,50", [1250, -1250]),
        ("-12.50", [1250, -1250]),
        ("067 765 43 21", [-900]),
        ("+380677654321", [-900]),
        ("4711", [10_000]),
        ("музика", [-2900]),
        ("MUSIC", [-2900]),
        ("%", []),
        ("_", []),
        ("nothing like it", []),
        ("9" * 40, []),
    ],
)
async def test_search_finds_sums_numbers_and_names(database: Database, clock: FixedClock, typed: str, amounts):
    at = clock.now()
    async with database.unit_of_work() as session:
        actor, line = await olena(session)
        session.add(Service(code="music", name={"uk": "Музика+", "en": "Music+"}, fee=Money(2900)))
        await move(session, line, -1250, at=at, why=DATA)
        await move(session, line, 1250, at=at, kind=OperationKind.REFUND)
        await move(session, line, -900, at=at, kind=OperationKind.TRANSFER, why={"to": ["380677654321"]})
        await move(session, line, 10_000, at=at, kind=OperationKind.TOP_UP, why={"payment_id": 4711})
        await move(session, line, -2900, at=at, kind=OperationKind.SERVICE_FEE, why={"rule": "service/music"})
    async with database.reading() as session:
        mine = await books(session, actor, line)
        wanted = Filter(search=await search_for(session, typed))
        assert [entry.amount.kopiykas for entry in (await page(session, mine, wanted)).entries] == amounts
        assert (await total(session, mine, wanted)).entries == len(amounts)


async def test_search_looks_for_headings_by_their_names_too(database: Database, clock: FixedClock):
    async with database.unit_of_work() as session:
        actor, line = await olena(session)
        await move(session, line, -5, at=clock.now(), why=DATA)
        await move(session, line, -6, at=clock.now())
    async with database.reading() as session:
        assert await search_for(session, "  ") is None
        wanted = Filter(search=await search_for(session, "інтернет", frozenset({Heading.INTERNET})))
        found = await page(session, await books(session, actor, line), wanted)
    assert [entry.amount.kopiykas for entry in found.entries] == [-5]


async def test_a_payer_finds_payments_only_whatever_is_asked(database: Database, clock: FixedClock):
    at = clock.now()
    async with database.unit_of_work() as session:
        actor, line = await olena(session, role=HoldingRole.PAYER)
        await move(session, line, 5_000, at=at, kind=OperationKind.TOP_UP)
        await move(session, line, -700, at=at, why=DATA)
        await move(session, line, -700, at=at, kind=OperationKind.TARIFF_FEE)
    async with database.reading() as session:
        mine = await books(session, actor, line)
        assert (await total(session, mine, Filter())).amount == Money(5_000)
        asked = Filter(headings=frozenset({Heading.INTERNET, Heading.TARIFF}), search=await search_for(session, "7"))
        assert (await page(session, mine, asked)).entries == []
