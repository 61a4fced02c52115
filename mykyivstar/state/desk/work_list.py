"""What the lists of work at the desk have in common: shown, and kept up to date."""

import reflex as rx

from mykyivstar.domain.staff.models import StaffRole
from mykyivstar.guard import action
from mykyivstar.state.forms import Refusals


class WorkList(Refusals, rx.State, mixin=True):
    """Mixin: a list that `_refresh` fills with those that `shown` names."""

    ready: bool = False
    shown: str = "open"

    @action(staff=StaffRole.CONSULTANT)
    async def load(self) -> None:
        """Show it."""
        self._clear_refusals()
        await self._refresh()
        self.ready = True

    @action(staff=StaffRole.CONSULTANT)
    async def refresh(self) -> None:
        """Has anything gone on?"""
        await self._refresh()

    async def _refresh(self) -> None:
        raise NotImplementedError
