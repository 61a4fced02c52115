"""The desk's figures, as a table."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

import reflex as rx

from mykyivstar import wiring
from mykyivstar.domain.staff.models import StaffRole
from mykyivstar.domain.support.figures import Figures, sheet
from mykyivstar.guard import action, staff_actor
from mykyivstar.state.forms import Refusals

Period = Literal["1", "7", "30"]


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


class DeskFiguresState(Refusals, rx.State):
    """The page of figures."""

    ready: bool = False
    period: str = "7"
    whole: FigureRow | None = None
    members: list[FigureRow] = []
    days: list[FigureRow] = []

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
        async with wiring.reading() as session:
            found = await sheet(session, staff_actor(), days=int(self.period), at=wiring.clock().now())
        self.whole = _row(found.whole)
        self.members = [_row(each) for each in found.members]
        self.days = [_row(each) for each in found.days]


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
