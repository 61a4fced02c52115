"""The registration screen: number, code, then login, password and both agreements."""

from collections.abc import Mapping
from typing import Any, Literal

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import routes, wiring
from mykyivstar.domain.identity import flow_codes, registration
from mykyivstar.domain.identity.errors import AlreadyRegistered, CodeSpent, FlowLost
from mykyivstar.domain.identity.flow_codes import Standing
from mykyivstar.domain.identity.models import FlowKind, FlowStep
from mykyivstar.guard import action, caller
from mykyivstar.kit.errors import CustomerError
from mykyivstar.state.asking import asking
from mykyivstar.state.forms import Refusals
from mykyivstar.state.language import LanguageState
from mykyivstar.state.login import CodeForm, NumberForm
from mykyivstar.state.session import SessionState


class DetailsForm(TypedDict, total=False):
    """The last step. Checkboxes are sent only when ticked."""

    login: str
    password: str
    password_again: str
    terms: str | bool
    personal_data: str | bool
    remember: str | bool


class RegisterState(Refusals, rx.State):
    """Registration screen."""

    ready: bool = False
    step: Literal["identify", "code", "details"] = "identify"
    typed: str = ""
    expires_at: str = ""
    resend_at: str = ""
    has_profile: bool = False

    @action(public=True)
    async def load(self):
        """Show the step this browser is on."""
        who = caller()
        if who.actor is not None:
            return rx.redirect(routes.HOME, replace=True)
        async with wiring.reading() as session:
            reached = await registration.standing(session, visitor=who.visitor, at=wiring.clock().now())
        self._show(reached)
        self.ready = True
        return None

    @action(public=True)
    async def send_code(self, form: NumberForm) -> None:
        """Send a code to the number, three minutes long."""
        self.typed = form["number"]
        self._show(
            await registration.ask_for_code(
                wiring.unit_of_work,
                wiring.secret_key(),
                typed=form["number"],
                **await asking(self),
            )
        )

    @action(public=True)
    async def send_again(self) -> None:
        """Another code; the old one no longer works."""
        self._show(
            await flow_codes.send_again(
                wiring.unit_of_work,
                wiring.secret_key(),
                kind=FlowKind.REGISTER,
                **await asking(self),
            )
        )

    @action(public=True)
    async def enter_code(self, form: CodeForm) -> None:
        """Prove the number."""
        self._show(
            await registration.prove(
                wiring.unit_of_work,
                wiring.secret_key(),
                visitor=caller().visitor,
                code=form.get("code", ""),
                at=wiring.clock().now(),
            )
        )

    @action(public=True)
    async def complete(self, form: DetailsForm) -> None:
        """Make the profile and go in."""
        entered = await registration.complete(
            wiring.unit_of_work,
            visitor=caller().visitor,
            login=form.get("login", ""),
            password=form.get("password", ""),
            again=form.get("password_again", ""),
            accepts_terms=bool(form.get("terms")),
            accepts_personal_data=bool(form.get("personal_data")),
            remember=bool(form.get("remember")),
            language=(await self.get_state(LanguageState))._language,
            at=wiring.clock().now(),
        )
        self._clear_refusals()
        self.busy = True
        (await self.get_state(SessionState))._enter(entered.ticket, entered.next_path)

    @action(public=True)
    async def start_over(self) -> None:
        """Another number."""
        await self._forget()

    @action(public=True)
    async def rather_sign_in(self) -> Any:
        """Another way in after all: without forgetting this one, the sign-in screen would lead back here."""
        await self._forget()
        return rx.redirect(routes.LOGIN)

    async def _forget(self) -> None:
        async with wiring.unit_of_work() as session:
            await registration.start_over(session, visitor=caller().visitor)
        self._clear_refusals()
        self.step = "identify"

    def _show(self, reached: Standing) -> None:
        self._clear_refusals()
        self.has_profile = False
        match reached.step:
            case FlowStep.CODE:
                self.step = "code"
            case FlowStep.DETAILS:
                self.step = "details"
            case _:
                self.step = "identify"
        self.typed = reached.typed or self.typed
        self.expires_at = reached.expires_at.isoformat() if reached.expires_at else ""
        self.resend_at = reached.resend_at.isoformat() if reached.resend_at else ""

    async def _refuse(self, refusal: CustomerError, handler: str = "", arguments: Mapping[str, Any] | None = None):
        await super()._refuse(refusal, handler, arguments)
        if isinstance(refusal, FlowLost | AlreadyRegistered):
            self.step, self.has_profile = "identify", isinstance(refusal, AlreadyRegistered)
        elif isinstance(refusal, CodeSpent):
            self.resend_at = ""
