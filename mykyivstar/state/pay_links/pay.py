"""Paying by somebody's link: by whoever opened it, signed in or not (D8, O7)."""

from collections.abc import AsyncIterator
from typing import Any, Literal

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import terms, wiring
from mykyivstar.domain.payments import pay_links
from mykyivstar.domain.payments.errors import LinkBusy
from mykyivstar.domain.payments.models import Payment, PaymentState
from mykyivstar.domain.payments.opening import Payer
from mykyivstar.domain.payments.pay_links import LinkOffer
from mykyivstar.guard import action, caller
from mykyivstar.i18n import tr
from mykyivstar.kit.money import Money
from mykyivstar.kit.secret import new_token
from mykyivstar.state.at_address import AtAddress
from mykyivstar.state.form_keys import demand_form_key, new_form_key
from mykyivstar.state.forms import Refusals, in_all_languages
from mykyivstar.state.language import LanguageState
from mykyivstar.state.payments.addresses import of_payment
from mykyivstar.state.shell import show


class PayForm(TypedDict, total=False):
    """What is paid. A link with a sum of its own has no field for it, and a browser sends null then."""

    shown_for: str
    key: str
    amount: str | None


class PayState(AtAddress, Refusals, rx.State):
    """Page of a link."""

    # "closed": nothing can be paid by it; `refusal` says why.
    standing: Literal["loading", "open", "closed"] = "loading"
    kind: str = ""
    masked: str = ""
    amount: int | None = None
    note: str = ""
    form_key: str = ""
    # Why it cannot be paid just now, {} when it can.
    held: dict[str, str] = {}
    # The own payment that waits: at the bank's page, and on its own page.
    waiting_at: str = ""
    waiting_code: str = ""
    leave_to: str = ""
    leave_stamp: str = ""

    @action(public=True)
    async def load(self) -> None:
        """Show what the link is for."""
        self._clear_refusals()
        self._take_address()
        self.standing, self.form_key = "loading", new_form_key()
        await self._refresh()

    @action(public=True)
    async def look_again(self) -> None:
        """See whether it can be paid by now."""
        self._clear_refusals()
        await self._refresh()

    @action(public=True)
    async def pay(self, form: PayForm) -> AsyncIterator[Any]:
        """Begin the payment and go to the bank's page; by this link only, if it was this one that was shown."""
        self._demand_here(form.get("shown_for", ""))
        key = demand_form_key(form.get("key", ""))
        offer = await self._offer()
        amount = offer.amount if offer.amount is not None else Money.parse(form.get("amount") or "")
        self._clear_refusals()
        self.busy = True
        yield
        payer = await self._payer()
        payment = await pay_links.begin(
            wiring.unit_of_work,
            wiring.ports().acquirer,
            code=self._link,
            amount=amount,
            key=f"link:{payer.visitor[:32]}:{key}",
            payer=payer,
            limits=terms.payment_limits(),
            addresses=wiring.addresses(),
            purpose=tr(payer.language.value, "Top-up of {number}", number=offer.masked),
            at=wiring.clock().now(),
        )
        self.busy = False
        yield self._on(payment)

    def _on(self, payment: Payment) -> Any:
        """To the bank while it waits for the payer, else to the payment's own page."""
        if payment.state is PaymentState.CONFIRMING and payment.page_url:
            self.leave_to, self.leave_stamp = payment.page_url, new_token()
            return None
        return rx.redirect(of_payment(payment.code))

    async def _refresh(self) -> None:
        offer = await self._offer()
        mine = offer.mine
        held = in_all_languages(LinkBusy(until=offer.held_until)) if offer.held_until is not None else {}
        show(
            self,
            standing="open",
            kind=offer.kind.value,
            masked=offer.masked,
            amount=None if offer.amount is None else offer.amount.kopiykas,
            note=offer.note,
            held=held,
            waiting_at=mine.page_url if mine is not None and mine.state is PaymentState.CONFIRMING else "",
            waiting_code=mine.code if mine is not None else "",
        )

    async def _offer(self) -> LinkOffer:
        async with wiring.reading() as session:
            return await pay_links.offer(session, self._link, payer=await self._payer(), at=wiring.clock().now())

    async def _payer(self) -> Payer:
        who = caller()
        profile_id = who.actor.profile_id if who.actor is not None else None
        language = (await self.get_state(LanguageState))._language
        return Payer(profile_id=profile_id, visitor=who.visitor, address=who.address, language=language)

    @property
    def _link(self) -> str:
        return self.router.url.path.rstrip("/").rpartition("/")[2]

    async def _refuse(self, refusal: Any, *rest: Any) -> Any:
        if self.standing == "loading":
            self.standing = "closed"
        return await super()._refuse(refusal, *rest)
