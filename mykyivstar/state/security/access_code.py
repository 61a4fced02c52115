"""The access code of this device on the security screen."""

from typing import Any

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import wiring
from mykyivstar.domain.identity import access_code
from mykyivstar.guard import action, actor, caller
from mykyivstar.state.security.forms import SecurityForm


class AccessCodeForm(TypedDict):
    """The code twice."""

    access_code: str
    access_code_again: str


class AccessCodeState(SecurityForm, rx.State):
    """Setting and removing the access code."""

    @action
    async def choose(self, form: AccessCodeForm) -> Any:
        """Give this device its code, or another one."""
        await access_code.set_code(
            wiring.unit_of_work,
            actor(),
            device_hash=caller().device,
            code=form["access_code"].strip(),
            again=form["access_code_again"].strip(),
            address=caller().address,
            at=wiring.clock().now(),
        )
        return self._done()

    @action
    async def remove(self) -> Any:
        """Ask for a full login here again."""
        async with wiring.unit_of_work() as session:
            await access_code.remove(
                session, actor(), wiring.clock().now(), device_hash=caller().device, address=caller().address
            )
        return self._done()
