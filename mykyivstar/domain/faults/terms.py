"""On which terms technicians come and downtime is credited: configuration of an installation (H4, N7)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from mykyivstar.kit.clock import KYIV, kyiv_date

_SUNDAY = 6


@dataclass(frozen=True, slots=True)
class VisitTerms:
    """When technicians come. Windows are hours of the Kyiv clock, every day but Sunday."""

    windows: tuple[tuple[int, int], ...] = ((9, 12), (12, 15), (15, 18), (18, 21))
    # Visits of one city in one window, where the operator has not said otherwise.
    capacity: int = 3
    days: int = 7
    # A visit is chosen so long before it begins, and moved or cancelled so long before.
    ahead: timedelta = timedelta(hours=3)
    change_until: timedelta = timedelta(hours=2)
    requests_a_day: int = 5
    # How often one request's visit is chosen: each time an SMS is sent and a technician's day changes.
    choices: int = 6

    def window(self, starts_at: datetime) -> tuple[datetime, datetime] | None:
        """The whole window that begins at this moment, None where none does."""
        local = starts_at.astimezone(KYIV)
        return next((each for each in self._windows(local.date()) if each[0] == starts_at), None)

    def upcoming(self, at: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The windows that can be chosen at this moment, in their order."""
        first = kyiv_date(at)
        for day in (first + timedelta(days=days) for days in range(self.days + 1)):
            yield from (each for each in self._windows(day) if each[0] >= at + self.ahead)

    def _windows(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        if day.weekday() != _SUNDAY:
            for first, last in self.windows:
                yield _moment(day, first), _moment(day, last)


@dataclass(frozen=True, slots=True)
class DowntimeTerms:
    """What is given back for time without internet."""

    # So much of each event is free for the operator; what is beyond it is credited.
    free: timedelta = timedelta(hours=4)
    # Events that ended longer ago come from an old file, and nothing is credited for them.
    within: timedelta = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class FaultTerms:
    """The terms of this installation."""

    visits: VisitTerms = VisitTerms()
    downtime: DowntimeTerms = DowntimeTerms()


def _moment(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), KYIV).astimezone(UTC)
