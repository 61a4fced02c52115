"""What we need of a bank that takes card payments for us: the card is typed on its page, never on ours (D1)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from mykyivstar.kit.money import Money


class AcquirerUnavailable(Exception):
    """No answer, or one that says nothing: what was asked for may or may not have happened."""


class AcquirerRefused(Exception):
    """The acquirer understood and will not do it; nothing happened. Its text is fit for a log, not for the payer."""


class ForgedNotice(Exception):
    """A notice that the acquirer did not sign, or whose body was changed."""


class InvoiceState(StrEnum):
    """What the acquirer says of an invoice; in this order, except that a success can be reversed."""

    CREATED = "created"  # waiting for the payer
    PROCESSING = "processing"  # the payer has paid or is proving it; the outcome is open
    SUCCESS = "success"
    FAILURE = "failure"
    EXPIRED = "expired"  # the payer never paid
    REVERSED = "reversed"  # the money went back, all of it or a part (see `Report.refunded`)


class Decline(StrEnum):
    """Why a card was refused (D4), as far as the acquirer tells."""

    CARD_EXPIRED = "card_expired"
    CARD_LIMIT = "card_limit"
    INTERNET_NOT_ALLOWED = "internet_not_allowed"
    NOT_ENOUGH_MONEY = "not_enough_money"
    WRONG_CODE = "wrong_code"
    WRONG_CARD = "wrong_card"
    SUSPECTED_FRAUD = "suspected_fraud"
    GIVEN_UP = "given_up"  # the payer cancelled it on the acquirer's page
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Order:
    """What the payer shall pay for. `reference` is ours, unique for ever, and comes back in every report."""

    reference: str
    amount: Money
    purpose: str
    return_url: str
    notice_url: str
    valid_for: timedelta
    # Keep the card under this name of ours; "": do not keep it (D8).
    wallet: str = ""
    language: str = "uk"


@dataclass(frozen=True, slots=True)
class Invoice:
    """What the acquirer made of an order: its own id, and the page on which the payer pays."""

    id: str
    page_url: str


@dataclass(frozen=True, slots=True)
class Card:
    """What may be known of a card: never its number. `token` stands for it at this acquirer, "" when not kept."""

    mask: str
    brand: str = ""
    token: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Report:
    """Where an invoice stands, from a notice, a status query or a charge.

    Reports may come twice and in any order: the one with the latest `changed_at` counts.
    """

    invoice_id: str
    reference: str
    state: InvoiceState
    amount: Money
    changed_at: datetime
    decline: Decline | None = None
    refunded: Money = Money.ZERO
    card: Card | None = None
    # The bank's own reference of the movement, for disputes.
    bank_reference: str = ""


class Acquirer(Protocol):
    """A bank's card acquiring. Every call may be repeated: `reference` and `key` name what must not happen twice."""

    @property
    def name(self) -> str:
        """What invoices of this acquirer are marked with: "monobank"."""
        ...

    async def create(self, order: Order) -> Invoice:
        """Make an invoice. Raises AcquirerUnavailable, AcquirerRefused."""
        ...

    async def charge(self, order: Order, token: str) -> Report:
        """Take the money from a kept card without the payer (N1). Raises AcquirerUnavailable, AcquirerRefused."""
        ...

    async def status(self, invoice_id: str) -> Report:
        """Ask where an invoice stands. Raises AcquirerUnavailable; AcquirerRefused when it knows no such invoice."""
        ...

    async def find(self, reference: str) -> Report | None:
        """Where the order of this reference stands when the answer to it never came; None when it never arrived.

        Raises AcquirerUnavailable.
        """
        ...

    async def refund(self, invoice_id: str, *, amount: Money, key: str) -> Report:
        """Give this much back; the same `key` gives it back once. Raises AcquirerUnavailable, AcquirerRefused."""
        ...

    async def withdraw(self, invoice_id: str) -> None:
        """Make an unpaid invoice void, so that nobody pays it any more.

        Raises AcquirerUnavailable; AcquirerRefused when it is paid, being paid, or over already.
        """
        ...

    async def forget(self, token: str) -> None:
        """Delete a kept card; one that is not there is no error. Raises AcquirerUnavailable."""
        ...

    async def read_notice(self, headers: Mapping[str, str], body: bytes) -> Report:
        """What a notice says, once its signature over the raw body is proved.

        Raises ForgedNotice, AcquirerUnavailable.
        """
        ...

    def answer_to_notice(self, report: Report) -> bytes:
        """What the acquirer wants to read in our answer to its notice; most want nothing."""
        ...
