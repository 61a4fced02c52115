"""What a contract line owes for a month: its charges with taxes, what was paid, what is due by when (E5, N11)."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from mykyivstar.domain.ledger.models import OperationKind
from mykyivstar.domain.ledger.taxes import taxes
from mykyivstar.domain.reports.movements import Movement
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month, day_in_month

#: N11: a contract line is paid to zero by this day of the following month.
DUE_DAY = 20
_CHARGES = frozenset({OperationKind.USAGE, OperationKind.TARIFF_FEE, OperationKind.SERVICE_FEE, OperationKind.REVERSAL})


@dataclass(slots=True)
class InvoiceLine:
    """Charges of one sort; a charge taken back counts against them. `why` explains any of them."""

    kind: OperationKind
    why: Mapping[str, Any]
    number: int = 0
    net: Money = Money.ZERO
    vat: Money = Money.ZERO
    duty: Money = Money.ZERO

    @property
    def total(self) -> Money:
        return self.net + self.vat + self.duty


@dataclass(slots=True)
class Invoice:
    """A month of a contract line: what was there, what was paid, what was charged, what is owed."""

    month: Month
    opening: Money
    # Payments and whatever else moved money, but charges.
    paid: Money = Money.ZERO
    by_sort: dict[tuple[str, str], InvoiceLine] = field(default_factory=dict)

    def add(self, movements: Iterable[Movement]) -> None:
        """Count these too."""
        for each in movements:
            if each.kind not in _CHARGES:
                self.paid += each.amount
                continue
            sort = _sort(each)
            line = self.by_sort.setdefault(sort, InvoiceLine(each.kind, each.explanation))
            net, vat, duty = _parts(each)
            line.number += 1
            line.net, line.vat, line.duty = line.net + net, line.vat + vat, line.duty + duty

    @property
    def lines(self) -> Sequence[InvoiceLine]:
        """The dearest first."""
        return sorted(self.by_sort.values(), key=lambda line: (-line.total.kopiykas, line.kind.value))

    @property
    def charged(self) -> InvoiceLine:
        """All of them together."""
        whole = InvoiceLine(OperationKind.USAGE, {})
        for line in self.by_sort.values():
            whole.number += line.number
            whole.net, whole.vat, whole.duty = whole.net + line.net, whole.vat + line.vat, whole.duty + line.duty
        return whole

    @property
    def closing(self) -> Money:
        return self.opening + self.paid - self.charged.total

    @property
    def due(self) -> Money:
        """What is to be paid so that the balance is zero."""
        return max(-self.closing, Money.ZERO)

    @property
    def due_day(self) -> date:
        return due_day(self.month)


def due_day(month: Month) -> date:
    """The last day of Kyiv on which this month's invoice is to be paid."""
    return day_in_month(month.shifted(1), DUE_DAY)


async def invoice_of(month: Month, opening: Money, pages: AsyncIterator[Sequence[Movement]]) -> Invoice:
    """The invoice of a month that opened with so much and in which this moved."""
    invoice = Invoice(month, opening)
    async for page in pages:
        invoice.add(page)
    return invoice


def _sort(movement: Movement) -> tuple[str, str]:
    """Uses are told by category, everything else by its rule."""
    category = str(movement.explanation.get("category", ""))
    return ("category", category) if category else ("rule", str(movement.explanation.get("rule", "")))


def _parts(movement: Movement) -> tuple[Money, Money, Money]:
    """Net, VAT and duty, which sum to what was taken: as the entry says, else as the law has it."""
    said = [Money(int(movement.explanation.get(name, 0))) for name in ("net", "vat", "duty")]
    taken = -movement.amount
    if sum(said, Money.ZERO) == taken:
        return said[0], said[1], said[2]
    if sum(said, Money.ZERO) == -taken:
        return -said[0], -said[1], -said[2]
    # A part was paid by bonuses, or the entry is older than explanations.
    by_law = taxes(taken, is_mobile=True)
    return Money(by_law["net"]), Money(by_law["vat"]), Money(by_law["duty"])
