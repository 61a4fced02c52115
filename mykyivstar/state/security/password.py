"""Changing the password on the security screen."""

from typing import Any

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import wiring
from mykyivstar.domain.identity import password_change
from mykyivstar.guard import action, actor, caller
from mykyivstar.state.security.forms import SecurityForm


class PasswordForm(TypedDict, total=False):
    """The old one (None where there is none to ask for) and the new one twice."""

    current: str | None
    password: str
    password_again: str


class PasswordState(SecurityForm, rx.State):
    """The password's form."""

    # How many other sessions ended with it.
    ended: int = 0

    @action
    async def change(self, form: PasswordForm) -> Any:
        """Replace the password."""
        self.ended = await password_change.change_password(
            wiring.unit_of_work,
            actor(),
            current=form.get("current") or "",
            new=form.get("password", ""),
            again=form.get("password_again", ""),
            device_hash=caller().device,
            visitor=caller().visitor,
            address=caller().address,
            at=wiring.clock().now(),
        )
        return self._done()
