"""Half-open periods of time and the billing months of the Kyiv calendar."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mykyivstar.kit.clock import kyiv_date, kyiv_midnight


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month as the operator bills it: from midnight to midnight in Kyiv."""

    year: int
    month: int

    def __post_init__(self) -> None:
        assert 1 <= self.month <= 12

    @classmethod
    def of(cls, moment: datetime) -> "Month":
        """The billing month that contains this moment."""
        day = kyiv_date(moment)
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> "Month":
        """The month written as "2026-11". Raises ValueError."""
        first_day = date.fromisoformat(f"{text}-01")
        return cls(first_day.year, first_day.month)

    def shifted(self, months: int) -> "Month":
        """The month so many months later (earlier when negative)."""
        index = self.year * 12 + self.month - 1 + months
        return Month(index // 12, index % 12 + 1)

    @property
    def days(self) -> int:
        return calendar.monthrange(self.year, self.month)[1]

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, self.month, self.days)

    @property
    def period(self) -> "Period":
        return Period(kyiv_midnight(self.first_day), kyiv_midnight(self.shifted(1).first_day))

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` (included) to `end` (excluded), both aware UTC."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        assert self.start.tzinfo is not None
        assert self.end.tzinfo is not None
        assert self.start <= self.end

    def __contains__(self, moment: datetime) -> bool:
        return self.start <= moment < self.end


def day_in_month(month: Month, day: int) -> date:
    """Day `day` of the month, or its last day when the month is shorter (30 February becomes 28/29)."""
    return month.first_day + timedelta(days=min(day, month.days) - 1)
