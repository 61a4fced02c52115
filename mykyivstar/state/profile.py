"""The profile screen: who this is to us."""

from typing import Any

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import routes, wiring
from mykyivstar.domain.identity import profiles
from mykyivstar.guard import action, actor
from mykyivstar.state.forms import Refusals
from mykyivstar.state.live import refreshes
from mykyivstar.state.shell import ShellState


class ProfileForm(TypedDict):
    """What a person may change about themselves here."""

    name: str


class ProfileState(Refusals, rx.State):
    """Profile screen."""

    ready: bool = False
    name: str = ""
    login: str = ""
    contact_phone: str = ""
    contact_email: str = ""
    done_at: str = ""

    @action
    async def load(self) -> None:
        """Read the profile."""
        async with wiring.reading() as session:
            profile = await profiles.own(session, actor())
        self.name, self.login = profile.name, profile.login
        self.contact_phone = profile.contact_phone.digits if profile.contact_phone else ""
        self.contact_email = profile.contact_email or ""
        self.ready = True

    @action
    async def save(self, form: ProfileForm) -> Any:
        """Keep the name."""
        async with wiring.unit_of_work() as session:
            self.name = await profiles.rename(session, actor(), form["name"])
        self._clear_refusals()
        self.done_at = wiring.clock().now().isoformat()
        return ShellState.refresh


# The bars follow the data; the form stays as it is being typed.
refreshes(routes.PROFILE, ShellState.refresh)
