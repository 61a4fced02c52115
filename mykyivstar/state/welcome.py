"""The screen of the first visit with a temporary password (A5)."""

from collections.abc import Mapping
from typing import Any, Literal

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import routes, wiring
from mykyivstar.domain.identity import temporary, welcome
from mykyivstar.domain.identity.errors import FlowLost
from mykyivstar.domain.identity.models import FlowKind, FlowStep
from mykyivstar.domain.identity.sign_in import Entered
from mykyivstar.domain.identity.welcome import FirstVisit, NeedsPasskey, RecoveryChoice, Welcome
from mykyivstar.guard import action, caller
from mykyivstar.guard.browser import browser_name
from mykyivstar.guard.relying_party import relying_party
from mykyivstar.kit.errors import CustomerError, Malformed
from mykyivstar.state.forms import Refusals
from mykyivstar.state.language import LanguageState
from mykyivstar.state.passkey_asking import AsksPasskey, Made, Reason, attestation
from mykyivstar.state.session import SessionState

WelcomeStep = Literal["identify", "details", "passkey"]

_STEPS: dict[FlowStep, WelcomeStep] = {FlowStep.DETAILS: "details", FlowStep.SECOND_PROOF: "passkey"}


class TemporaryForm(TypedDict):
    """Login and password from the SMS."""

    login: str
    password: str


class VisitForm(TypedDict, total=False):
    """The confirmation page. Checkboxes are sent only when ticked; fields that are not on the page come as None."""

    own_login: str
    contact_phone: str
    question: str | None
    answer: str | None
    temporary_password: str
    password: str
    password_again: str
    terms: str | bool
    personal_data: str | bool


class WelcomeQuestionForm(TypedDict):
    """A question instead of the passkey that could not be made."""

    question: str
    answer: str


class WelcomeState(Refusals, AsksPasskey, rx.State):
    """First visit."""

    ready: bool = False
    step: WelcomeStep = "identify"
    typed: str = ""
    account_number: str = ""
    account_address: str = ""
    contract_phone: str = ""
    recovery: RecoveryChoice = RecoveryChoice.PASSKEY
    # On the passkey step: a question after all.
    asks_question: bool = False

    @action(public=True)
    async def load(self) -> Any:
        """Show the step this browser is on."""
        self.passkey_request = ""
        if caller().actor is not None:
            return rx.redirect(routes.HOME, replace=True)
        await self._reload()
        self.ready = True
        return None

    @action(public=True)
    async def sign_in(self, form: TemporaryForm) -> Any:
        """Begin with the login and the temporary password; one of a profile sets its new password."""
        self.typed = form["login"]
        begun = await temporary.sign_in(
            wiring.unit_of_work,
            login=form["login"],
            password=form["password"],
            visitor=caller().visitor,
            address=caller().address,
            at=wiring.clock().now(),
        )
        if begun is FlowKind.RECOVER:
            return rx.redirect(routes.RECOVER)
        await self._reload()
        return None

    @action(public=True)
    async def choose_recovery(self, choice: str) -> None:
        """Passkey or secret question."""
        if choice not in set(RecoveryChoice):
            raise Malformed
        self.recovery = RecoveryChoice(choice)

    @action(public=True)
    async def complete(self, form: VisitForm) -> None:
        """Make the profile; then go in, or make the passkey."""
        visit = FirstVisit(
            login=form.get("own_login", ""),
            contact_phone=form.get("contact_phone", ""),
            recovery=self.recovery,
            question=form.get("question") or "",
            answer=form.get("answer") or "",
            temporary_password=form.get("temporary_password", ""),
            password=form.get("password", ""),
            again=form.get("password_again", ""),
            accepts_terms=bool(form.get("terms")),
            accepts_personal_data=bool(form.get("personal_data")),
        )
        reached = await welcome.complete(
            wiring.unit_of_work,
            visitor=caller().visitor,
            visit=visit,
            address=caller().address,
            language=(await self.get_state(LanguageState))._language,
            at=wiring.clock().now(),
        )
        match reached:
            case Entered():
                await self._enter(reached)
            case NeedsPasskey():
                await self._reload()

    @action(public=True)
    async def make_passkey(self) -> None:
        """Have the browser make the passkey."""
        self.passkey_request = await welcome.passkey_options(
            wiring.unit_of_work, relying_party(), visitor=caller().visitor, at=wiring.clock().now()
        )
        self._clear_refusals()

    @action(public=True)
    async def passkey_made(self, answer: Made) -> None:
        """Keep it and go in."""
        self.passkey_request = ""
        entered = await welcome.finish_with_passkey(
            wiring.unit_of_work,
            relying_party(),
            visitor=caller().visitor,
            answer=attestation(answer),
            name=browser_name(caller().browser),
            address=caller().address,
            at=wiring.clock().now(),
        )
        await self._enter(entered)

    @action(public=True)
    async def passkey_failed(self, reason: Reason) -> None:
        """Say why there is none, and offer the question."""
        self.asks_question = True
        self._passkey_failed(reason)

    @action(public=True)
    async def rather_question(self) -> None:
        """A question after all."""
        self._clear_refusals()
        self.asks_question = True

    @action(public=True)
    async def choose_question(self, form: WelcomeQuestionForm) -> None:
        """Set the question and go in."""
        entered = await welcome.finish_with_question(
            wiring.unit_of_work,
            visitor=caller().visitor,
            question=form["question"],
            answer=form["answer"],
            at=wiring.clock().now(),
        )
        await self._enter(entered)

    @action(public=True)
    async def start_over(self) -> None:
        """Another login."""
        async with wiring.unit_of_work() as session:
            await welcome.start_over(session, visitor=caller().visitor)
        self._clear_refusals()
        self.step = "identify"

    async def _enter(self, entered: Entered) -> None:
        self._clear_refusals()
        self.busy = True
        (await self.get_state(SessionState))._enter(entered.ticket, entered.next_path)

    async def _reload(self) -> None:
        async with wiring.reading() as session:
            self._show(await welcome.standing(session, visitor=caller().visitor, at=wiring.clock().now()))

    def _show(self, reached: Welcome) -> None:
        self._clear_refusals()
        self.step = _STEPS.get(reached.step, "identify")
        self.typed = reached.login or self.typed
        self.account_number, self.account_address = reached.account_number, reached.account_address
        self.contract_phone = reached.contract_phone

    async def _refuse(
        self, refusal: CustomerError, handler: str = "", arguments: Mapping[str, Any] | None = None
    ) -> Any:
        await super()._refuse(refusal, handler, arguments)
        if isinstance(refusal, FlowLost):
            self.step = "identify"
