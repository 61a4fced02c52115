"""Card acquiring by monobank (https://monobank.ua/api-docs/acquiring), and by whatever speaks its protocol."""

import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import httpx

from mykyivstar.integrations.acquiring.calls import WITHIN_S, Caller, Refused
from mykyivstar.integrations.acquiring.monobank_signature import Signature
from mykyivstar.integrations.acquiring.monobank_wire import (
    HRYVNIA,
    WireCancelled,
    WireCharged,
    WireCreated,
    WireInvoice,
    WireKey,
    WireStatement,
    is_refunded_by,
    read,
    report_of,
)
from mykyivstar.kit.clock import Clock
from mykyivstar.kit.money import Money
from mykyivstar.ports.acquiring import (
    AcquirerRefused,
    AcquirerUnavailable,
    ForgedNotice,
    Invoice,
    InvoiceState,
    Order,
    Report,
)

# How far back an order is looked for when the answer to it never came: orders live for minutes, jobs try for hours.
FIND_WITHIN = timedelta(days=1)

# How the bank says that it has no such invoice or card.
_UNKNOWN = {400, 404}

log = logging.getLogger(__name__)


class MonobankAcquirer:
    """Hosted page, kept cards and refunds of one merchant."""

    def __init__(
        self,
        *,
        token: str,
        base_url: str,
        clock: Clock,
        name: str = "monobank",
        within_s: float = WITHIN_S,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """`token` is the merchant's X-Token; `name` marks our invoices and is part of the notices' address."""
        self._name = name
        self._clock = clock
        self._caller = Caller(base_url, {"X-Token": token}, within_s=within_s, transport=transport)
        self._signature = Signature(self._key, clock)

    @property
    def name(self) -> str:
        """What invoices of this acquirer are marked with."""
        return self._name

    async def create(self, order: Order) -> Invoice:
        """A new invoice; one whose answer was lost stays without a payer, because nobody knows its page."""
        body = self._order(order) | {"validity": int(order.valid_for.total_seconds()), "paymentType": "debit"}
        if order.wallet:
            body["saveCardData"] = {"saveCard": True, "walletId": order.wallet}
        made = read(WireCreated, await self._caller.call("POST", "/api/merchant/invoice/create", json=body))
        return Invoice(id=made.invoice_id, page_url=made.page_url)

    async def charge(self, order: Order, token: str) -> Report:
        """Charge a kept card, unless this reference was charged already: the bank itself does not look."""
        if (before := await self.find(order.reference)) is not None:
            return before
        body = self._order(order) | {"cardToken": token, "initiationKind": "merchant"}
        made = read(WireCharged, await self._caller.call("POST", "/api/merchant/wallet/payment", json=body))
        report = await self.status(made.invoice_id)
        if report.reference != order.reference or report.amount != order.amount:
            raise AcquirerUnavailable(f"invoice {made.invoice_id} is of another order")
        return report

    async def status(self, invoice_id: str) -> Report:
        """Where the invoice stands by the bank's books."""
        return report_of(await self._invoice(invoice_id), changed_by_default=self._clock.now())

    async def find(self, reference: str) -> Report | None:
        """Look in the statement of the last day: it has what somebody paid or tried to, and the rest nobody can pay."""
        since = self._clock.now() - FIND_WITHIN
        content = await self._asked("/api/merchant/statement", {"from": str(int(since.timestamp()))})
        for item in read(WireStatement, content).list:
            if item.reference == reference:
                return await self.status(item.invoice_id)
        return None

    async def refund(self, invoice_id: str, *, amount: Money, key: str) -> Report:
        """Give back, unless the invoice has a refund of this key already."""
        invoice = await self._invoice(invoice_id)
        report = report_of(invoice, changed_by_default=self._clock.now())
        if is_refunded_by(invoice, key):
            return report
        if report.state not in {InvoiceState.SUCCESS, InvoiceState.REVERSED}:
            raise AcquirerRefused(f"invoice {invoice_id} is {report.state}: nothing to give back")
        if not Money.ZERO < amount <= report.amount - report.refunded:
            raise AcquirerRefused(f"invoice {invoice_id}: more than is left")
        body = {"invoiceId": invoice_id, "extRef": key, "amount": amount.kopiykas}
        answer = read(WireCancelled, await self._caller.call("POST", "/api/merchant/invoice/cancel", json=body))
        if answer.status == "failure":
            raise AcquirerRefused(f"invoice {invoice_id}: the refund failed")
        return await self.status(invoice_id)

    async def withdraw(self, invoice_id: str) -> None:
        """Make an unpaid invoice void; the bank refuses for one that is paid, void or expired."""
        await self._caller.call("POST", "/api/merchant/invoice/remove", json={"invoiceId": invoice_id})

    async def forget(self, token: str) -> None:
        """Delete the kept card; a token that the bank does not know is gone already."""
        try:
            await self._caller.call("DELETE", "/api/merchant/wallet/card", params={"cardToken": token})
        except Refused as refusal:
            if refusal.status not in _UNKNOWN:
                raise AcquirerUnavailable(str(refusal)) from None

    async def read_notice(self, headers: Mapping[str, str], body: bytes) -> Report:
        """The report in a signed notice."""
        given = {name.lower(): value for name, value in headers.items()}
        if not given.get("x-sign"):
            raise ForgedNotice("without a signature")
        await self._signature.prove(given["x-sign"], body)
        return report_of(read(WireInvoice, body))

    def answer_to_notice(self, report: Report) -> bytes:
        """Nothing: the bank looks at the status of the answer alone."""
        return b""

    def _order(self, order: Order) -> dict[str, Any]:
        return {
            "amount": order.amount.kopiykas,
            "ccy": HRYVNIA,
            "merchantPaymInfo": {"reference": order.reference, "destination": order.purpose},
            "redirectUrl": order.return_url,
            "webHookUrl": order.notice_url,
        }

    async def _invoice(self, invoice_id: str) -> WireInvoice:
        answer = await self._asked("/api/merchant/invoice/status", {"invoiceId": invoice_id})
        invoice = read(WireInvoice, answer)
        if invoice.invoice_id != invoice_id:
            raise AcquirerUnavailable(f"asked for invoice {invoice_id}, answered for another")
        return invoice

    async def _asked(self, path: str, params: Mapping[str, str]) -> bytes:
        """A question that changes nothing: being refused for who we are says nothing about the invoice."""
        try:
            return await self._caller.call("GET", path, params=params)
        except Refused as refusal:
            if refusal.status in _UNKNOWN:
                raise
            log.exception("the bank refuses to answer", extra={"path": path, "refusal": str(refusal)})
            raise AcquirerUnavailable(str(refusal)) from None

    async def _key(self) -> str:
        try:
            return read(WireKey, await self._caller.call("GET", "/api/merchant/pubkey")).key
        except Refused as refusal:
            raise AcquirerUnavailable(str(refusal)) from None
