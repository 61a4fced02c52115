"""The recovery screen (A8): number, code, second proof, new password."""

from collections.abc import Mapping
from typing import Any, Literal

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import routes, wiring
from mykyivstar.domain.identity import recovery
from mykyivstar.domain.identity.errors import CodeSpent, FlowLost
from mykyivstar.domain.identity.models import FlowStep
from mykyivstar.domain.identity.recovery import Recovery
from mykyivstar.domain.identity.security_errors import AnswerSpent, AskCoordinator, NothingToRecover
from mykyivstar.guard import action, caller
from mykyivstar.guard.relying_party import relying_party
from mykyivstar.kit.errors import CustomerError
from mykyivstar.state.forms import Refusals
from mykyivstar.state.language import LanguageState
from mykyivstar.state.login import NumberForm
from mykyivstar.state.passkey_asking import AsksPasskey, Reason, Used, assertion
from mykyivstar.state.session import SessionState

RecoverStep = Literal["identify", "code", "second_proof", "new_password"]
# What the first step says beside its form, after the code has told more than the form may.
Outcome = Literal["", "no_profile", "employee"]

_STEPS: dict[FlowStep, RecoverStep] = {
    FlowStep.CODE: "code",
    FlowStep.SECOND_PROOF: "second_proof",
    FlowStep.NEW_PASSWORD: "new_password",
}


class RecoveryCodeForm(TypedDict):
    """The code from the SMS."""

    code: str


class AnswerForm(TypedDict):
    """The answer to the secret question."""

    answer: str


class NewPasswordForm(TypedDict):
    """The new password twice."""

    password: str
    password_again: str


class RecoverState(Refusals, AsksPasskey, rx.State):
    """Recovery screen."""

    ready: bool = False
    step: RecoverStep = "identify"
    outcome: Outcome = ""
    typed: str = ""
    expires_at: str = ""
    resend_at: str = ""
    question: str = ""
    has_passkey: bool = False
    # All that could be a second proof is forgotten or lost.
    is_at_end: bool = False
    login: str = ""

    @action(public=True)
    async def load(self) -> Any:
        """Show the step this browser is on."""
        self.passkey_request = ""
        if caller().actor is not None:
            return rx.redirect(routes.PROFILE_SECURITY, replace=True)
        async with wiring.reading() as session:
            self._show(await recovery.standing(session, visitor=caller().visitor, at=wiring.clock().now()))
        self.ready = True
        return None

    @action(public=True)
    async def send_code(self, form: NumberForm) -> None:
        """Send a code to the number, or to the phone in the account's contract."""
        self.typed = form["number"]
        reached = await recovery.ask_for_code(
            wiring.unit_of_work, wiring.secret_key(), typed=form["number"], **await self._asking()
        )
        self._show(reached)

    @action(public=True)
    async def send_again(self) -> None:
        """Another code; the old one no longer works."""
        self._show(await recovery.send_again(wiring.unit_of_work, wiring.secret_key(), **await self._asking()))

    @action(public=True)
    async def enter_code(self, form: RecoveryCodeForm) -> None:
        """Give the first proof."""
        reached = await recovery.with_code(
            wiring.unit_of_work,
            wiring.secret_key(),
            visitor=caller().visitor,
            code=form["code"],
            at=wiring.clock().now(),
        )
        self._show(reached)

    @action(public=True)
    async def answer_question(self, form: AnswerForm) -> None:
        """Give the second proof by the secret question."""
        await recovery.with_answer(
            wiring.unit_of_work,
            visitor=caller().visitor,
            answer=form["answer"],
            address=caller().address,
            at=wiring.clock().now(),
        )
        await self._reload()

    @action(public=True)
    async def ask_passkey(self) -> None:
        """Have the browser ask for a passkey."""
        self.passkey_request = await recovery.passkey_options(
            wiring.unit_of_work, relying_party(), visitor=caller().visitor, at=wiring.clock().now()
        )
        self._clear_refusals()

    @action(public=True)
    async def passkey_used(self, answer: Used) -> None:
        """Give the second proof by a passkey."""
        self.passkey_request = ""
        await recovery.with_passkey(
            wiring.unit_of_work,
            relying_party(),
            visitor=caller().visitor,
            answer=assertion(answer),
            at=wiring.clock().now(),
        )
        await self._reload()

    @action(public=True)
    async def passkey_failed(self, reason: Reason) -> None:
        """Say why there was none."""
        self._passkey_failed(reason)

    @action(public=True)
    async def give_up(self) -> None:
        """All is forgotten: say where to go."""
        self._clear_refusals()
        self.is_at_end = True

    @action(public=True)
    async def finish(self, form: NewPasswordForm) -> None:
        """Set the new password and go in."""
        entered = await recovery.finish(
            wiring.unit_of_work,
            visitor=caller().visitor,
            password=form["password"],
            again=form["password_again"],
            address=caller().address,
            at=wiring.clock().now(),
        )
        self._clear_refusals()
        self.busy = True
        (await self.get_state(SessionState))._enter(entered.ticket)

    @action(public=True)
    async def start_over(self) -> None:
        """Another number; what was typed stays in the field."""
        async with wiring.unit_of_work() as session:
            await recovery.start_over(session, visitor=caller().visitor)
        self._clear_refusals()
        self.step, self.outcome, self.is_at_end = "identify", "", False

    async def _asking(self) -> dict[str, Any]:
        language = (await self.get_state(LanguageState))._language
        return {
            "visitor": caller().visitor,
            "address": caller().address,
            "language": language,
            "at": wiring.clock().now(),
        }

    async def _reload(self) -> None:
        async with wiring.reading() as session:
            self._show(await recovery.standing(session, visitor=caller().visitor, at=wiring.clock().now()))

    def _show(self, reached: Recovery) -> None:
        self._clear_refusals()
        stands = reached.standing
        self.step, self.outcome = _STEPS.get(stands.step, "identify"), ""
        self.typed = stands.typed or self.typed
        self.expires_at = stands.expires_at.isoformat() if stands.expires_at else ""
        self.resend_at = stands.resend_at.isoformat() if stands.resend_at else ""
        self.question, self.has_passkey, self.login = reached.question, reached.has_passkey, reached.login
        self.is_at_end = self.step == "second_proof" and not (reached.question or reached.has_passkey)

    async def _refuse(
        self, refusal: CustomerError, handler: str = "", arguments: Mapping[str, Any] | None = None
    ) -> Any:
        await super()._refuse(refusal, handler, arguments)
        match refusal:
            case FlowLost():
                self.step = "identify"
            case NothingToRecover():
                self.step, self.outcome = "identify", "no_profile"
            case AskCoordinator():
                self.step, self.outcome = "identify", "employee"
            case CodeSpent():
                self.resend_at = ""
            case AnswerSpent():
                self.question = ""
                self.is_at_end = not self.has_passkey
