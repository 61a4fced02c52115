"""The check page of a transfer: what will happen, the code where one is needed, and how it ended (D5).

The order is in the page's address and the transfer in the database, so nothing is lost with this state.
"""

from typing import Any, NotRequired

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import routes, terms, wiring
from mykyivstar.domain.lines.keys import HoldingKey
from mykyivstar.domain.overview.models import Overview
from mykyivstar.domain.payments.models import PaymentState
from mykyivstar.domain.transfers import beginning, flow
from mykyivstar.domain.transfers.errors import JustTransferred
from mykyivstar.domain.transfers.queries import Transfer
from mykyivstar.guard import action, actor, caller
from mykyivstar.kit.errors import CustomerError
from mykyivstar.kit.money import Money
from mykyivstar.state.asking import asking
from mykyivstar.state.at_address import AtAddress
from mykyivstar.state.forms import Refusals, in_all_languages
from mykyivstar.state.live import refreshes
from mykyivstar.state.overviews import overviews
from mykyivstar.state.payments.addresses import of_payment
from mykyivstar.state.shell import ShellState
from mykyivstar.state.transfer.addresses import Wanted
from mykyivstar.state.transfer.rows import SideRow

_NOBODY = SideRow("line", "", "")


class ConfirmForm(TypedDict):
    """The button on the order of an address; `again` when the giver knows that the same was just transferred."""

    shown_for: str
    again: NotRequired[str]


class CodeForm(TypedDict):
    """The code from the SMS, typed on the page of an address."""

    shown_for: str
    code: str


