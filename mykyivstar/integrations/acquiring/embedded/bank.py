"""The demo bank's business: what may happen to an invoice, and whom it tells."""

import secrets
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from mykyivstar.integrations.acquiring.embedded import rows
from mykyivstar.integrations.acquiring.embedded.cards import (
    GIVEN_UP,
    NO_MONEY,
    REFUSALS,
    TIME_IS_UP,
    WRONG_CODE,
    Conduct,
    TestCard,
    brand,
    mask,
)
from mykyivstar.integrations.acquiring.embedded.records import (
    Invoice,
    KeptCard,
    NewInvoice,
    Records,
    Refund,
    Status,
    fresh,
    moment_of,
    text_of,
)
from mykyivstar.integrations.acquiring.embedded.statement import body_of
from mykyivstar.kit.secret import new_code, same

CODE_DIGITS = 6
TRIES_MAX = 3


@dataclass(frozen=True, slots=True)
class Timing:
    """How long things take here."""

    slow: timedelta = timedelta(seconds=20)
    outage: timedelta = timedelta(minutes=1)


class Impossible(Exception):
    """Cannot be done with this invoice, or there is no such thing; the text is for the shop."""


class DemoBank:
    """Every method is one transaction and may wait for another process, so call it in a thread."""

    def __init__(self, kept: Records, timing: Timing) -> None:
        self._records = kept
        self._timing = timing

    def make(self, new: NewInvoice, at: datetime) -> Invoice:
        """A new invoice that waits for its payer."""
        with self._records.open() as connection:
            invoice = fresh(new, at)
            rows.store(connection, invoice)
            return invoice

    def look_up(self, invoice_id: str, at: datetime) -> tuple[Invoice, Sequence[Refund]] | None:
        """An invoice as it is at this moment, with what went back of it."""
        with self._records.open() as connection:
            invoice = self._current(connection, invoice_id, at)
            return (invoice, rows.refunds_of(connection, invoice_id)) if invoice else None

    def take_card(self, invoice_id: str, card: TestCard, at: datetime) -> Invoice | None:
        """Somebody typed a card: refuse it, or ask its owner for the code. No effect on an invoice that is not open."""
        with self._records.open() as connection:
            invoice = self._current(connection, invoice_id, at)
            if invoice is None or invoice.status is not Status.CREATED:
                return invoice
            invoice.mask, invoice.brand, invoice.conduct = mask(card.number), brand(card.number), card.conduct
            invoice.rrn = new_code("0123456789", 12)
            if refusal := REFUSALS.get(card.conduct):
                self._change(connection, invoice, Status.FAILURE, at, error=refusal)
            else:
                invoice.code = new_code("0123456789", CODE_DIGITS)
                self._change(connection, invoice, Status.CONFIRMING, at)
            return invoice

    def take_code(self, invoice_id: str, code: str, at: datetime) -> Invoice | None:
        """The owner typed the code: pay, or count the try."""
        with self._records.open() as connection:
            invoice = self._current(connection, invoice_id, at)
            if invoice is None or invoice.status is not Status.CONFIRMING:
                return invoice
            if same(code, invoice.code):
                invoice.code = ""
                self._pay(connection, invoice, at)
                return invoice
            invoice.tries += 1
            if invoice.tries >= TRIES_MAX:
                self._change(connection, invoice, Status.FAILURE, at, error=WRONG_CODE)
            else:
                rows.store(connection, invoice)
            return invoice

    def give_up(self, invoice_id: str, at: datetime) -> Invoice | None:
        """The payer does not want to."""
        with self._records.open() as connection:
            invoice = self._current(connection, invoice_id, at)
            if invoice and invoice.status in {Status.CREATED, Status.CONFIRMING}:
                self._change(connection, invoice, Status.FAILURE, at, error=GIVEN_UP)
            return invoice

    def withdraw(self, invoice_id: str, at: datetime) -> None:
        """The shop does not want it paid any more. Raises Impossible."""
        with self._records.open() as connection:
            invoice = self._current(connection, invoice_id, at)
            if invoice is None or invoice.status is not Status.CREATED:
                raise Impossible("invalid 'invoiceId'")
            self._change(connection, invoice, Status.EXPIRED, at, error=TIME_IS_UP)

    def charge(self, new: NewInvoice, token: str, at: datetime) -> Invoice:
        """Take the money from a kept card without its owner. Raises Impossible."""
        with self._records.open() as connection:
            card = rows.kept_card(connection, token)
            if card is None:
                raise Impossible("invalid 'cardToken'")
            invoice = fresh(new, at)
            invoice.mask, invoice.brand, invoice.conduct = card.mask, card.brand, card.conduct
            invoice.token, invoice.is_by_token, invoice.rrn = token, 1, new_code("0123456789", 12)
            if card.conduct == Conduct.PAYS_ONCE:
                self._change(connection, invoice, Status.FAILURE, at, error=NO_MONEY)
            else:
                self._pay(connection, invoice, at)
            return invoice

    def refund(self, invoice_id: str, amount: int | None, ext_ref: str, at: datetime) -> Refund:
        """Give back a part or, without an amount, the rest; the same `ext_ref` once. Raises Impossible."""
        with self._records.open() as connection:
            invoice = self._current(connection, invoice_id, at)
            if invoice is None or invoice.status is not Status.SUCCESS:
                raise Impossible("invalid 'invoiceId'")
            before = rows.refunds_of(connection, invoice_id)
            if ext_ref and (given := next((each for each in before if each.ext_ref == ext_ref), None)):
                return given
            left = invoice.amount - sum(each.amount for each in before)
            amount = left if amount is None else amount
            if not 0 < amount <= left:
                raise Impossible("invalid 'amount'")
            refund = Refund(ext_ref, amount, text_of(at), new_code("0123456789", 12))
            rows.add_refund(connection, invoice_id, refund)
            self._change(connection, invoice, Status.SUCCESS, at)
            return refund

    def forget(self, token: str) -> None:
        """Delete a kept card. Raises Impossible when there is none."""
        with self._records.open() as connection:
            if not rows.drop_card(connection, token):
                raise Impossible("invalid 'cardToken'")

    def statement(self, since: datetime, until: datetime) -> Sequence[tuple[Invoice, Sequence[Refund]]]:
        """What was paid or tried, the newest first."""
        with self._records.look() as connection:
            found = rows.used_between(connection, since, until)
            return [(invoice, rows.refunds_of(connection, invoice.id)) for invoice in found]

    def unreachable_until(self, at: datetime) -> datetime | None:
        """Until when shops get no answer; None when they do."""
        with self._records.look() as connection:
            return rows.outage_until(connection, at)

    def be_unreachable(self, at: datetime, *, lasting: bool) -> None:
        """Begin an outage that shops see, or end it."""
        with self._records.open() as connection:
            rows.set_outage(connection, at + self._timing.outage if lasting else at)

    def is_anything_due(self, at: datetime) -> bool:
        """Whether a slow payment or a notice waits for its time no longer."""
        with self._records.look() as connection:
            due = rows.next_due(connection)
            return bool(due) and due <= text_of(at)

    def settle(self, at: datetime) -> None:
        """Let slow payments that are due come to their end."""
        with self._records.open() as connection:
            for invoice in rows.settling(connection, at):
                self._settled(connection, invoice, at)

    def _pay(self, connection: sqlite3.Connection, invoice: Invoice, at: datetime) -> None:
        if invoice.conduct == Conduct.SLOW:
            invoice.settles_at = text_of(at + self._timing.slow)
            self._change(connection, invoice, Status.PROCESSING, at)
            return
        if invoice.conduct == Conduct.UNREACHABLE:
            rows.set_outage(connection, at + self._timing.outage)
        self._succeed(connection, invoice, at)

    def _succeed(self, connection: sqlite3.Connection, invoice: Invoice, at: datetime) -> None:
        if invoice.wallet and not invoice.token:
            card = KeptCard(secrets.token_urlsafe(16), invoice.wallet, invoice.mask, invoice.brand, invoice.conduct)
            invoice.token = rows.keep_card(connection, card)
        self._change(connection, invoice, Status.SUCCESS, at)

    def _settled(self, connection: sqlite3.Connection, invoice: Invoice, at: datetime) -> None:
        invoice.settles_at = ""
        self._succeed(connection, invoice, at)

    def _current(self, connection: sqlite3.Connection, invoice_id: str, at: datetime) -> Invoice | None:
        """The invoice after what time alone has done to it."""
        invoice = rows.load(connection, invoice_id)
        if invoice is None:
            return None
        now = text_of(at)
        if invoice.settles_at and invoice.settles_at <= now:
            self._settled(connection, invoice, at)
        elif invoice.status in {Status.CREATED, Status.CONFIRMING} and invoice.expires_at <= now:
            self._change(connection, invoice, Status.EXPIRED, at, error=TIME_IS_UP)
        return invoice

    def _change(
        self, connection: sqlite3.Connection, invoice: Invoice, status: Status, at: datetime, *, error: str = ""
    ) -> None:
        """Write the new state down and have the shop told in the same transaction."""
        # Two changes never bear the same time: shops put them in order by it.
        before = moment_of(invoice.changed_at)
        invoice.changed_at = text_of(max(at, before + timedelta(microseconds=1)))
        invoice.status, invoice.error = status, error
        if status not in {Status.CREATED, Status.CONFIRMING}:
            invoice.code = ""
        rows.store(connection, invoice)
        if not invoice.notice_url or invoice.conduct == Conduct.SILENT or status is Status.EXPIRED:
            return
        body = body_of(invoice, rows.refunds_of(connection, invoice.id))
        is_doubled = invoice.conduct == Conduct.TWICE and status is Status.SUCCESS
        for _ in range(2 if is_doubled else 1):
            rows.add_notice(connection, invoice.notice_url, body, rows.outage_until(connection, at) or at)
