"""The check page: what is paid, for whom, with what; and "Pay". The order is in the address and in the page itself."""

from collections.abc import AsyncIterator, Sequence
from typing import Any

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import terms, wiring
from mykyivstar.domain.identity.errors import NotALogin
from mykyivstar.domain.identity.proof import require_fresh
from mykyivstar.domain.lines.keys import HoldingKey
from mykyivstar.domain.overview.models import Overview
from mykyivstar.domain.payments.card import CardOrder, begin
from mykyivstar.domain.payments.models import Payment, PaymentState
from mykyivstar.domain.payments.opening import Payer, Share
from mykyivstar.domain.payments.saved_cards import own_card
from mykyivstar.domain.payments.targets import find_target
from mykyivstar.formatting.phones import format_phone
from mykyivstar.guard import action, actor
from mykyivstar.i18n import tr, trn
from mykyivstar.kit.email import parse_email
from mykyivstar.kit.errors import Malformed, NotFound
from mykyivstar.kit.money import Money
from mykyivstar.kit.secret import new_token
from mykyivstar.state.at_address import AtAddress
from mykyivstar.state.forms import Refusals
from mykyivstar.state.language import LanguageState
from mykyivstar.state.overviews import overviews
from mykyivstar.state.payments.addresses import Wanted, Wish, of_payment, of_top_up
from mykyivstar.state.payments.rows import CardRow, ShareRow, card_rows
from mykyivstar.state.payments.top_up import TopUpState
from mykyivstar.state.payments.wallet import WalletState
from mykyivstar.state.shell import ShellState


class PayForm(TypedDict):
    """What the page shows, sent back by it: a server that has forgotten the page still knows what is paid."""

    shown_for: str
    key: str
    wishes: str
    card: str
    remember: str
    email: str


class CheckState(AtAddress, Refusals, rx.State):
    """Check page."""

    # "lost": the address is not one that we wrote, or names what is no longer there.
    standing: str = "loading"
    key: str = ""
    wishes: str = ""
    rows: list[ShareRow] = []
    total: int = 0
    card: CardRow | None = None
    remember: bool = False
    email: str = ""
    # Back to the form, filled in as it was.
    back: str = ""
    leave_to: str = ""
    leave_stamp: str = ""

    @action
    async def load(self) -> None:
        """Show the order of the address."""
        self._clear_refusals()
        self._take_address()
        self.standing = "loading"
        query = self.router.url.query_parameters
        wanted = Wanted.read(
            query.get("form", ""), query.get("for", ""), query.get("card", ""), remember=query.get("remember") == "1"
        )
        form = await self.get_state(TopUpState if len(wanted.wishes) == 1 else WalletState)
        await self._show(wanted)
        self.email = form.email if form._key == wanted.key else ""
        self.standing = "ready"

    @action
    async def pay(self, form: PayForm) -> AsyncIterator[Any]:
        """Begin the payment and go to the bank's page; a kept card is charged at once, after a fresh proof (O9).

        What was drawn for another address is not paid; this one is shown instead.
        """
        self._demand_here(form["shown_for"])
        at, remember = wiring.clock().now(), form["remember"] == "1"
        wanted = Wanted.read(form["key"], form["wishes"], form["card"], remember=remember)
        email = parse_email(form["email"]) if form["email"] else ""
        resolved = await _resolved(wanted)
        if wanted.card and _sum(wanted) > terms.payment_limits().transfer_code_above:
            require_fresh(actor(), at)
        self._clear_refusals()
        self.busy = True
        yield
        try:
            payment = await self._begin(wanted, email, resolved)
        finally:
            self.busy = False
        yield self._on(payment)

    async def _begin(self, wanted: Wanted, email: str, resolved: Sequence[tuple[HoldingKey, str]]) -> Payment:
        language = (await self.get_state(LanguageState))._language
        return await begin(
            wiring.unit_of_work,
            wiring.ports().acquirer,
            CardOrder(
                key=f"top-up:{actor().profile_id}:{wanted.key}",
                payer=Payer(profile_id=actor().profile_id, language=language, email=email),
                shares=[Share(key, wish.amount) for (key, _), wish in zip(resolved, wanted.wishes, strict=True)],
                saves_card=wanted.remember,
                saved_card_id=int(wanted.card) if wanted.card else None,
            ),
            limits=terms.payment_limits(),
            addresses=wiring.addresses(),
            purpose=_purpose([number for _, number in resolved], language.value),
            at=wiring.clock().now(),
        )

    def _on(self, payment: Payment) -> Any:
        """To the bank while it waits for the payer, else to the payment's own page."""
        if payment.state is PaymentState.CONFIRMING and payment.page_url:
            self.leave_to, self.leave_stamp = payment.page_url, new_token()
            return None
        return rx.redirect(of_payment(payment.code))

    async def _show(self, wanted: Wanted) -> None:
        whole = await overviews.of(actor())
        (await self.get_state(ShellState))._show(whole)
        resolved = await _resolved(wanted)
        self.rows = [
            _row(whole, key, number, wish) for (key, number), wish in zip(resolved, wanted.wishes, strict=True)
        ]
        self.card = None
        if wanted.card:
            async with wiring.reading() as session:
                self.card = card_rows([await own_card(session, actor().profile_id, int(wanted.card))])[0]
        self.total = _sum(wanted).kopiykas
        self.key, self.wishes, self.remember = wanted.key, wanted.written, wanted.remember
        self.back = of_top_up(wanted.wishes)

    async def _refuse(self, refusal: Any, *rest: Any) -> Any:
        if self.standing == "loading":
            self.standing = "lost"
        return await super()._refuse(refusal, *rest)


async def _resolved(wanted: Wanted) -> Sequence[tuple[HoldingKey, str]]:
    """Everybody's key and number. Raises NotFound for a key that is not the payer's own, UnknownTarget."""
    whole = await overviews.of(actor())
    found: list[tuple[HoldingKey, str]] = []
    async with wiring.reading() as session:
        for wish in wanted.wishes:
            if ":" in wish.whom:
                if (part := whole.part(wish.whom)) is None:
                    raise NotFound
                found.append((part.key, part.number))
                continue
            try:
                target = await find_target(session, wish.whom)
            except NotALogin:
                raise Malformed from None
            found.append((target.key, target.number))
    return found


def _row(whole: Overview, key: HoldingKey, number: str, wish: Wish) -> ShareRow:
    part = whole.part(str(key))
    after = part.balance + wish.amount if part is not None and part.balance is not None else None
    return ShareRow(
        kind=key.kind.value,
        nickname=part.nickname if part else "",
        number=number,
        amount=wish.amount.kopiykas,
        after=after.kopiykas if after is not None else None,
    )


def _sum(wanted: Wanted) -> Money:
    return sum((wish.amount for wish in wanted.wishes), Money.ZERO)


def _purpose(numbers: Sequence[str], language: str) -> str:
    """What the payer reads at the bank."""
    if len(numbers) == 1:
        return tr(language, "Top-up of {number}", number=format_phone(numbers[0]))
    return trn(language, "Top-up of {count} number", "Top-up of {count} numbers", count=len(numbers))
