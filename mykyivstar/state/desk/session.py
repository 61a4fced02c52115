"""Signing in to the desk and out of it, and what its bars show."""

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import routes, wiring
from mykyivstar.domain.identity import flow_codes
from mykyivstar.domain.identity.flow_codes import Standing
from mykyivstar.domain.identity.flow_store import forget
from mykyivstar.domain.identity.models import FlowKind, FlowStep
from mykyivstar.domain.staff import sign_in as staff_sign_in
from mykyivstar.domain.staff.models import StaffRole
from mykyivstar.guard import action, caller, staff_actor
from mykyivstar.guard.relying_party import relying_party
from mykyivstar.state.asking import asking
from mykyivstar.state.forms import Refusals
from mykyivstar.state.passkey_asking import AsksPasskey, Reason, Used, assertion
from mykyivstar.state.paths import safe_path
from mykyivstar.state.shell import show


class StaffPasswordForm(TypedDict):
    """Who, and what only they know."""

    login: str
    password: str


class StaffCodeForm(TypedDict):
    """The code from the SMS."""

    code: str


class DeskState(rx.State):
    """Bars of the desk, and the values its session gate acts on."""

    ready: bool = False
    name: str = ""
    role: str = ""
    is_lead: bool = False
    ticket: str = ""
    next_path: str = ""
    closing: bool = False

    @action(staff=StaffRole.CONSULTANT)
    async def load(self) -> None:
        """Who is at the desk."""
        who = staff_actor()
        show(self, ready=True, name=who.name, role=who.role.value, is_lead=who.role.includes(StaffRole.LEAD))

    @action(staff=StaffRole.CONSULTANT)
    async def sign_out(self) -> None:
        """End this session and load the way in."""
        self.closing = True


class DeskLoginState(Refusals, AsksPasskey, rx.State):
    """The way in to the desk: password, then always a passkey or a code."""

    ready: bool = False
    step: str = "identify"
    typed: str = ""
    expires_at: str = ""
    resend_at: str = ""

    @action(public=True)
    async def load(self):
        """Show the step this browser is on; whoever is signed in goes on."""
        who = caller()
        if who.staff is not None:
            return rx.redirect(self._next_path, replace=True)
        async with wiring.reading() as session:
            reached = await flow_codes.standing(
                session, visitor=who.visitor, kind=FlowKind.STAFF, at=wiring.clock().now()
            )
        self._show(reached)
        self.ready = True
        return None

    @action(public=True)
    async def enter_password(self, form: StaffPasswordForm) -> None:
        """The first proof; the second is a passkey where there is one, else a code is on its way."""
        self.typed = form["login"]
        self._show(
            await staff_sign_in.with_password(
                wiring.unit_of_work,
                wiring.secret_key(),
                login=form["login"],
                password=form["password"],
                **await asking(self),
            )
        )

    @action(public=True)
    async def enter_code(self, form: StaffCodeForm) -> None:
        """The second proof."""
        ticket = await staff_sign_in.with_code(
            wiring.unit_of_work,
            wiring.secret_key(),
            visitor=caller().visitor,
            code=form["code"],
            at=wiring.clock().now(),
        )
        await self._enter(ticket)

    @action(public=True)
    async def use_passkey(self) -> None:
        """Have the browser ask for a passkey."""
        self.passkey_request = await staff_sign_in.passkey_options(
            wiring.unit_of_work,
            relying_party(),
            visitor=caller().visitor,
            address=caller().address,
            at=wiring.clock().now(),
        )
        self._clear_refusals()

    @action(public=True)
    async def used(self, answer: Used) -> None:
        """The second proof, by passkey."""
        self.passkey_request = ""
        ticket = await staff_sign_in.with_passkey(
            wiring.unit_of_work,
            relying_party(),
            answer=assertion(answer),
            visitor=caller().visitor,
            at=wiring.clock().now(),
        )
        await self._enter(ticket)

    @action(public=True)
    async def failed(self, reason: Reason) -> None:
        """Say why there was none."""
        self._passkey_failed(reason)

    @action(public=True)
    async def send_code(self) -> None:
        """A code in place of the passkey."""
        self._show(await staff_sign_in.send_code(wiring.unit_of_work, wiring.secret_key(), **await asking(self)))

    @action(public=True)
    async def send_again(self) -> None:
        """Another code; the old one no longer works."""
        self._show(
            await flow_codes.send_again(
                wiring.unit_of_work, wiring.secret_key(), kind=FlowKind.STAFF, **await asking(self)
            )
        )

    @action(public=True)
    async def start_over(self) -> None:
        """Somebody else."""
        async with wiring.unit_of_work() as session:
            await forget(session, visitor=caller().visitor, kind=FlowKind.STAFF)
        self._clear_refusals()
        self.step = "identify"

    async def _enter(self, ticket: str) -> None:
        self._clear_refusals()
        self.busy = True
        desk = await self.get_state(DeskState)
        desk.ticket, desk.next_path = ticket, self._next_path

    def _show(self, reached: Standing) -> None:
        self._clear_refusals()
        self.passkey_request = ""
        self.step = reached.step.value if reached.step in {FlowStep.CODE, FlowStep.PASSKEY} else "identify"
        self.typed = reached.typed or self.typed
        self.expires_at = reached.expires_at.isoformat() if reached.expires_at else ""
        self.resend_at = reached.resend_at.isoformat() if reached.resend_at else ""

    @property
    def _next_path(self) -> str:
        wanted = safe_path(self.router.url.query_parameters.get("next", ""), otherwise=routes.DESK)
        return wanted if wanted.startswith(f"{routes.DESK}/") else routes.DESK
