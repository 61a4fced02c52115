"""What stands on a receipt, in words: the same on the PDF, in the letter and on the page that proves it."""

from collections.abc import Sequence
from dataclasses import dataclass

from mykyivstar.domain.lines.keys import HoldingKind
from mykyivstar.domain.papers.receipt import Receipt
from mykyivstar.domain.payments.models import PaymentState, Source
from mykyivstar.formatting.dates import format_date, format_seconds
from mykyivstar.formatting.money import format_money
from mykyivstar.formatting.phones import format_phone
from mykyivstar.i18n import tr


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a paper."""

    label: str
    value: str


def title(receipt: Receipt, lang: str) -> str:
    """How the paper is called."""
    return tr(lang, "Receipt № {number}", number=receipt.number)


def file_name(receipt: Receipt, lang: str) -> str:
    """What the PDF is called in a letter."""
    return tr(lang, "Receipt-{number}", number=receipt.number) + ".pdf"


def rows(receipt: Receipt, lang: str) -> Sequence[Row]:
    """Every fact, in the order of the paper."""
    found = [
        Row(tr(lang, "Date"), format_date(receipt.at, lang, "short")),
        Row(tr(lang, "Time"), format_seconds(receipt.at)),
        Row(tr(lang, "Payment"), what(receipt.source, lang)),
        *_from(receipt, lang),
        *_shares(receipt, lang),
        Row(tr(lang, "Payment ID"), str(receipt.payment_id)),
    ]
    if receipt.bank_reference:
        found.append(Row(tr(lang, "Bank reference"), receipt.bank_reference))
    if receipt.refunded:
        found.append(Row(tr(lang, "Returned"), format_money(receipt.refunded.kopiykas, lang)))
    return found


def amount(receipt: Receipt, lang: str) -> Row:
    """The sum, which every paper shows largest."""
    return Row(tr(lang, "Amount"), format_money(receipt.amount.kopiykas, lang))


def what(source: Source, lang: str) -> str:
    """What kind of payment it was."""
    match source:
        case Source.CARD:
            return tr(lang, "Top-up by bank card")
        case Source.BALANCE:
            return tr(lang, "Transfer from a mobile balance")
        case Source.PARTNER:
            return tr(lang, "Top-up through a partner")
        case Source.PROMISE:
            return tr(lang, "Promised payment")


def standing(receipt: Receipt, lang: str) -> str:
    """Where the money is now."""
    match receipt.state:
        case PaymentState.PROCESSING:
            return tr(lang, "Your payment has been accepted for processing.")
        case PaymentState.CREDITED:
            return tr(lang, "The money was credited on {at}.", at=receipt.state_at)
        case PaymentState.REFUNDED:
            return tr(lang, "The money was returned to the payer on {at}.", at=receipt.state_at)
        case _:
            return tr(lang, "This payment was not made: no money was credited.")


def number_label(kind: HoldingKind, lang: str) -> str:
    """How what was topped up is called."""
    return tr(lang, "Mobile number") if kind is HoldingKind.LINE else tr(lang, "Home internet, account")


def _from(receipt: Receipt, lang: str) -> Sequence[Row]:
    if receipt.from_number:
        return [Row(tr(lang, "From number"), format_phone(receipt.from_number))]
    if receipt.partner:
        return [Row(tr(lang, "Partner"), receipt.partner)]
    return [Row(tr(lang, "Card"), receipt.card_mask)] if receipt.card_mask else []


def _shares(receipt: Receipt, lang: str) -> Sequence[Row]:
    """The numbers; with their amounts when the payment is split."""
    is_split = len(receipt.shares) > 1
    found = []
    for share in receipt.shares:
        number = format_phone(share.number)
        value = f"{number}: {format_money(share.amount.kopiykas, lang)}" if is_split else number
        found.append(Row(number_label(share.key.kind, lang), value))
    return found
