"""Opening hours in the OpenStreetMap syntax: open now, until when, and the hours of a week (J1).

Breaks, exceptions and comments are the syntax's own; "PH" are Ukraine's public holidays.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from opening_hours import OpeningHours, ParserError, State  # type: ignore[attr-defined]

from mykyivstar.kit.clock import KYIV

_COUNTRY = "UA"
# Beyond this nobody asks when a closed shop opens.
_HORIZON = timedelta(days=60)
# How the parser says where it stopped.
_COLUMN = re.compile(r"--> 1:([0-9]{1,6})")


class UnreadableHours(ValueError):
    """A text that is not opening hours; its message says why, `position` from which sign on."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        found = _COLUMN.search(why)
        self.position = int(found[1]) - 1 if found else 0


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether it is open at a moment (None: the hours do not say), and until when (None: for long)."""

    is_open: bool | None
    until: datetime | None
    comment: str


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when it is open, "09:00" by Kyiv's clock; an end at midnight is "24:00"."""

    opens: str
    closes: str
    comment: str


@dataclass(frozen=True, slots=True)
class DayHours:
    """The spans of one day; none: it is closed."""

    day: date
    spans: Sequence[Span]
    # What is said of a day on which it is closed.
    comment: str


class Hours:
    """The hours of one store."""

    def __init__(self, text: str) -> None:
        """Raises UnreadableHours."""
        try:
            self._hours = OpeningHours(text, timezone=KYIV, country=_COUNTRY)
        except ParserError as error:
            raise UnreadableHours(str(error)) from error
        self.text = text

    def standing(self, at: datetime) -> Standing:
        """Open or closed at this moment."""
        local = at.astimezone(KYIV)
        state, comment = self._hours.state(local)
        change = self._hours.next_change(local)
        until = change if change is not None and change - local <= _HORIZON else None
        return Standing(None if state == State.UNKNOWN else state == State.OPEN, until, comment or "")

    def week(self, first: date) -> Sequence[DayHours]:
        """Seven days from this one."""
        return tuple(self._day(first + timedelta(days=number)) for number in range(7))

    def _day(self, day: date) -> DayHours:
        start = datetime(day.year, day.month, day.day, tzinfo=KYIV)
        end = datetime.combine(day + timedelta(days=1), start.timetz())
        spans, closed = [], ""
        for since, until, state, comment in self._hours.intervals(start, end):
            if state == State.OPEN:
                spans.append(Span(_clock(since, day), _clock(until, day), comment or ""))
            elif comment:
                closed = comment
        return DayHours(day, tuple(spans), "" if spans else closed)


@lru_cache(maxsize=2_000)
def hours_of(text: str) -> Hours | None:
    """The hours that this text says; None where it says none, or what nobody can read."""
    if not text.strip():
        return None
    try:
        return Hours(text)
    except UnreadableHours:
        return None


def _clock(moment: datetime, day: date) -> str:
    return f"{moment:%H:%M}" if moment.date() == day else "24:00"
