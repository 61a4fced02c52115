"""A month of a line or an internet account: what it cost and why, beside the months before (E2, N10)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import accumulate

from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.expenses.accounts import Books, books_of
from mykyivstar.domain.expenses.headings import FOR_PAYERS, Heading, categories_under, heading_of_use
from mykyivstar.domain.expenses.history import first_at
from mykyivstar.domain.expenses.sums import BySum, Sum, moved, spent, sums
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.ledger.models import Entry, Operation, Unit, takes_back
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.usage.queries import months_by_category
from mykyivstar.kit.clock import KYIV, kyiv_midnight
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month, Period, day_in_month

#: The chosen month, a year before it, and what lies between.
MONTHS = 13
DEAREST = 5
_CANDIDATES = 4
_END_OF_TIME = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class MonthLine:
    """One month in a few figures: balance then, what came beside spending, what was spent, balance in the end."""

    month: Month
    opening: Money
    spent: Money
    # Top-ups, transfers, promised payments, corrections: what they brought and, negative, what they took.
    came: Money
    went: Money
    closing: Money


@dataclass(frozen=True, slots=True)
class Used:
    """What the records of the month come to; `quantity` in seconds, bytes or pieces, `cost` at their prices."""

    records: int = 0
    quantity: int = 0
    cost: Money = Money.ZERO


@dataclass(frozen=True, slots=True)
class HeadingLine:
    """What was spent under one heading, and how much was used for it."""

    heading: Heading
    spent: Money
    # Of this what was paid with bonuses, on top of the money.
    bonuses: Money
    entries: int
    used: Used


@dataclass(frozen=True, slots=True)
class Comparison:
    """Another month to hold this one against; of a month that still runs, both up to the same day and hour."""

    month: Month
    spent: Money
    is_part: bool

    def more(self, than_now: Money) -> Money:
        """By how much more was spent now than then; negative: less."""
        return than_now - self.spent


@dataclass(frozen=True, slots=True)
class Report:
    """The month. For somebody who only pays (B4): the balances and what was paid in, nothing else."""

    key: HoldingKey
    month: Month
    sees_usage: bool
    # The oldest first, the chosen one last.
    months: Sequence[MonthLine]
    headings: Sequence[HeadingLine]
    dearest: Sequence[Entry]
    before: Comparison | None
    year_ago: Comparison | None
    # When the first entry was posted; None: there are none.
    since: datetime | None

    @property
    def line(self) -> MonthLine:
        return self.months[-1]

    @property
    def bonuses(self) -> Money:
        """What was paid with bonuses instead of money."""
        return sum((each.bonuses for each in self.headings), Money.ZERO)

    @property
    def records_cost(self) -> Money:
        """What the records of the month come to at their prices."""
        return sum((each.used.cost for each in self.headings), Money.ZERO)


async def month_report(session: AsyncSession, actor: Actor, key: HoldingKey, month: Month, *, at: datetime) -> Report:
    """The report of one of the actor's own for a Kyiv month, the running one up to now. Raises NotFound.

    Its figures are those of the books: what is spent, come and gone in it is the change of the balance, to the
    kopiyka. What was used stands beside them as the records say.
    """
    books = await books_of(session, actor, key)
    months = [month.shifted(back - MONTHS + 1) for back in range(MONTHS)]
    until = _same_moment(month, at)
    others = [month.shifted(-1), month.shifted(-12)]
    parts = [Period(other.period.start, _same_moment_of(other, at) if until else other.period.end) for other in others]
    later = Period(month.period.end, _END_OF_TIME)
    money_id = books.money.id if books.money else None
    found = await sums(session, money_id, [*(each.period for each in months), *parts, later])
    balance = books.money.balance if books.money else Money.ZERO
    lines = _lines(months, found[:MONTHS], balance - moved(found[-1]))
    since = await first_at(session, books, Unit.UAH)
    report = Report(
        key=key,
        month=month,
        sees_usage=books.role.sees_usage,
        months=lines,
        headings=(),
        dearest=(),
        before=None,
        year_ago=None,
        since=since,
    )
    if not report.sees_usage:
        return replace(report, months=[_for_payers(line, of) for line, of in zip(lines, found, strict=False)][-1:])
    compared = [
        Comparison(other, spent(part), is_part=until is not None) if since and since < period.end else None
        for other, part, period in zip(others, found[MONTHS:], parts, strict=False)
    ]
    return replace(
        report,
        headings=await _headings(session, books, month, found[MONTHS - 1]),
        dearest=await dearest(session, money_id, month.period),
        before=compared[0],
        year_ago=compared[1],
    )


async def dearest(
    session: AsyncSession, account_id: int | None, period: Period, *, limit: int = DEAREST
) -> Sequence[Entry]:
    """The entries that took most in this period, the dearest first; what was taken back is not among them."""
    spending = categories_under(heading for heading in Heading if heading.is_spending)
    candidates = (
        select(Entry.id)
        .where(
            Entry.account_id == account_id,
            Entry.at >= period.start,
            Entry.at < period.end,
            Entry.amount < Money.ZERO,
            col(Entry.category).in_(sorted(spending)),
        )
        .order_by(col(Entry.amount), col(Entry.at).desc())
        # Some may have been taken back.
        .limit(limit * _CANDIDATES)
    )
    taken_back = aliased(Operation)
    rows = await session.exec(
        select(Entry)
        .outerjoin(taken_back, takes_back(taken_back))
        .where(col(Entry.id).in_(candidates), col(taken_back.id).is_(None))
    )
    return sorted(rows.all(), key=lambda entry: (entry.amount, -entry.at.timestamp()))[:limit]


def _lines(months: Sequence[Month], found: Sequence[BySum], closing: Money) -> Sequence[MonthLine]:
    """Backwards from what the account has: entries may have been posted in another order than their times."""
    changes = [moved(each) for each in found]
    closings = list(accumulate(reversed(changes[1:]), lambda after, change: after - change, initial=closing))[::-1]
    return [
        MonthLine(month, end - change, spent(of), *_beside(of), end)
        for month, of, change, end in zip(months, found, changes, closings, strict=True)
    ]


def _beside(found: BySum) -> tuple[Money, Money]:
    """What came and what went beside spending."""
    beside = sum((each for heading, each in found.items() if not heading.is_spending), Sum())
    return beside.came, beside.went


def _for_payers(line: MonthLine, found: BySum) -> MonthLine:
    seen = sum((found.get(heading, Sum()) for heading in FOR_PAYERS), Sum())
    return replace(line, spent=Money.ZERO, came=seen.came, went=seen.went)


async def _headings(session: AsyncSession, books: Books, month: Month, found: BySum) -> Sequence[HeadingLine]:
    """In the order of the report: what cost something or was used at all."""
    bonuses: BySum = {}
    if books.bonuses is not None:
        bonuses = (await sums(session, books.bonuses.id, [month.period]))[0]
    used = await _used(session, books.key, month)
    lines = [
        HeadingLine(
            heading,
            -found.get(heading, Sum()).amount,
            -bonuses.get(heading, Sum()).amount,
            found.get(heading, Sum()).entries,
            used.get(heading, Used()),
        )
        for heading in Heading
        if heading.is_spending
    ]
    return [line for line in lines if line.entries or line.bonuses or line.used.records]


async def _used(session: AsyncSession, key: HoldingKey, month: Month) -> Mapping[Heading, Used]:
    if key.kind is not HoldingKind.LINE:
        return {}
    found: defaultdict[Heading, Used] = defaultdict(Used)
    for each in await months_by_category(session, [key.id], month, month):
        heading = heading_of_use(each.category)
        so_far = found[heading]
        found[heading] = Used(so_far.records + each.records, so_far.quantity + each.quantity, so_far.cost + each.cost)
    return found


def _same_moment(month: Month, at: datetime) -> datetime | None:
    """Now, while this month still runs; None when it is over."""
    return at if month == Month.of(at) else None


def _same_moment_of(month: Month, at: datetime) -> datetime:
    """The same day and hour in Kyiv of another month; its end when it has no such day."""
    local = at.astimezone(KYIV)
    if local.day > month.days:
        return month.period.end
    midnight = kyiv_midnight(day_in_month(month, local.day))
    same = local.replace(year=month.year, month=month.month).astimezone(UTC)
    # An hour that the clocks leave out or repeat stays within its day.
    return min(max(same, midnight), month.period.end)
