"""Paying in one's own bank by a QR: the transfer that it asks for (N8)."""

from datetime import timedelta

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import terms, wiring
from mykyivstar.domain.identity import limits
from mykyivstar.domain.payments.bank_transfer import VERSION_MOST, BankDetails, BankTransfer, QrFormat
from mykyivstar.domain.payments.errors import AmountOutOfRange
from mykyivstar.domain.payments.targets import Target, find_target
from mykyivstar.guard import action, caller
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.money import Money
from mykyivstar.papers.qr import TooMuchForQr, qr_picture
from mykyivstar.settings import settings
from mykyivstar.state.forms import Refusals

VALID_FOR = timedelta(days=7)
# Readers like the stronger level best, up to the size that still fits a phone held at arm's length.
_STRONG_MOST = 17


class BankQrForm(TypedDict):
    """Whom to top up; the amount may be left to the bank's app."""

    number: str
    amount: str


class BankQrState(Refusals, rx.State):
    """The QR of a bank transfer."""

    # What the QR says, which on a phone opens the bank's app; "" before it is made.
    address: str = ""
    picture: str = ""
    number: str = ""
    amount: int = 0
    recipient: str = ""
    valid_till: str = ""

    @action(public=True)
    async def make(self, form: BankQrForm) -> None:
        """Make the QR for this number."""
        self._clear_refusals()
        self.address = ""
        if (bank := terms.bank_details()) is None:
            raise NotFound
        amount = Money.parse(form["amount"]) if form["amount"].strip() else None
        allowed = terms.payment_limits()
        if amount is not None and not allowed.top_up_least <= amount <= allowed.top_up_most:
            raise AmountOutOfRange(least=allowed.top_up_least, most=allowed.top_up_most)
        at = wiring.clock().now()
        async with wiring.unit_of_work() as session:
            wait = await limits.hit(session, at, (limits.Rule.BANK_QRS_FOR_ADDRESS, caller().address))
        limits.refuse_if_over(wait)
        async with wiring.reading() as session:
            target = await find_target(session, form["number"])
        transfer = BankTransfer(bank, purpose=purpose(target), amount=amount, created_at=at, valid_till=at + VALID_FOR)
        self._show(transfer, target, bank)

    @action(public=True)
    async def again(self) -> None:
        """Back to the form."""
        self._clear_refusals()
        self.address = self.picture = ""

    def _show(self, transfer: BankTransfer, target: Target, bank: BankDetails) -> None:
        self.address = transfer.address(QrFormat(settings().nbu_qr_format))
        self.picture = picture_of(self.address)
        self.number, self.recipient = target.number, bank.name
        self.amount = transfer.amount.kopiykas if transfer.amount else 0
        self.valid_till = transfer.valid_till.isoformat() if transfer.valid_till else ""


def purpose(target: Target) -> str:
    """What the bank statement will say, by which the money finds its account: in Ukrainian, as banks want it."""
    return f"Поповнення рахунку {target.number}, Київстар"


def picture_of(address: str) -> str:
    """The QR with the hryvnia sign in its middle, as the rules want it, for an <img>."""
    try:
        return qr_picture(address, strong=True, hryvnia=True, version_most=_STRONG_MOST)
    except TooMuchForQr:
        return qr_picture(address, hryvnia=True, version_most=VERSION_MOST)
