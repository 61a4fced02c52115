"""Remembered devices and open sessions on the security screen."""

from typing import Any

import reflex as rx

from mykyivstar import routes, wiring
from mykyivstar.domain.identity import devices, session_ending
from mykyivstar.domain.identity.proof import require_fresh
from mykyivstar.guard import action, actor, caller
from mykyivstar.state.security.forms import SecurityForm
from mykyivstar.state.session import SessionState


class PlacesState(SecurityForm, rx.State):
    """Remembering this browser, forgetting devices, ending sessions."""

    @action
    async def remember(self) -> None:
        """Ask for no more codes in this browser."""
        require_fresh(actor(), wiring.clock().now())
        self._clear_refusals()
        (await self.get_state(SessionState))._remember(routes.PROFILE_SECURITY)

    @action
    async def forget(self, device_id: int) -> Any:
        """Ask this device for codes again."""
        async with wiring.unit_of_work() as session:
            await devices.forget(session, actor(), device_id, wiring.clock().now(), address=caller().address)
        return self._done()

    @action
    async def forget_all(self) -> Any:
        """Ask every device for codes again."""
        async with wiring.unit_of_work() as session:
            await devices.forget_all(session, actor(), wiring.clock().now(), address=caller().address)
        return self._done()

    @action
    async def end(self, session_id: int) -> Any:
        """Sign out there."""
        async with wiring.unit_of_work() as session:
            await session_ending.end_one(session, actor(), session_id, wiring.clock().now(), address=caller().address)
        return self._done()

    @action
    async def end_others(self) -> Any:
        """Sign out everywhere but here."""
        async with wiring.unit_of_work() as session:
            await session_ending.end_others(session, actor(), wiring.clock().now(), address=caller().address)
        return self._done()
