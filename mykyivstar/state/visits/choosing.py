"""Choosing a day and a half-hour: what booking and moving a visit have in common."""

import reflex as rx

from mykyivstar import wiring
from mykyivstar.domain.stores.models import Store
from mykyivstar.domain.visits.times import free_days
from mykyivstar.settings import settings
from mykyivstar.state.forms import Refusals
from mykyivstar.state.visits.rows import DayChoice, day_choices, times_of


class ChoosesTime(Refusals, rx.State, mixin=True):
    """Mixin: the free times of a store. Whoever uses it declares `choose_day`, which calls `_show_day`."""

    days: list[DayChoice] = []
    # The day whose times are shown, and the chosen one of them.
    day: str = ""
    times: list[str] = []
    time: str = ""

    async def _show_times(self, store: Store) -> None:
        async with wiring.reading() as session:
            found = await free_days(session, store, places=settings().store_visits_at_once, at=wiring.clock().now())
        self.days = day_choices(found)
        self._show_day(self.day)

    def _show_day(self, day: str) -> None:
        known = [each.day for each in self.days]
        self.day = day if day in known else next(iter(known), "")
        self.times = times_of(self.days, self.day)
