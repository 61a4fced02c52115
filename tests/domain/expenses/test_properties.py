"""Whatever is posted and taken back, whenever: entries, balance and report say the same of every month."""

import asyncio
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import col, select

from mykyivstar.db.database import Database
from mykyivstar.domain.expenses.accounts import books_of
from mykyivstar.domain.expenses.history import PAGE, Filter, page, total
from mykyivstar.domain.expenses.report import month_report
from mykyivstar.domain.ledger.models import Entry, OperationKind
from mykyivstar.domain.ledger.reversal import reverse
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.usage.models import UsageCategory
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month
from tests.conftest import EachUrl
from tests.domain.expenses.moving import move
from tests.factories.people import hold, make_line, make_person

END = datetime(2026, 12, 1, tzinfo=UTC)
# Half of them within a day of a month's end or a clock change, where mistakes live.
EDGES = [
    datetime(2025, 12, 31, 22, tzinfo=UTC),
    datetime(2026, 3, 29, 1, tzinfo=UTC),
    datetime(2026, 3, 31, 21, tzinfo=UTC),
    datetime(2026, 10, 25, 1, tzinfo=UTC),
    datetime(2026, 10, 31, 22, tzinfo=UTC),
]
moments = st.one_of(
    st.builds(
        lambda edge, seconds: edge + timedelta(seconds=seconds), st.sampled_from(EDGES), st.integers(-9000, 9000)
    ),
    st.integers(0, 400 * 24 * 3600).map(lambda seconds: END - timedelta(seconds=seconds)),
)
kinds = st.sampled_from([each for each in OperationKind if each is not OperationKind.REVERSAL])
categories = st.one_of(st.none(), st.sampled_from([each.value for each in UsageCategory]))
moves = st.tuples(
    moments, st.integers(-9_999, 9_999).filter(bool), kinds, categories, st.sampled_from([None, None, None, 0, 40])
)


async def play(url: str, told: list, month: Month) -> None:
    database = Database(url)
    async with database.unit_of_work() as session:
        actor, line = await make_person(session), await make_line(session)
        await hold(session, actor, line)
        for place, (at, amount, kind, category, back_in) in enumerate(told):
            why = {"category": category} if category and kind is OperationKind.USAGE else {}
            entry = await move(session, line, amount, at=at, kind=kind, why=why)
            if back_in is not None:
                later = at + timedelta(days=back_in)
                await reverse(session, key=f"back:{place}", of=entry.operation_id, at=later, explanation={})
    async with database.reading() as session:
        key = HoldingKey(HoldingKind.LINE, line.id or 0)
        books = await books_of(session, actor, key)
        assert books.money is not None
        entries = (await session.exec(select(Entry).where(col(Entry.account_id) == books.money.id))).all()
        report = await month_report(session, actor, key, month, at=END + timedelta(days=365))
        for each in report.months:
            theirs = [entry.amount.kopiykas for entry in entries if entry.at in each.month.period]
            before = [entry.amount.kopiykas for entry in entries if entry.at < each.month.period.start]
            assert each.opening == Money(sum(before))
            assert each.closing - each.opening == Money(sum(theirs))
            assert each.came + each.went - each.spent == Money(sum(theirs))
            wanted = Filter(since=each.month.period.start, until=each.month.period.end)
            found = await total(session, books, wanted)
            assert (found.amount, found.entries) == (Money(sum(theirs)), len(theirs))
        assert sum((each.spent for each in report.headings), Money.ZERO) == report.line.spent
        listed, after = [], None
        while True:
            shown = await page(session, books, Filter(), after=after)
            listed += shown.entries
            after = shown.after
            if after is None:
                break
            assert len(shown.entries) == PAGE
        assert sum((entry.amount for entry in listed), Money.ZERO) == books.money.balance
    await database.dispose()


@settings(max_examples=15, deadline=None)
@given(st.lists(moves, min_size=1, max_size=45), st.integers(0, 12))
def test_entries_balance_and_report_agree(each_sqlite_url: EachUrl, told: list, back: int) -> None:
    with each_sqlite_url() as url:
        asyncio.run(play(url, told, Month(2026, 11).shifted(-back)))
