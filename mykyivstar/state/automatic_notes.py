"""What goes on by itself and wants to be known on the home screen: promised payments that are still open (N2), auto
top-ups that do not succeed (N1).
"""

import reflex as rx

from mykyivstar import wiring
from mykyivstar.domain.auto_top_up import queries as auto_top_ups
from mykyivstar.domain.promises import queries
from mykyivstar.guard import action, actor
from mykyivstar.state.auto_top_up.rows import RuleRow, rule_rows
from mykyivstar.state.promises.rows import PromiseRow, promise_rows
from mykyivstar.state.shell import show


class NotesState(rx.State):
    """Notes of the home screen."""

    promises: list[PromiseRow] = []
    troubled: list[RuleRow] = []

    @action
    async def load(self) -> None:
        """Show them."""
        await self._refresh()

    @action
    async def refresh(self) -> None:
        """Bring them up to date."""
        await self._refresh()

    async def _refresh(self) -> None:
        async with wiring.reading() as session:
            promises = promise_rows(await queries.own(session, actor(), only_open=True))
            rules = rule_rows(await auto_top_ups.rules(session, actor(), at=wiring.clock().now()))
        # What its owner has paused is no trouble.
        troubled = [rule for rule in rules if rule.paused != "owner" and (rule.paused or rule.failure)]
        show(self, promises=promises, troubled=troubled)
