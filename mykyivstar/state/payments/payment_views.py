"""From a payment to what its page shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from mykyivstar import routes
from mykyivstar.domain.lines.keys import HoldingKey
from mykyivstar.domain.overview.models import Overview
from mykyivstar.domain.payments.models import Dispute, Failure, Origin, Payment, PaymentState, Source
from mykyivstar.domain.payments.movements import Movement
from mykyivstar.domain.payments.queries import PaymentView, ShareView
from mykyivstar.state.payments.addresses import Wish, of_top_up
from mykyivstar.state.payments.rows import ShareRow

Mark = Literal["done", "now", "bad", "ahead"]
# What is still to come, as far as all goes well.
_AHEAD = {
    PaymentState.CREATED: (PaymentState.CONFIRMING, PaymentState.PROCESSING, PaymentState.CREDITED),
    PaymentState.CONFIRMING: (PaymentState.PROCESSING, PaymentState.CREDITED),
    PaymentState.PROCESSING: (PaymentState.CREDITED,),
}


@dataclass(frozen=True, slots=True)
class StepRow:
    """One state that the payment came into, or is expected to (`at` is "" then)."""

    state: str
    at: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class DisputeRow:
    """What was said about it, and what we answered."""

    state: str
    words: str
    answer: str
    opened_at: str


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """The payment as a whole."""

    code: str
    id: int
    source: str
    state: str
    failure: str
    amount: int
    refunded: int
    created_at: str
    state_at: str
    is_open: bool
    is_being_refunded: bool
    card_mask: str
    bank_reference: str
    # Where the payer goes on paying, "" once there is nothing to do for them.
    page_url: str
    email: str


def share_rows(shares: Sequence[ShareView], whole: Overview | None) -> list[ShareRow]:
    """Who gets what, the payer's own by their names."""
    parts = [whole.part(str(share.key)) if whole else None for share in shares]
    return [
        ShareRow(share.key.kind.value, part.nickname if part else "", share.number, share.amount.kopiykas)
        for share, part in zip(shares, parts, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class MovedRow:
    """One of the payer's own whose balance the payment changed, in kopiykas (O1)."""

    kind: str
    nickname: str
    number: str
    before: int
    after: int


def moved_rows(moved: Mapping[HoldingKey, Movement], whole: Overview | None) -> list[MovedRow]:
    """What the payment did to the payer's own balances, in the order of their numbers on every screen."""
    return [
        MovedRow(
            kind=part.key.kind.value,
            nickname=part.nickname,
            number=part.number,
            before=moved[part.key].before.kopiykas,
            after=moved[part.key].after.kopiykas,
        )
        for part in (whole.parts if whole else ())
        if part.key in moved
    ]


def payment_row(payment: Payment) -> PaymentRow:
    """The payment as a whole."""
    is_waiting = payment.state is PaymentState.CONFIRMING
    return PaymentRow(
        code=payment.code,
        id=payment.id or 0,
        source=payment.source.value,
        state=payment.state.value,
        failure=payment.failure.value if payment.failure else "",
        amount=payment.amount.kopiykas,
        refunded=payment.refunded.kopiykas,
        created_at=payment.created_at.isoformat(),
        state_at=payment.state_at.isoformat(),
        is_open=payment.state.is_open,
        is_being_refunded=payment.refund_asked_at is not None and payment.state is not PaymentState.REFUNDED,
        card_mask=payment.card_mask,
        bank_reference=payment.bank_reference,
        page_url=payment.page_url if is_waiting else "",
        email=payment.email,
    )


def step_rows(view: PaymentView) -> list[StepRow]:
    """What it went through, and what is still to come."""
    last = len(view.steps) - 1
    rows = [
        StepRow(step.state.value, step.at.isoformat(), _mark(step.state, is_last=place == last))
        for place, step in enumerate(view.steps)
    ]
    payment = view.payment
    ahead = _AHEAD.get(payment.state, ())
    if payment.source is not Source.CARD or payment.saved_card_id is not None:
        # Nobody is asked at a bank's page.
        ahead = tuple(state for state in ahead if state is not PaymentState.CONFIRMING)
    if payment.source is not Source.CARD:
        ahead = tuple(state for state in ahead if state is not PaymentState.PROCESSING)
    if payment.refund_asked_at is not None and payment.state is not PaymentState.REFUNDED:
        ahead = (PaymentState.REFUNDED,)
    return rows + [StepRow(state.value, "", "ahead") for state in ahead]


def _mark(state: PaymentState, *, is_last: bool) -> Mark:
    if state is PaymentState.FAILED:
        return "bad"
    return "now" if is_last and state.is_open else "done"


def dispute_row(dispute: Dispute | None) -> DisputeRow | None:
    """What was said about it."""
    if dispute is None:
        return None
    return DisputeRow(dispute.state.value, dispute.words, dispute.answer, dispute.opened_at.isoformat())


def address_again(view: PaymentView, whole: Overview | None, link: str) -> str:
    """Where it is tried again: by the same link, or in a form filled in like this payment's.

    "" for payments that begin at other pages.
    """
    payment = view.payment
    if payment.state not in {PaymentState.FAILED, PaymentState.REFUNDED} or payment.source is not Source.CARD:
        return ""
    if link and payment.failure is not Failure.LINK_USED:
        return routes.PAY.replace("[code]", link)
    if whole is None or payment.origin is not Origin.PAYER:
        return ""
    wishes = [
        Wish(str(share.key) if whole.part(str(share.key)) else share.number, share.amount) for share in view.shares
    ]
    is_for_the_wallet = all(":" in wish.whom for wish in wishes)
    return of_top_up(wishes if len(wishes) == 1 or is_for_the_wallet else wishes[:1])
