"""What a receipt says of a payment, whatever its source (D2)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.lines.models import Line
from mykyivstar.domain.papers.seal import PaperKind, Seal
from mykyivstar.domain.partners.models import Partner
from mykyivstar.domain.payments.models import Failure, Payment, PaymentState, Source
from mykyivstar.domain.payments.queries import payment_of, views
from mykyivstar.kit.clock import KYIV
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.money import Money
from mykyivstar.kit.msisdn import Msisdn

# Money is on its way, there, or back: before that nothing was paid, and a payment that failed took nothing.
_WITH_RECEIPT = frozenset({PaymentState.PROCESSING, PaymentState.CREDITED, PaymentState.REFUNDED})
_SHOWN_OF_ACCOUNT = 3


@dataclass(frozen=True, slots=True)
class ReceiptShare:
    """What one line (twelve digits) or internet account (its number) gets; masked numbers have •."""

    key: HoldingKey
    number: str
    amount: Money

    def masked(self) -> "ReceiptShare":
        """The same for whoever may not know the number."""
        return replace(self, number=masked(self.key.kind, self.number))


@dataclass(frozen=True, slots=True)
class Receipt:
    """Everything the paper says. Only `state`, `state_at`, `failure` and `refunded` ever change after it was made."""

    payment_id: int
    # The payment's address; never printed.
    payment_code: str
    number: str
    at: datetime
    source: Source
    amount: Money
    shares: Sequence[ReceiptShare]
    state: PaymentState
    state_at: datetime
    failure: Failure | None = None
    refunded: Money = Money.ZERO
    # Of what the payer used: the number a transfer comes from, the card, the partner.
    from_number: str = ""
    card_mask: str = ""
    acquirer: str = ""
    bank_reference: str = ""
    partner: str = ""

    @property
    def facts(self) -> str:
        """What never changes, in one form for ever: the seal on the paper is over this."""
        shares = [[str(share.key), share.amount.kopiykas] for share in self.shares]
        return json.dumps([self.payment_id, self.number, self.source.value, self.amount.kopiykas, shares])

    def code(self, seal: Seal) -> str:
        """The code that proves the paper (O6)."""
        return seal.code(PaperKind.RECEIPT, self.payment_id, self.facts)

    def masked(self) -> "Receipt":
        """The receipt as anybody may see it who holds the paper: no whole number, card or reference."""
        return replace(
            self,
            shares=[share.masked() for share in self.shares],
            from_number=masked(HoldingKind.LINE, self.from_number) if self.from_number else "",
            card_mask="",
            bank_reference="",
        )


def has_receipt(payment: Payment) -> bool:
    """Whether there is anything to prove yet: money was taken."""
    return payment.state in _WITH_RECEIPT


def receipt_number(at: datetime) -> str:
    """The time by the Kyiv clock, as the operator has always numbered its receipts: 20120503194733."""
    return at.astimezone(KYIV).strftime("%Y%m%d%H%M%S")


async def payers_receipt(session: AsyncSession, code: str, *, actor: Actor | None, visitor: str) -> Receipt:
    """The receipt of the payment at this address for whoever made it.

    Raises NotFound, for a stranger too, and while there is nothing to prove.
    """
    payment = await payment_of(session, code, actor=actor, visitor=visitor)
    if not has_receipt(payment):
        raise NotFound
    return await receipt_of(session, payment)


async def receipt_of(session: AsyncSession, payment: Payment) -> Receipt:
    """The receipt for whoever pays; who that is has been looked at before.

    The payer of somebody's pay-by-link was never told the number, so the receipt does not tell it either (O7).
    """
    assert payment.id is not None
    [view] = await views(session, [payment])
    line = await session.get(Line, payment.from_line_id) if payment.from_line_id else None
    partner = await session.get(Partner, payment.partner_id) if payment.partner_id else None
    receipt = Receipt(
        payment_id=payment.id,
        payment_code=payment.code,
        number=receipt_number(payment.created_at),
        at=payment.created_at,
        source=payment.source,
        amount=payment.amount,
        shares=[ReceiptShare(share.key, share.number, share.amount) for share in view.shares],
        state=payment.state,
        state_at=payment.state_at,
        failure=payment.failure,
        refunded=payment.refunded,
        from_number=line.msisdn.digits if line else "",
        card_mask=payment.card_mask,
        acquirer=payment.acquirer,
        bank_reference=payment.bank_reference,
        partner=partner.name if partner else "",
    )
    if payment.pay_link_id is None:
        return receipt
    return replace(receipt, shares=[share.masked() for share in receipt.shares])


def masked(kind: HoldingKind, number: str) -> str:
    """A number as a stranger may see it; what is masked already stays so."""
    if "•" in number:
        return number
    if kind is HoldingKind.LINE:
        return Msisdn(number).masked
    hidden = max(len(number) - _SHOWN_OF_ACCOUNT, 1)
    return "•" * hidden + number[hidden:]
