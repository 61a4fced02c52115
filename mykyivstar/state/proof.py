"""The dialog that asks for a fresh proof (O9), and repeats what was refused for want of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import reflex as rx
from reflex.event import Event
from typing_extensions import TypedDict

from mykyivstar import wiring
from mykyivstar.db.changes import Subject, Topic
from mykyivstar.domain.identity import proving
from mykyivstar.domain.identity.own_codes import OwnCode
from mykyivstar.domain.identity.security_errors import ProofNeeded
from mykyivstar.guard import action, actor, caller
from mykyivstar.guard.relying_party import relying_party
from mykyivstar.guard.session_cache import session_cache
from mykyivstar.state.forms import Refusals
from mykyivstar.state.language import LanguageState
from mykyivstar.state.passkey_asking import AsksPasskey, Reason, Used, assertion
from mykyivstar.state.refused_events import RefusedEvent, refused_events

ProofWay = Literal["code", "password", "passkey"]


@dataclass(frozen=True, slots=True)
class PhoneChoice:
    """A phone that a code may go to: its digits."""

    value: str


class ProofCodeForm(TypedDict):
    """The code from the SMS."""

    proof_code: str


class ProofPasswordForm(TypedDict):
    """The own password."""

    proof_password: str


class ProofState(Refusals, AsksPasskey, rx.State):
    """The dialog in the frame of every signed-in page."""

    is_open: bool = False
    way: ProofWay = "code"
    phones: list[PhoneChoice] = []
    has_password: bool = False
    has_passkey: bool = False
    # Where the code that is out went, "" while none is.
    sent_to: str = ""
    expires_at: str = ""
    resend_at: str = ""

    async def _ask(self, refusal: ProofNeeded, handler_name: str, arguments: Mapping[str, Any]) -> None:
        """Open the dialog because `handler_name` (the full name of the event) needs a proof; repeat it afterwards."""
        waiting = RefusedEvent(handler_name, dict(arguments), wiring.clock().now())
        refused_events.keep(actor().session_id, self._tab, waiting)
        async with wiring.reading() as session:
            ways = await proving.ways(session, actor())
            out = await proving.pending_code(session, actor(), visitor=caller().visitor, at=wiring.clock().now())
        self._clear_refusals()
        self.phones = [PhoneChoice(phone.digits) for phone in ways.phones]
        self.has_password, self.has_passkey = ways.has_password, ways.has_passkey
        # The easiest way first: no waiting, then no remembering.
        self.way = "passkey" if ways.has_passkey else "code" if ways.phones else "password"
        self._show(out)
        self.is_open = True

    @action
    async def choose_way(self, way: ProofWay) -> None:
        """Prove it by this instead."""
        self._clear_refusals()
        self.way, self.passkey_request = way, ""

    @action
    async def send_code(self, to: str) -> None:
        """Send a code to one of the own phones."""
        sent = await proving.send_code(
            wiring.unit_of_work,
            wiring.secret_key(),
            actor(),
            to=to,
            visitor=caller().visitor,
            address=caller().address,
            language=(await self.get_state(LanguageState))._language,
            at=wiring.clock().now(),
        )
        self._clear_refusals()
        self._show(sent)

    @action
    async def enter_code(self, form: ProofCodeForm) -> Any:
        """Prove it by the code."""
        await proving.with_code(
            wiring.unit_of_work,
            wiring.secret_key(),
            actor(),
            visitor=caller().visitor,
            code=form["proof_code"],
            at=wiring.clock().now(),
        )
        return self._go_on()

    @action
    async def enter_password(self, form: ProofPasswordForm) -> Any:
        """Prove it by the password."""
        await proving.with_password(
            wiring.unit_of_work,
            actor(),
            password=form["proof_password"],
            visitor=caller().visitor,
            address=caller().address,
            at=wiring.clock().now(),
        )
        return self._go_on()

    @action
    async def ask_passkey(self) -> None:
        """Have the browser ask for a passkey."""
        self._clear_refusals()
        self.passkey_request = await proving.passkey_options(
            wiring.unit_of_work, relying_party(), actor(), visitor=caller().visitor, at=wiring.clock().now()
        )

    @action
    async def passkey_used(self, answer: Used) -> Any:
        """Prove it by the passkey."""
        self.passkey_request = ""
        await proving.with_passkey(
            wiring.unit_of_work,
            relying_party(),
            actor(),
            visitor=caller().visitor,
            answer=assertion(answer),
            at=wiring.clock().now(),
        )
        return self._go_on()

    @action
    async def passkey_failed(self, reason: Reason) -> None:
        """Say why there was no passkey."""
        self._passkey_failed(reason)

    @action
    async def cancel(self) -> None:
        """Think better of it: what was asked for is not done."""
        refused_events.take(actor().session_id, self._tab, wiring.clock().now())
        self._close()

    @property
    def _tab(self) -> str:
        return self.router.session.client_token

    def _go_on(self) -> Event | None:
        # Now and not when the change feed says so: the event that is repeated must be seen as proved.
        session_cache.forget([Subject(Topic.SESSION, actor().session_id)])
        self._close()
        waiting = refused_events.take(actor().session_id, self._tab, wiring.clock().now())
        return Event(name=waiting.name, payload=dict(waiting.arguments)) if waiting else None

    def _close(self) -> None:
        self._clear_refusals()
        self.is_open, self.passkey_request = False, ""
        self._show(None)

    def _show(self, out: OwnCode | None) -> None:
        self.sent_to = out.sent_to.digits if out else ""
        self.expires_at = out.expires_at.isoformat() if out else ""
        self.resend_at = out.resend_at.isoformat() if out else ""
