"""The only place that reads the clock, and the zone in which the operator bills."""

import time
from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

KYIV = ZoneInfo("Europe/Kyiv")


class Clock(Protocol):
    """Something that tells the time; tests move one by hand."""

    def now(self) -> datetime:
        """The moment, aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class FixedClock:
    """A clock that stands until it is moved: tests and the demo world use it."""

    def __init__(self, moment: datetime) -> None:
        assert moment.tzinfo is not None
        self.moment = moment.astimezone(UTC)

    def now(self) -> datetime:
        return self.moment


def kyiv_date(moment: datetime) -> date:
    """The calendar day in Kyiv at this moment: the day by which limits and billing count."""
    return moment.astimezone(KYIV).date()


def kyiv_midnight(day: date) -> datetime:
    """The moment, in UTC, at which this day begins in Kyiv (both clock changes included)."""
    return datetime(day.year, day.month, day.day, tzinfo=KYIV).astimezone(UTC)


def monotonic() -> float:
    """Seconds of a clock that never goes back; for durations inside one process."""
    return time.monotonic()
