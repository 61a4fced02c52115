"""The history as its page shows it: days, filters, totals."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from mykyivstar.domain.expenses.headings import Heading
from mykyivstar.domain.expenses.history import Way, day_of
from mykyivstar.domain.expenses.sums import BySum, Sum
from mykyivstar.domain.ledger.models import Entry
from mykyivstar.kit.period import Month
from mykyivstar.state.expenses.addresses import Wanted
from mykyivstar.state.expenses.rows import EntryRow

_MONTHS_MAX = 120


@dataclass(frozen=True, slots=True)
class DayRow:
    """The entries of one Kyiv day; `came` and `went` are of all that fits of it, shown or not."""

    day: str
    # Of another year than this one.
    shows_year: bool
    came: int
    went: int
    rows: list[EntryRow]


@dataclass(frozen=True, slots=True)
class ChipRow:
    """One choice of a filter: "" for all."""

    value: str
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class MonthOption:
    """A month to choose: its value and its first day."""

    value: str
    day: str


@dataclass(frozen=True, slots=True)
class TotalRow:
    """What fits, taken together."""

    count: int
    came: int
    went: int


def day_rows(
    entries: Sequence[Entry], rows: Sequence[EntryRow], whole: Mapping[date, Sum], this_year: int
) -> list[DayRow]:
    """By Kyiv day; `whole` are the totals of days of which not everything is here."""
    found = []
    for day, group in groupby(zip(entries, rows, strict=True), key=lambda pair: day_of(pair[0])):
        pairs = list(group)
        total = whole.get(day) or _sum_of(entry for entry, _ in pairs)
        found.append(
            DayRow(
                day.isoformat(),
                day.year != this_year,
                total.came.kopiykas,
                total.went.kopiykas,
                [row for _, row in pairs],
            )
        )
    return found


def joined(earlier: Sequence[DayRow], later: Sequence[DayRow]) -> list[DayRow]:
    """Days that were shown and those that follow; a day that was cut goes on in its place."""
    if earlier and later and earlier[-1].day == later[0].day:
        cut, rest = earlier[-1], later[0]
        whole = DayRow(cut.day, cut.shows_year, cut.came, cut.went, [*cut.rows, *rest.rows])
        return [*earlier[:-1], whole, *later[1:]]
    return [*earlier, *later]


def total_row(found: Sum) -> TotalRow:
    """What fits, in plain values."""
    return TotalRow(found.entries, found.came.kopiykas, found.went.kopiykas)


def way_chips(wanted: Wanted, line: str) -> list[ChipRow]:
    """All, what came, what was taken."""
    ways = (None, *Way)
    return [ChipRow(way.value if way else "", wanted.but(way=way).address(line), way is wanted.way) for way in ways]


def heading_chips(wanted: Wanted, line: str, known: BySum) -> list[ChipRow]:
    """All, and each heading that anything of these days stands under, and the chosen one."""
    present = [each for each in Heading if each is wanted.heading or (each in known and known[each].entries)]
    return [
        ChipRow(each.value if each else "", wanted.but(heading=each).address(line), each is wanted.heading)
        for each in (None, *present)
    ]


def month_options(first: Month, last: Month) -> list[MonthOption]:
    """The months of the history, the newest first; of a very long one the newest."""
    found: list[MonthOption] = []
    month = last
    while month >= first and len(found) < _MONTHS_MAX:
        found.append(MonthOption(str(month), month.first_day.isoformat()))
        month = month.shifted(-1)
    return found


def _sum_of(entries: Iterable[Entry]) -> Sum:
    amounts = [entry.amount for entry in entries]
    total = Sum()
    for amount in amounts:
        total += Sum(amount, max(amount, Sum().amount), 1)
    return total
