"""The ways in beside number and password: a passkey (A11), the access code of a remembered device (A6)."""

from typing import Any

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import routes, wiring
from mykyivstar.domain.identity import access_code, passkeys
from mykyivstar.guard import action, caller
from mykyivstar.guard.relying_party import relying_party
from mykyivstar.state.forms import Refusals
from mykyivstar.state.passkey_asking import AsksPasskey, Reason, Used, assertion
from mykyivstar.state.paths import safe_path
from mykyivstar.state.session import SessionState


class UnlockForm(TypedDict):
    """The access code."""

    access_code: str


class PasskeyLoginState(Refusals, AsksPasskey, rx.State):
    """The passkey button of the sign-in screen."""

    @action(public=True)
    async def ask(self) -> None:
        """Have the browser ask for a passkey."""
        self.passkey_request = await passkeys.sign_in_options(
            wiring.unit_of_work,
            relying_party(),
            visitor=caller().visitor,
            address=caller().address,
            at=wiring.clock().now(),
        )
        self._clear_refusals()

    @action(public=True)
    async def used(self, answer: Used) -> None:
        """Go in as the person the passkey belongs to."""
        self.passkey_request = ""
        ticket = await passkeys.sign_in(
            wiring.unit_of_work,
            relying_party(),
            answer=assertion(answer),
            visitor=caller().visitor,
            at=wiring.clock().now(),
        )
        self._clear_refusals()
        self.busy = True
        (await self.get_state(SessionState))._enter(ticket, wanted_path(self))

    @action(public=True)
    async def failed(self, reason: Reason) -> None:
        """Say why there was none."""
        self._passkey_failed(reason)


class AccessCodeLoginState(Refusals, rx.State):
    """The access code on the sign-in screen of a remembered device."""

    is_offered: bool = False

    @action(public=True)
    async def load(self) -> None:
        """Whether this browser may be opened by a code."""
        async with wiring.reading() as session:
            self.is_offered = await access_code.is_offered(session, caller().device)

    @action(public=True)
    async def unlock(self, form: UnlockForm) -> None:
        """Go in with the access code."""
        ticket = await access_code.unlock(
            wiring.unit_of_work,
            device_hash=caller().device,
            code=form["access_code"],
            visitor=caller().visitor,
            at=wiring.clock().now(),
        )
        self._clear_refusals()
        self.busy = True
        (await self.get_state(SessionState))._enter(ticket, wanted_path(self))

    @action(public=True)
    async def another_way(self) -> Any:
        """Sign in in full instead."""
        self._clear_refusals()
        self.is_offered = False


def wanted_path(state: rx.State) -> str:
    """Where the person was going when they were asked to sign in."""
    return safe_path(state.router.url.query_parameters.get("next", ""), otherwise=routes.HOME)
