"""A receipt as a page shows it, and the letter in which it can be had (D2)."""

from dataclasses import dataclass

import reflex as rx
from sqlmodel.ext.asyncio.session import AsyncSession
from typing_extensions import TypedDict

from mykyivstar import wiring
from mykyivstar.domain.identity import limits
from mykyivstar.domain.papers.letters import send_receipt
from mykyivstar.domain.papers.receipt import has_receipt, receipt_of
from mykyivstar.domain.payments.models import Payment
from mykyivstar.domain.payments.queries import payment_of
from mykyivstar.formatting.dates import format_seconds
from mykyivstar.guard import action, caller
from mykyivstar.kit.email import parse_email
from mykyivstar.papers.qr import qr_picture
from mykyivstar.state.forms import Refusals
from mykyivstar.state.language import LanguageState


class EmailForm(TypedDict):
    """Of which payment (its code), and where the receipt shall go."""

    payment: str
    email: str


@dataclass(frozen=True, slots=True)
class ReceiptShareRow:
    """What was topped up ("line" or "internet") and with how many kopiykas."""

    kind: str
    number: str
    amount: int


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """A receipt; amounts in kopiykas, moments in ISO 8601, what does not apply is "" or 0."""

    # The payment's code.
    payment: str
    number: str
    at: str
    # By the Kyiv clock, to the second.
    time: str
    payment_id: str
    source: str
    state: str
    state_at: str
    amount: int
    refunded: int
    shares: list[ReceiptShareRow]
    from_number: str
    card_mask: str
    partner: str
    bank_reference: str
    # What proves it: the code, where to type it, the address behind the QR, and the QR as a picture.
    code: str
    where: str
    proof: str
    qr: str
    # Where the PDF is, but for its language.
    pdf: str
    # The address left at payment.
    email: str


async def receipt_row(session: AsyncSession, payment: Payment) -> ReceiptRow | None:
    """The receipt of a payment that the caller may see; None while there is nothing to prove."""
    if not has_receipt(payment):
        return None
    receipt, press = await receipt_of(session, payment), wiring.press()
    code = press.code(receipt)
    return ReceiptRow(
        payment=payment.code,
        number=receipt.number,
        at=receipt.at.isoformat(),
        time=format_seconds(receipt.at),
        payment_id=str(receipt.payment_id),
        source=receipt.source.value,
        state=receipt.state.value,
        state_at=receipt.state_at.isoformat(),
        amount=receipt.amount.kopiykas,
        refunded=receipt.refunded.kopiykas,
        shares=[ReceiptShareRow(each.key.kind.value, each.number, each.amount.kopiykas) for each in receipt.shares],
        from_number=receipt.from_number,
        card_mask=receipt.card_mask,
        partner=receipt.partner,
        bank_reference=receipt.bank_reference,
        code=code,
        where=press.page,
        proof=press.address(code),
        qr=qr_picture(press.address(code)),
        pdf=f"/api/payments/{payment.code}/receipt.pdf?lang=",
        email=payment.email,
    )


class ReceiptState(Refusals, rx.State):
    """The form that sends a receipt; the page draws it for the payment that it is about, and no other."""

    # The payment's code.
    payment: str = ""
    is_asking: bool = False
    # The address that the last letter goes to; "" before.
    sent_to: str = ""

    @action(public=True)
    async def ask(self, payment: str) -> None:
        """Open the form."""
        self._clear_refusals()
        self.payment, self.is_asking, self.sent_to = payment, True, ""

    @action(public=True)
    async def put_away(self) -> None:
        """Close the form."""
        self._clear_refusals()
        self.is_asking = False

    @action(public=True)
    async def send(self, form: EmailForm) -> None:
        """Send the receipt there, in the language of the screen."""
        self._clear_refusals()
        address, who, at = parse_email(form["email"]), caller(), wiring.clock().now()
        language = (await self.get_state(LanguageState))._language
        async with wiring.reading() as session:
            payment = await payment_of(session, form["payment"], actor=who.actor, visitor=who.visitor)
        tries = ((limits.Rule.LETTERS_OF_PAYMENT, str(payment.id)), (limits.Rule.LETTERS_FOR_ADDRESS, who.address))
        async with wiring.unit_of_work() as session:
            wait = await limits.hit(session, at, *tries)
        limits.refuse_if_over(wait)
        async with wiring.unit_of_work() as session:
            payment = await payment_of(session, form["payment"], actor=who.actor, visitor=who.visitor)
            await send_receipt(session, payment, to=address, language=language, at=at)
        self.payment, self.is_asking, self.sent_to = payment.code, False, address
