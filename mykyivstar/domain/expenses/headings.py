"""Under which heading an entry stands: what was spent on what, and what else moved money (E2, N10)."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from mykyivstar.domain.ledger.models import OperationKind
from mykyivstar.domain.usage.models import UsageCategory


class Heading(StrEnum):
    """The lines of the expenses report, in its order; every entry stands under exactly one of them."""

    CALLS_ON_NET = "calls_on_net"
    CALLS_OFF_NET = "calls_off_net"
    CALLS_ABROAD = "calls_abroad"
    CALLS_IN = "calls_in"
    SMS = "sms"
    INTERNET = "internet"
    ROAMING_CALLS = "roaming_calls"
    ROAMING_SMS = "roaming_sms"
    ROAMING_INTERNET = "roaming_internet"
    TARIFF = "tariff"
    SERVICES = "services"
    PAID_CONTENT = "paid_content"
    OTHER_USAGE = "other_usage"
    TOP_UPS = "top_ups"
    PROMISES = "promises"
    TRANSFERS = "transfers"
    BONUSES = "bonuses"
    CORRECTIONS = "corrections"

    @property
    def is_spending(self) -> bool:
        """Whether money under it was spent; the rest came, went elsewhere or was put right."""
        return self not in _NO_SPENDING

    @property
    def is_roaming(self) -> bool:
        return self.value.startswith("roaming_")


_NO_SPENDING: Final = frozenset(
    {Heading.TOP_UPS, Heading.PROMISES, Heading.TRANSFERS, Heading.BONUSES, Heading.CORRECTIONS}
)

#: What somebody who only pays for a number sees of it (B4): what was paid in, never what it was used for.
FOR_PAYERS: Final = frozenset({Heading.TOP_UPS, Heading.PROMISES})

_USED: Final[Mapping[UsageCategory, Heading]] = {
    UsageCategory.CALL_ON_NET: Heading.CALLS_ON_NET,
    UsageCategory.CALL_OFF_NET: Heading.CALLS_OFF_NET,
    UsageCategory.CALL_ABROAD: Heading.CALLS_ABROAD,
    UsageCategory.CALL_IN: Heading.CALLS_IN,
    UsageCategory.SMS: Heading.SMS,
    UsageCategory.DATA: Heading.INTERNET,
    UsageCategory.ROAMING_CALL: Heading.ROAMING_CALLS,
    UsageCategory.ROAMING_SMS: Heading.ROAMING_SMS,
    UsageCategory.ROAMING_DATA: Heading.ROAMING_INTERNET,
    UsageCategory.SERVICE: Heading.SERVICES,
    UsageCategory.PAID_CONTENT: Heading.PAID_CONTENT,
}
_MOVED: Final[Mapping[OperationKind, Heading]] = {
    OperationKind.OPENING_BALANCE: Heading.CORRECTIONS,
    OperationKind.USAGE: Heading.OTHER_USAGE,
    OperationKind.TARIFF_FEE: Heading.TARIFF,
    OperationKind.SERVICE_FEE: Heading.SERVICES,
    OperationKind.TOP_UP: Heading.TOP_UPS,
    OperationKind.TRANSFER: Heading.TRANSFERS,
    OperationKind.PARTNER_TOP_UP: Heading.TOP_UPS,
    OperationKind.PROMISED_PAYMENT: Heading.PROMISES,
    OperationKind.PROMISE_REPAYMENT: Heading.PROMISES,
    OperationKind.REFUND: Heading.TOP_UPS,
    OperationKind.REVERSAL: Heading.CORRECTIONS,
    OperationKind.BONUS_ACCRUAL: Heading.BONUSES,
    OperationKind.ADJUSTMENT: Heading.CORRECTIONS,
}
_BY_CATEGORY: Final = {str(each): heading for each, heading in (*_USED.items(), *_MOVED.items())}


def heading_of(category: str) -> Heading:
    """The heading of an entry by its category; of one that nobody has sorted yet, "corrections"."""
    return _BY_CATEGORY.get(category, Heading.CORRECTIONS)


def heading_of_use(category: UsageCategory) -> Heading:
    """The heading of what was used."""
    return _USED[category]


def categories_under(headings: Iterable[Heading]) -> frozenset[str]:
    """The categories of the entries that stand under any of these headings."""
    wanted = frozenset(headings)
    return frozenset(category for category, heading in _BY_CATEGORY.items() if heading in wanted)


#: Categories that have a heading of their own; under "corrections" stands whatever else there may be.
SORTED: Final = frozenset(_BY_CATEGORY)
