"""Something went wrong on our side: the notice that every page can show."""

import reflex as rx

from mykyivstar.guard import action


class FailureState(rx.State):
    """The incident that is shown, "" for none."""

    incident: str = ""

    @action(public=True)
    async def happened(self, incident: str) -> None:
        """Show the incident number."""
        self.incident = incident[:16]

    @action(public=True)
    async def dismiss(self) -> None:
        """The person has read it."""
        self.incident = ""
