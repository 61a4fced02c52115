"""Expenses of the line in hand by month and heading (E2, N10)."""

from datetime import datetime

import reflex as rx

from mykyivstar import routes, wiring
from mykyivstar.domain.expenses.report import month_report
from mykyivstar.domain.lines.keys import HoldingKey
from mykyivstar.guard import action, actor
from mykyivstar.kit.period import Month
from mykyivstar.state.expenses.addresses import month_in
from mykyivstar.state.expenses.month_view import MonthView, month_view
from mykyivstar.state.expenses.rows import entry_rows
from mykyivstar.state.live import refreshes
from mykyivstar.state.overviews import overviews
from mykyivstar.state.shell import ShellState, show


class MonthState(rx.State):
    """A month of expenses."""

    ready: bool = False
    view: MonthView | None = None

    @action
    async def load(self) -> None:
        """Show the month of the address (`?month=2026-10`), this one where it names none."""
        await self._refresh(wanted=self.router.url.query_parameters.get("line", ""))

    @action
    async def refresh(self) -> None:
        """Bring it up to date: something has changed, or another line was taken in hand."""
        await self._refresh()

    async def _refresh(self, *, wanted: str = "") -> None:
        part = (await self.get_state(ShellState))._show(await overviews.of(actor()), wanted=wanted)
        show(self, ready=True, view=await self._read(part.key) if part else None)

    async def _read(self, key: HoldingKey) -> MonthView:
        at: datetime = wiring.clock().now()
        this_month = Month.of(at)
        month = month_in(self.router.url.query_parameters, at) or this_month
        async with wiring.reading() as session:
            report = await month_report(session, actor(), key, month, at=at)
            dearest = await entry_rows(session, report.dearest)
        return month_view(report, dearest, this_month)


refreshes(routes.EXPENSES, MonthState.refresh)
