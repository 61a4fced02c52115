"""A bank in memory for tests of what we do with its answers; the adapters have a contract suite of their own."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from mykyivstar.kit.money import Money
from mykyivstar.ports.acquiring import (
    AcquirerRefused,
    AcquirerUnavailable,
    Card,
    Decline,
    ForgedNotice,
    Invoice,
    InvoiceState,
    Order,
    Report,
)

OPENED = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
CARD = Card(mask="444403******1902", brand="visa", token="tok-1")


@dataclass
class Bank:
    """Holds invoices as a bank does: whatever happens to us, they stay."""

    name: str = "bank"
    reports: dict[str, Report] = field(default_factory=dict)
    orders: dict[str, Order] = field(default_factory=dict)
    refunds: dict[str, Money] = field(default_factory=dict)
    forgotten: list[str] = field(default_factory=list)
    # What the next charge of a kept card ends in; None: it is refused as a whole.
    charges_end_in: InvoiceState = InvoiceState.SUCCESS
    is_down: bool = False
    # Down after it did what was asked: the answer is lost.
    loses_answers: bool = False
    refuses: bool = False
    calls: list[str] = field(default_factory=list)
    watch: Callable[[str], None] = lambda _what: None
    ticks: int = 0

    async def create(self, order: Order) -> Invoice:
        self._called("create")
        invoice = self._open(order)
        self._answering("create")
        return Invoice(invoice.invoice_id, f"https://bank.example/{invoice.invoice_id}")

    async def charge(self, order: Order, token: str) -> Report:
        self._called("charge")
        assert token == CARD.token
        self._open(order)
        report = self.end(order.reference, self.charges_end_in, card=CARD)
        self._answering("charge")
        return report

    async def status(self, invoice_id: str) -> Report:
        self._called("status")
        report = self._of(invoice_id)
        self._answering("status")
        return report

    async def find(self, reference: str) -> Report | None:
        self._called("find")
        found = [report for report in self.reports.values() if report.reference == reference]
        self._answering("find")
        return found[-1] if found else None

    async def refund(self, invoice_id: str, *, amount: Money, key: str) -> Report:
        self._called("refund")
        report = self._of(invoice_id)
        if key not in self.refunds:
            self.refunds[key] = amount
            report = self._put(replace(report, state=InvoiceState.REVERSED, refunded=amount))
        self._answering("refund")
        return report

    async def withdraw(self, invoice_id: str) -> None:
        self._called("withdraw")
        report = self._of(invoice_id)
        if report.state is not InvoiceState.CREATED:
            raise AcquirerRefused("it is not open")
        self._put(replace(report, state=InvoiceState.EXPIRED))
        self._answering("withdraw")

    async def forget(self, token: str) -> None:
        self._called("forget")
        self.forgotten.append(token)
        self._answering("forget")

    async def read_notice(self, headers: Mapping[str, str], body: bytes) -> Report:
        if headers.get("x-sign") != "genuine":
            raise ForgedNotice("not signed")
        return self._of(json.loads(body)["invoice"])

    def answer_to_notice(self, report: Report) -> bytes:
        return b""

    def end(
        self,
        reference: str,
        state: InvoiceState,
        *,
        decline: Decline | None = None,
        card: Card | None = None,
        amount: Money | None = None,
    ) -> Report:
        """What the payer did at the bank; the report that a notice would bring."""
        report = next(r for r in reversed(self.reports.values()) if r.reference == reference)
        return self._put(replace(report, state=state, decline=decline, card=card, amount=amount or report.amount))

    @property
    def kept(self) -> Money:
        """What the bank has taken and not given back."""
        paid = [r for r in self.reports.values() if r.state in {InvoiceState.SUCCESS, InvoiceState.REVERSED}]
        return sum((r.amount - r.refunded for r in paid), Money.ZERO)

    def _open(self, order: Order) -> Report:
        number = f"inv-{len(self.reports) + 1}"
        self.orders[number] = order
        return self._put(Report(number, order.reference, InvoiceState.CREATED, order.amount, OPENED))

    def _of(self, invoice_id: str) -> Report:
        if invoice_id not in self.reports:
            raise AcquirerRefused("no such invoice")
        return self.reports[invoice_id]

    def _put(self, report: Report) -> Report:
        self.ticks += 1
        report = replace(report, changed_at=OPENED + timedelta(seconds=self.ticks))
        self.reports[report.invoice_id] = report
        return report

    def _called(self, what: str) -> None:
        self.watch(f"before {what}")
        self.calls.append(what)
        if self.is_down:
            raise AcquirerUnavailable("down")
        if self.refuses:
            raise AcquirerRefused("no")

    def _answering(self, what: str) -> None:
        self.watch(f"after {what}")
        if self.loses_answers:
            raise AcquirerUnavailable("the line went dead")
