"""A month of expenses as its page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from mykyivstar.domain.expenses.report import Comparison, HeadingLine, MonthLine, Report
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month
from mykyivstar.state.expenses.addresses import Wanted, of_month
from mykyivstar.state.expenses.rows import EntryRow

# Of the chart, whose highest bar fills it.
_HEIGHT = 100
_LEAST_SEEN = 2


@dataclass(frozen=True, slots=True)
class BarRow:
    """A month of the chart and its table; `height` of a hundred."""

    month: str
    href: str
    chosen: bool
    height: int
    opening: int
    spent: int
    came: int
    went: int
    closing: int


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """Another month beside this one: by how much more or less was spent now."""

    month: str
    way: Literal["more", "less", "same"]
    by: int
    is_part: bool


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """What was spent under a heading; `share` in whole percents, `records_cost` where the records say another sum."""

    heading: str
    href: str
    spent: int
    bonuses: int
    share: int
    records: int
    quantity: int
    records_cost: int | None


@dataclass(frozen=True, slots=True)
class MonthView:
    """One month of one line or internet account."""

    key: str
    kind: str
    month: str
    is_running: bool
    sees_usage: bool
    earlier: str
    later: str
    history: str
    opening: int
    spent: int
    came: int
    went: int
    closing: int
    bonuses: int
    has_history: bool
    bars: list[BarRow]
    compared: list[ComparedRow]
    # What cost something, the most first; what was used at no charge of its own; roaming, apart.
    headings: list[HeadingRow]
    covered: list[HeadingRow]
    roaming: list[HeadingRow]
    roaming_spent: int
    dearest: list[EntryRow]


def month_view(report: Report, dearest: Sequence[EntryRow], this_month: Month) -> MonthView:
    """The report in plain values."""
    line, key = report.line, str(report.key)
    rows = {each.heading: _heading(each, report, key) for each in report.headings}
    roaming = [row for heading, row in rows.items() if heading.is_roaming]
    at_home = [row for heading, row in rows.items() if not heading.is_roaming]
    first = Month.of(report.since) if report.since else this_month
    return MonthView(
        key=key,
        kind=report.key.kind.value,
        month=report.month.first_day.isoformat(),
        is_running=report.month == this_month,
        sees_usage=report.sees_usage,
        earlier=of_month(report.month.shifted(-1), key) if report.month > first else "",
        later=of_month(report.month.shifted(1), key) if report.month < this_month else "",
        history=Wanted(month=report.month).address(key),
        opening=line.opening.kopiykas,
        spent=line.spent.kopiykas,
        came=line.came.kopiykas,
        went=line.went.kopiykas,
        closing=line.closing.kopiykas,
        bonuses=report.bonuses.kopiykas,
        has_history=report.since is not None,
        bars=_bars(report, first, key) if report.sees_usage else [],
        compared=[_compared(each, line) for each in (report.before, report.year_ago) if each is not None],
        headings=sorted((row for row in at_home if _cost_something(row)), key=lambda row: -row.spent),
        covered=[row for row in at_home if not _cost_something(row)],
        roaming=roaming,
        roaming_spent=sum(row.spent for row in roaming),
        dearest=list(dearest),
    )


def _cost_something(row: HeadingRow) -> bool:
    return bool(row.spent or row.bonuses or row.records_cost or row.href)


def _bars(report: Report, first: Month, key: str) -> list[BarRow]:
    """The months since there is a history."""
    known = [line for line in report.months if line.month >= first]
    most = max((line.spent for line in known), default=Money.ZERO)
    return [_bar(line, most, key, is_chosen=line.month == report.month) for line in known]


def _bar(line: MonthLine, most: Money, key: str, *, is_chosen: bool) -> BarRow:
    share = round(line.spent.kopiykas * _HEIGHT / most.kopiykas) if most > Money.ZERO else 0
    return BarRow(
        month=line.month.first_day.isoformat(),
        href=of_month(line.month, key),
        chosen=is_chosen,
        # Anything spent is seen as a line at least.
        height=max(share, _LEAST_SEEN if line.spent > Money.ZERO else 0),
        opening=line.opening.kopiykas,
        spent=line.spent.kopiykas,
        came=line.came.kopiykas,
        went=line.went.kopiykas,
        closing=line.closing.kopiykas,
    )


def _compared(other: Comparison, line: MonthLine) -> ComparedRow:
    more = other.more(line.spent).kopiykas
    way: Literal["more", "less", "same"] = "more" if more > 0 else "less" if more < 0 else "same"
    return ComparedRow(other.month.first_day.isoformat(), way, abs(more), other.is_part)


def _heading(line: HeadingLine, report: Report, key: str) -> HeadingRow:
    total = report.line.spent.kopiykas
    says_the_same = not line.used.records or line.used.cost == line.spent + line.bonuses
    return HeadingRow(
        heading=line.heading.value,
        href=Wanted(heading=line.heading, month=report.month).address(key) if line.entries else "",
        spent=line.spent.kopiykas,
        bonuses=line.bonuses.kopiykas,
        share=max(0, min(100, round(line.spent.kopiykas * 100 / total))) if total > 0 else 0,
        records=line.used.records,
        quantity=line.used.quantity,
        records_cost=None if says_the_same else line.used.cost.kopiykas,
    )
