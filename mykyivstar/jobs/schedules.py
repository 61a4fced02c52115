"""When a job that comes back comes back."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Protocol

from mykyivstar.kit.clock import KYIV, kyiv_date


class Schedule(Protocol):
    """Says when the next time is."""

    def after(self, moment: datetime) -> datetime:
        """The first time strictly after this moment."""
        ...


@dataclass(frozen=True, slots=True)
class Every:
    """So long after the last time ended."""

    interval: timedelta

    def after(self, moment: datetime) -> datetime:
        """The first time strictly after this moment."""
        return moment + self.interval


@dataclass(frozen=True, slots=True)
class Daily:
    """Once a day at this time by the Kyiv clock; at an hour that the clock change skips, an hour later."""

    time: time

    def after(self, moment: datetime) -> datetime:
        """The first time strictly after this moment."""
        today = kyiv_date(moment)
        times = (datetime.combine(today + timedelta(days=days), self.time, KYIV).astimezone(UTC) for days in (0, 1))
        return next(time for time in times if time > moment)
