"""The sign-in screen: a number and a code, a password, or the network's own word."""

from collections.abc import Mapping
from typing import Any, Literal

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import routes, wiring
from mykyivstar.domain.identity import flow_codes, sign_in
from mykyivstar.domain.identity.errors import CodeSpent, FlowLost, NotInRegister
from mykyivstar.domain.identity.flow_codes import Standing
from mykyivstar.domain.identity.models import FlowKind, FlowStep
from mykyivstar.domain.identity.sign_in import Entered, FirstVisit, NeedsCode, NewPassword, NotRegistered
from mykyivstar.guard import action, caller
from mykyivstar.kit.errors import CustomerError
from mykyivstar.kit.msisdn import Msisdn
from mykyivstar.state.asking import asking
from mykyivstar.state.forms import Refusals
from mykyivstar.state.paths import safe_path
from mykyivstar.state.session import SessionState

Way = Literal["code", "password"]


class NumberForm(TypedDict):
    """Who are you?"""

    number: str


class CodeForm(TypedDict, total=False):
    """The code, and whether this browser is to be remembered (a checkbox is sent only when ticked)."""

    code: str
    remember: str | bool


class PasswordForm(TypedDict):
    """Login, number or account, and the own password."""

    login: str
    password: str


class LoginState(Refusals, rx.State):
    """Sign-in screen."""

    ready: bool = False
    way: Way = "code"
    step: Literal["identify", "code"] = "identify"
    typed: str = ""
    expires_at: str = ""
    resend_at: str = ""
    # The password was right; the code is the second proof.
    password_proved: bool = False
    # A9: digits of the number that the network vouches for, "" for none.
    network_number: str = ""

    @action(public=True)
    async def load(self):
        """Show the step this browser is on; whoever is signed in already goes on."""
        who = caller()
        if who.actor is not None:
            return rx.redirect(self._next_path(), replace=True)
        async with wiring.reading() as session:
            reached = await flow_codes.standing(
                session, visitor=who.visitor, kind=FlowKind.SIGN_IN, at=wiring.clock().now()
            )
        self.network_number = who.network_msisdn
        self._show(reached)
        self.ready = True
        return rx.redirect(routes.REGISTER) if reached.step is FlowStep.DETAILS else None

    @action(public=True)
    async def choose_way(self, way: Way) -> None:
        """Code or password."""
        self._clear_refusals()
        self.way = way

    @action(public=True)
    async def send_code(self, form: NumberForm) -> None:
        """Send a code to the number or to the phone in the account's contract."""
        self.typed = form["number"]
        self._show(
            await sign_in.ask_for_code(
                wiring.unit_of_work,
                wiring.secret_key(),
                typed=form["number"],
                next_path=self._next_path(),
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
                kind=FlowKind.SIGN_IN,
                **await asking(self),
            )
        )

    @action(public=True)
    async def enter_code(self, form: CodeForm):
        """Finish with the code."""
        reached = await sign_in.with_code(
            wiring.unit_of_work,
            wiring.secret_key(),
            visitor=caller().visitor,
            code=form.get("code", ""),
            remember=bool(form.get("remember")),
            at=wiring.clock().now(),
        )
        return await self._go_on(reached)

    @action(public=True)
    async def enter_password(self, form: PasswordForm):
        """Login and password; a code follows unless this device is remembered."""
        self.typed = form["login"]
        reached = await sign_in.with_password(
            wiring.unit_of_work,
            wiring.secret_key(),
            login=form["login"],
            password=form["password"],
            device=caller().device,
            next_path=self._next_path(),
            **await asking(self),
        )
        return await self._go_on(reached)

    @action(public=True)
    async def enter_by_network(self):
        """Go in as the number that the operator's network vouches for."""
        if not caller().network_msisdn:
            raise FlowLost
        reached = await sign_in.by_network(
            wiring.unit_of_work,
            msisdn=Msisdn(caller().network_msisdn),
            visitor=caller().visitor,
            next_path=self._next_path(),
            at=wiring.clock().now(),
        )
        return await self._go_on(reached)

    @action(public=True)
    async def start_over(self) -> None:
        """Another number; what was typed stays in the field."""
        async with wiring.unit_of_work() as session:
            await sign_in.start_over(session, visitor=caller().visitor)
        self._clear_refusals()
        self.step = "identify"

    async def _go_on(self, reached: Entered | NeedsCode | NotRegistered | FirstVisit | NewPassword):
        self._clear_refusals()
        match reached:
            case Entered():
                self.busy = True
                (await self.get_state(SessionState))._enter(reached.ticket, reached.next_path)
                return None
            case NeedsCode():
                return self._show(reached.standing)
            case NotRegistered():
                return rx.redirect(routes.REGISTER)
            case FirstVisit():
                return rx.redirect(routes.WELCOME)
            case NewPassword():
                return rx.redirect(routes.RECOVER)

    def _show(self, reached: Standing) -> None:
        self._clear_refusals()
        self.step = "code" if reached.step is FlowStep.CODE else "identify"
        self.typed, self.password_proved = reached.typed or self.typed, reached.password_proved
        self.expires_at = reached.expires_at.isoformat() if reached.expires_at else ""
        self.resend_at = reached.resend_at.isoformat() if reached.resend_at else ""

    def _next_path(self) -> str:
        return safe_path(self.router.url.query_parameters.get("next", ""), otherwise=routes.HOME)

    async def _refuse(self, refusal: CustomerError, handler: str = "", arguments: Mapping[str, Any] | None = None):
        await super()._refuse(refusal, handler, arguments)
        if isinstance(refusal, FlowLost):
            self.step = "identify"
        elif isinstance(refusal, NotInRegister):
            self.network_number = ""
        elif isinstance(refusal, CodeSpent):
            # A code that no longer works can be replaced at once.
            self.resend_at = ""
