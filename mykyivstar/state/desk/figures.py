"""The desk's figures: as tables, and by day as bars."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import reflex as rx

from mykyivstar import wiring
from mykyivstar.domain.staff.models import StaffRole
from mykyivstar.domain.support.figures import Figures, sheet
from mykyivstar.domain.support.tickets import figures as ticket_figures
from mykyivstar.domain.support.tickets.figures import RequestFigures
from mykyivstar.guard import action, staff_actor
from mykyivstar.kit.clock import kyiv_date
from mykyivstar.state.forms import Refusals

_LEAST_SEEN = 2
Period = Literal["1", "7", "30"]
Measure = Literal["wait", "first_answer", "length", "rating", "request_answer", "resolution"]


@dataclass(frozen=True, slots=True)
class FigureRow:
    """Seconds, None where there is nothing to count."""

    name: str
    conversations: int
    wait: int | None
    first_answer: int | None
    lasted: int | None
    unanswered: int
    ratings: int
    rating: float | None


@dataclass(frozen=True, slots=True)
class RequestRow:
    """Requests of a day, "" for all; times in hours, None where there is nothing to count."""

    day: str
    opened: int
    solved: int
    late: int
    first_answer: float | None
    resolution: float | None


@dataclass(frozen=True, slots=True)
class BarRow:
    """A day of a chart: its height of a hundred, and the figure; None where there is nothing to count."""

    day: str
    height: int
    value: float | None


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One measure over the days, the oldest first; `most` is what the highest bar stands for."""

    measure: Measure
    most: float
    bars: list[BarRow]


class DeskFiguresState(Refusals, rx.State):
    """The page of figures."""

    ready: bool = False
    period: str = "7"
    whole: FigureRow | None = None
    members: list[FigureRow] = []
    days: list[FigureRow] = []
    requests: RequestRow | None = None
    request_days: list[RequestRow] = []
    # Empty where there is nothing to draw: nothing to count, or one day alone.
    charts: list[ChartRow] = []
    request_charts: list[ChartRow] = []

    @action(staff=StaffRole.CONSULTANT)
    async def load(self) -> None:
        """The last week."""
        self._clear_refusals()
        await self._show()
        self.ready = True

    @action(staff=StaffRole.CONSULTANT)
    async def choose(self, period: Period) -> None:
        """Another period."""
        self.period = period
        await self._show()

    async def _show(self) -> None:
        at = wiring.clock().now()
        async with wiring.reading() as session:
            found = await sheet(session, staff_actor(), days=int(self.period), at=at)
            requests, by_day = await ticket_figures.requests(session, staff_actor(), days=int(self.period), at=at)
        self.whole = _row(found.whole)
        self.members = [_row(each) for each in found.members]
        self.days = [_row(each) for each in found.days]
        self.requests, self.request_days = _request_row(requests), [_request_row(each) for each in by_day]
        days = _days(int(self.period), kyiv_date(at))
        self.charts = _charts({row.name: row for row in self.days}, days)
        self.request_charts = _request_charts({row.day: row for row in self.request_days}, days)


def _row(figures: Figures) -> FigureRow:
    return FigureRow(
        name=figures.name,
        conversations=figures.conversations,
        wait=_seconds(figures.wait),
        first_answer=_seconds(figures.first_answer),
        lasted=_seconds(figures.length),
        unanswered=figures.unanswered,
        ratings=figures.ratings,
        rating=figures.rating,
    )


def _seconds(span: timedelta | None) -> int | None:
    return None if span is None else round(span.total_seconds())


def _request_row(figures: RequestFigures) -> RequestRow:
    return RequestRow(
        day=figures.day,
        opened=figures.opened,
        solved=figures.solved,
        late=figures.late,
        first_answer=_hours(figures.first_answer),
        resolution=_hours(figures.resolution),
    )


def _hours(span: timedelta | None) -> float | None:
    return None if span is None else round(span / timedelta(hours=1), 1)


def _days(count: int, today: date) -> list[str]:
    return [(today - timedelta(days=before)).isoformat() for before in reversed(range(count))]


def _charts(by_day: Mapping[str, FigureRow], days: Sequence[str]) -> list[ChartRow]:
    if len(days) < 2 or not by_day:
        return []
    rows = [by_day.get(day) for day in days]
    return _drawn(
        _chart("wait", days, [row.wait if row else None for row in rows]),
        _chart("first_answer", days, [row.first_answer if row else None for row in rows]),
        _chart("length", days, [row.lasted if row else None for row in rows]),
        # A rating is always one of five.
        _chart("rating", days, [row.rating if row else None for row in rows], most=5),
    )


def _request_charts(by_day: Mapping[str, RequestRow], days: Sequence[str]) -> list[ChartRow]:
    if len(days) < 2 or not by_day:
        return []
    rows = [by_day.get(day) for day in days]
    return _drawn(
        _chart("request_answer", days, [row.first_answer if row else None for row in rows]),
        _chart("resolution", days, [row.resolution if row else None for row in rows]),
    )


def _drawn(*charts: ChartRow) -> list[ChartRow]:
    """Those that have anything to show."""
    return [chart for chart in charts if any(bar.value is not None for bar in chart.bars)]


def _chart(
    measure: Measure,
    days: Sequence[str],
    values: Sequence[float | None],
    most: float = 0,
) -> ChartRow:
    most = most or max((value for value in values if value is not None), default=0)
    return ChartRow(
        measure,
        most,
        [BarRow(day, _height(value, most), value) for day, value in zip(days, values, strict=True)],
    )


def _height(value: float | None, most: float) -> int:
    """Nothing to count is no bar; the least of anything is still seen."""
    if value is None:
        return 0
    return max(round(value / most * 100), _LEAST_SEEN) if most else _LEAST_SEEN
