"""SMS at sign-in on the security screen: off after a warning and a code, on at once."""

from typing import Any

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import wiring
from mykyivstar.domain.identity import devices, own_codes
from mykyivstar.domain.identity.own_codes import OwnCode
from mykyivstar.guard import action, actor, caller
from mykyivstar.kit.errors import NotFound
from mykyivstar.state.language import LanguageState
from mykyivstar.state.security.forms import SecurityForm


class SwitchOffForm(TypedDict):
    """The code from the SMS."""

    switch_off_code: str


class SmsSwitchState(SecurityForm, rx.State):
    """The switch, and the code that switching off takes."""

    # The warning is being read.
    is_warned: bool = False
    sent_to: str = ""
    expires_at: str = ""
    resend_at: str = ""

    @action
    async def load(self) -> None:
        """Show the code that is out, after a lost connection."""
        async with wiring.reading() as session:
            out = await devices.pending_switch_off_code(
                session, actor(), visitor=caller().visitor, at=wiring.clock().now()
            )
        self._show(out)

    @action
    async def warn(self) -> None:
        """Say what switching off means."""
        self._clear_refusals()
        self.is_warned = True

    @action
    async def think_better(self) -> None:
        """Leave it on."""
        self._clear_refusals()
        self._show(None)

    @action
    async def send_code(self) -> None:
        """The warning was read: send the code to the first of the own phones."""
        async with wiring.reading() as session:
            phones = await own_codes.phones(session, actor())
        if not phones:
            raise NotFound
        sent = await devices.send_switch_off_code(
            wiring.unit_of_work,
            wiring.secret_key(),
            actor(),
            to=phones[0].digits,
            visitor=caller().visitor,
            address=caller().address,
            language=(await self.get_state(LanguageState))._language,
            at=wiring.clock().now(),
        )
        self._clear_refusals()
        self._show(sent)

    @action
    async def switch_off(self, form: SwitchOffForm) -> Any:
        """Switch off with the code."""
        await devices.switch_sms_off(
            wiring.unit_of_work,
            wiring.secret_key(),
            actor(),
            code=form["switch_off_code"],
            visitor=caller().visitor,
            address=caller().address,
            at=wiring.clock().now(),
        )
        self._show(None)
        return self._done()

    @action
    async def switch_on(self) -> Any:
        """Ask for codes again."""
        async with wiring.unit_of_work() as session:
            await devices.switch_sms_on(session, actor(), wiring.clock().now(), address=caller().address)
        return self._done()

    def _show(self, out: OwnCode | None) -> None:
        self.is_warned = out is not None
        self.sent_to = out.sent_to.digits if out else ""
        self.expires_at = out.expires_at.isoformat() if out else ""
        self.resend_at = out.resend_at.isoformat() if out else ""
