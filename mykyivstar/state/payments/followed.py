"""A payment's own page: where it is, what became of it, what can be done about it (D3, D4)."""

from collections.abc import AsyncIterator
from typing import Literal

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import routes, wiring
from mykyivstar.domain.payments import inquiry, pay_links, queries
from mykyivstar.domain.payments.disputes import open_dispute
from mykyivstar.domain.payments.models import Payment
from mykyivstar.domain.payments.movements import movements
from mykyivstar.guard import action, caller
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.msisdn import Msisdn
from mykyivstar.state.at_address import AtAddress
from mykyivstar.state.forms import Refusals
from mykyivstar.state.live import refreshes
from mykyivstar.state.overviews import overviews
from mykyivstar.state.papers.receipts import ReceiptRow, ReceiptState, receipt_row
from mykyivstar.state.payments.payment_views import (
    DisputeRow,
    MovedRow,
    PaymentRow,
    StepRow,
    address_again,
    dispute_row,
    moved_rows,
    payment_row,
    share_rows,
    step_rows,
)
from mykyivstar.state.payments.rows import ShareRow
from mykyivstar.state.payments.top_up import TopUpState
from mykyivstar.state.payments.wallet import WalletState
from mykyivstar.state.shell import ShellState, show


class ComplaintForm(TypedDict):
    """What is wrong, and where we may call; and with the payment of which address."""

    shown_for: str
    words: str
    number: str


class FollowedState(AtAddress, Refusals, rx.State):
    """One payment's page."""

    standing: Literal["loading", "ready", "nothing"] = "loading"
    payment: PaymentRow | None = None
    shares: list[ShareRow] = []
    steps: list[StepRow] = []
    moved: list[MovedRow] = []
    dispute: DisputeRow | None = None
    # The paper, from when there is something to prove.
    receipt: ReceiptRow | None = None
    # A new form, filled in like this payment's, when it failed.
    again: str = ""
    is_complaining: bool = False

    @action(public=True)
    async def load(self) -> AsyncIterator[None]:
        """Show it; whoever is back from the bank's page has the bank asked at once."""
        self._clear_refusals()
        self._take_address()
        self.is_complaining = False
        if self.payment is None or self.payment.code != self._code:
            self.standing, self.payment, self.receipt = "loading", None, None
            (await self.get_state(ReceiptState)).sent_to = ""
        found = await self._refresh()
        if found is None:
            return
        await self._finish_form(found)
        if found.state.is_open and found.invoice_id:
            yield
            await inquiry.look_again(
                wiring.unit_of_work,
                wiring.acquirer_named(found.acquirer),
                code=found.code,
                actor=caller().actor,
                visitor=caller().visitor,
                at=wiring.clock().now(),
            )
            await self._refresh()

    @action(public=True)
    async def refresh(self) -> None:
        """Has it gone on?"""
        if self._is_here:
            await self._refresh()

    @action(public=True)
    async def give_up(self, shown_for: str) -> None:
        """Not to be paid any more; what was drawn for another address is shown as it is."""
        self._demand_here(shown_for)
        self._clear_refusals()
        who, at = caller(), wiring.clock().now()
        await inquiry.give_up(wiring.unit_of_work, code=self._code, actor=who.actor, visitor=who.visitor, at=at)
        await self._refresh()

    @action(public=True)
    async def complain(self) -> None:
        """Show the form for what is wrong, or put it away."""
        self._clear_refusals()
        self.is_complaining = not self.is_complaining

    @action(public=True)
    async def send_complaint(self, form: ComplaintForm) -> None:
        """Open a dispute; the receipt goes with it."""
        self._demand_here(form["shown_for"])
        phone = Msisdn.parse_mobile(form["number"]) if form["number"].strip() else None
        async with wiring.unit_of_work() as session:
            await open_dispute(
                session,
                code=self._code,
                actor=caller().actor,
                visitor=caller().visitor,
                words=form["words"],
                contact_phone=phone,
                at=wiring.clock().now(),
            )
        self._clear_refusals()
        self.is_complaining = False
        await self._refresh()

    @property
    def _code(self) -> str:
        return self.router.url.path.rstrip("/").rpartition("/")[2]

    async def _refresh(self) -> Payment | None:
        who = caller()
        whole = await overviews.of(who.actor) if who.actor else None
        try:
            async with wiring.reading() as session:
                view = await queries.of_code(session, self._code, actor=who.actor, visitor=who.visitor)
                row = payment_row(view.payment)
                link = await pay_links.code_of(session, view.payment)
                moved = await movements(session, who.actor, view.payment) if who.actor else {}
                # Only what has changed is drawn anew.
                receipt = self.receipt if row == self.payment else await receipt_row(session, view.payment)
        except NotFound:
            show(self, standing="nothing", payment=None)
            return None
        show(
            self,
            payment=row,
            receipt=receipt,
            shares=share_rows(view.shares, whole),
            steps=step_rows(view),
            moved=moved_rows(moved, whole),
            dispute=dispute_row(view.dispute),
            again=address_again(view, whole, link),
            standing="ready",
        )
        return view.payment

    async def _finish_form(self, payment: Payment) -> None:
        """The form that this payment came from is done with."""
        key = payment.key.rpartition(":")[2]
        (await self.get_state(TopUpState))._finish(key)
        (await self.get_state(WalletState))._finish(key)


refreshes(routes.PAYMENT, ShellState.refresh, FollowedState.refresh)