class TransferCheckState(AtAddress, Refusals, rx.State):
    """Check page of a transfer. Nothing is done that was drawn for another address: this one is shown instead."""

    # "lost": the address is not one that we wrote, or what it asks for is not possible any more.
    standing: str = "loading"
    giver: SideRow = _NOBODY
    getter: SideRow = _NOBODY
    amount: int = 0
    # What the giver will have, or has, afterwards; None while it is not known.
    left: int | None = None
    needs_code: bool = False
    # The same was transferred a moment ago: the button asks whether once more is meant.
    is_repeat: bool = False
    expires_at: str = ""
    resend_at: str = ""
    failure: str = ""
    # Why it failed, in more words than `failure`; {} after a reload.
    reason: dict[str, str] = {}
    # Back to the form, filled in as it was; and the payment's own page with its receipt.
    back: str = routes.TRANSFER
    payment: str = ""
    _code: str = ""

    @action
    async def load(self) -> None:
        """Show the order of the address, or how far it is."""
        self._clear_refusals()
        self._take_address()
        self.standing, self.reason, self.is_repeat, self.failure, self._code = "loading", {}, False, "", ""
        self.back = routes.TRANSFER
        code = self.router.url.query_parameters.get("transfer", "")
        if code:
            await self._show(await flow.look(wiring.unit_of_work, actor(), code=code, at=wiring.clock().now()))
            return
        wanted = self._wanted
        self.back = wanted.form
        async with wiring.reading() as session:
            known = await beginning.begun(session, actor(), wanted.key)
        if known is not None:
            await self._show(await flow.look(wiring.unit_of_work, actor(), code=known.code, at=wiring.clock().now()))
            return
        await self._look_over(wanted)

    @action
    async def refresh(self) -> None:
        """Show how far it is: it may have gone on in another tab, or its time may be over."""
        if self._code:
            await self._show(await flow.look(wiring.unit_of_work, actor(), code=self._code, at=wiring.clock().now()))

    @action
    async def transfer(self, form: ConfirmForm) -> None:
        """Do it, or send its code."""
        self._demand_here(form["shown_for"])
        order = self._wanted.order(again=form.get("again") == "yes")
        self._clear_refusals()
        done = await beginning.begin(
            wiring.unit_of_work,
            wiring.secret_key(),
            actor(),
            order,
            limits=terms.payment_limits(),
            **await asking(self),
        )
        await self._show(done)

    @action
    async def enter_code(self, form: CodeForm) -> None:
        """Finish with the code."""
        self._demand_here(form["shown_for"])
        done = await flow.confirm(
            wiring.unit_of_work,
            wiring.secret_key(),
            actor(),
            code=self._code,
            typed=form["code"],
            limits=terms.payment_limits(),
            visitor=caller().visitor,
            at=wiring.clock().now(),
        )
        await self._show(done)

    @action
    async def send_again(self, shown_for: str) -> None:
        """Another code; the old one no longer works."""
        self._demand_here(shown_for)
        sent = await flow.send_again(
            wiring.unit_of_work, wiring.secret_key(), actor(), code=self._code, **await asking(self)
        )
        await self._show(sent)

    @action
    async def give_up(self, shown_for: str) -> None:
        """Not this one after all."""
        self._demand_here(shown_for)
        over = await flow.give_up(wiring.unit_of_work, actor(), code=self._code, at=wiring.clock().now())
        await self._show(over)

    @property
    def _wanted(self) -> Wanted:
        query = self.router.url.query_parameters
        return Wanted.read(query.get("form", ""), query.get("from", ""), query.get("to", ""), query.get("amount", ""))

    async def _look_over(self, wanted: Wanted) -> None:
        async with wiring.reading() as session:
            seen = await beginning.look_over(
                session, actor(), wanted.order(), limits=terms.payment_limits(), at=wiring.clock().now()
            )
        whole = await self._whole()
        self.giver, self.getter = _side(whole, wanted.giver, seen.giver), _side(whole, seen.to, seen.number)
        self.amount, self.left, self.needs_code = seen.amount.kopiykas, seen.left.kopiykas, seen.needs_code
        self.standing = "ready"

    async def _show(self, transfer: Transfer) -> None:
        self._clear_refusals()
        whole = await self._whole()
        self.giver, self.getter = _side(whole, None, transfer.giver), _side(whole, transfer.to, transfer.number)
        self.amount, self.left = transfer.amount.kopiykas, _balance(whole, transfer.giver)
        self.expires_at, self.resend_at = transfer.expires_at.isoformat(), transfer.resend_at.isoformat()
        self._code, self.payment = transfer.code, of_payment(transfer.code)
        self.failure = transfer.failure.value if transfer.failure else ""
        self.standing = _STANDINGS.get(transfer.state, "failed")

    async def _whole(self) -> Overview:
        whole = await overviews.of(actor())
        (await self.get_state(ShellState))._show(whole)
        return whole

    async def _refuse(self, refusal: CustomerError, *rest: Any) -> Any:
        self.is_repeat = isinstance(refusal, JustTransferred)
        if self.standing == "loading":
            self.standing = "lost"
        elif self.standing == "code":
            await self._show(await flow.look(wiring.unit_of_work, actor(), code=self._code, at=wiring.clock().now()))
        followed = await super()._refuse(refusal, *rest)
        if self.standing == "failed":
            self._clear_refusals()
            self.reason = in_all_languages(refusal)
        elif refusal.field and refusal.field != "code":
            # The fields are on the other page.
            self._clear_refusals()
            self.refusal = in_all_languages(refusal)
        return followed


_STANDINGS = {PaymentState.CONFIRMING: "code", PaymentState.CREDITED: "done"}


def _side(whole: Overview, key: HoldingKey | None, number: str) -> SideRow:
    part = next((part for part in whole.parts if part.number == number), None) if key is None else whole.part(str(key))
    kind = key.kind.value if key is not None else "line"
    return SideRow(kind, part.nickname if part else "", number)


def _balance(whole: Overview, number: str) -> int | None:
    part = next((part for part in whole.parts if part.number == number), None)
    balance: Money | None = part.balance if part else None
    return None if balance is None else balance.kopiykas


refreshes(routes.TRANSFER_CHECK, TransferCheckState.refresh)
