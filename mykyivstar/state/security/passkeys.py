"""Passkeys on the security screen."""

from typing import Any

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import wiring
from mykyivstar.domain.identity import passkeys
from mykyivstar.guard import action, actor, caller
from mykyivstar.guard.browser import browser_name
from mykyivstar.guard.relying_party import relying_party
from mykyivstar.state.passkey_asking import AsksPasskey, Made, Reason, attestation
from mykyivstar.state.security.forms import SecurityForm


class NameForm(TypedDict):
    """What a passkey is to be called."""

    name: str


class PasskeysState(SecurityForm, AsksPasskey, rx.State):
    """Adding, naming and removing passkeys."""

    # The passkey whose name is being typed, or that is about to be removed; 0 for none.
    renaming: int = 0
    removing: int = 0
    name_now: str = ""

    @action
    async def add(self) -> None:
        """Have the browser make a passkey."""
        self.passkey_request = await passkeys.adding_options(
            wiring.unit_of_work, relying_party(), actor(), visitor=caller().visitor, at=wiring.clock().now()
        )
        self._clear_refusals()

    @action
    async def made(self, answer: Made) -> Any:
        """Keep the passkey that was made, named after the browser it was made in."""
        self.passkey_request = ""
        await passkeys.add(
            wiring.unit_of_work,
            relying_party(),
            profile_id=actor().profile_id,
            answer=attestation(answer),
            name=browser_name(caller().browser),
            visitor=caller().visitor,
            address=caller().address,
            at=wiring.clock().now(),
        )
        return self._done()

    @action
    async def failed(self, reason: Reason) -> None:
        """Say why there is none."""
        self._passkey_failed(reason)

    @action
    async def begin_renaming(self, passkey_id: int, name: str) -> None:
        """Open the field for a name, beginning with the present one."""
        self._clear_refusals()
        self.renaming, self.name_now = passkey_id, name

    @action
    async def rename(self, form: NameForm) -> Any:
        """Call it by another name."""
        async with wiring.unit_of_work() as session:
            await passkeys.rename(session, actor(), self.renaming, name=form["name"])
        self.renaming = 0
        return self._done()

    @action
    async def ask_before_removing(self, passkey_id: int, name: str) -> None:
        """Open the question, which names the passkey."""
        self._clear_refusals()
        self.removing, self.name_now = passkey_id, name

    @action
    async def remove(self, passkey_id: int) -> Any:
        """Let it open nothing any more."""
        async with wiring.unit_of_work() as session:
            await passkeys.remove(session, actor(), passkey_id, wiring.clock().now(), address=caller().address)
        self.removing = 0
        return self._done()

    @action
    async def think_better(self) -> None:
        """Close field and question."""
        self._clear_refusals()
        self.renaming, self.removing = 0, 0
