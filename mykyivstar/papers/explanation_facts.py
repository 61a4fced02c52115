"""What is told of any entry: its kind, and the numbers behind it: days, quantity, taxes (O1)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from mykyivstar.domain.ledger.models import OperationKind
from mykyivstar.domain.usage.models import UsageCategory
from mykyivstar.formatting.dates import format_date
from mykyivstar.formatting.money import format_money
from mykyivstar.i18n import tr
from mykyivstar.papers.reports import words
from mykyivstar.papers.words import Row

_CATEGORIES = {each.value for each in UsageCategory}


def kind_words(kind: OperationKind, lang: str) -> str:
    """What kind of movement it is."""
    return {
        OperationKind.OPENING_BALANCE: tr(lang, "Opening balance"),
        OperationKind.USAGE: tr(lang, "Usage"),
        OperationKind.TARIFF_FEE: tr(lang, "Tariff fee"),
        OperationKind.SERVICE_FEE: tr(lang, "Fee of a service"),
        OperationKind.TOP_UP: tr(lang, "Top-up"),
        OperationKind.TRANSFER: tr(lang, "Transfer"),
        OperationKind.PARTNER_TOP_UP: tr(lang, "Top-up through a partner"),
        OperationKind.PROMISED_PAYMENT: tr(lang, "Promised payment"),
        OperationKind.PROMISE_REPAYMENT: tr(lang, "Promised payment goes back"),
        OperationKind.REFUND: tr(lang, "Refund"),
        OperationKind.REVERSAL: tr(lang, "Charge taken back"),
        OperationKind.BONUS_ACCRUAL: tr(lang, "Bonuses for home internet"),
        OperationKind.ADJUSTMENT: tr(lang, "Correction"),
    }.get(kind, tr(lang, "Movement of money"))


def category_of(why: Mapping[str, Any]) -> UsageCategory | None:
    """What was used, where the explanation says it."""
    said = why.get("category")
    return UsageCategory(said) if said in _CATEGORIES else None


def no_consent_words(lang: str) -> tuple[str, str]:
    """A disputed charge that stands only on a yes, and none was on record."""
    said = tr(lang, "There was no record that you agreed to the charge: its whole sum is back.")
    return tr(lang, "Returned by your dispute"), said


def facts_of(why: Mapping[str, Any], lang: str) -> Sequence[Row]:
    """What is told beside the words of the rule."""
    found = []
    if period := _period(str(why.get("period") or ""), lang):
        found.append(Row(tr(lang, "For the days"), period))
    if (category := category_of(why)) and "quantity" in why:
        found.append(Row(tr(lang, "How much"), words.quantity(category, int(why["quantity"]), lang)))
    if "active_days" in why:
        days = f"{why['active_days']} / {why.get('days', '')}".rstrip(" /")
        found.append(Row(tr(lang, "Active days"), days))
    return [*found, *_taxes(why, lang)]


def _taxes(why: Mapping[str, Any], lang: str) -> Sequence[Row]:
    labels = {"net": tr(lang, "Without taxes"), "vat": tr(lang, "VAT"), "duty": tr(lang, "Pension fund duty")}
    return [Row(label, format_money(int(why[name]), lang)) for name, label in labels.items() if why.get(name)]


def _period(said: str, lang: str) -> str:
    """Days ("2026-11-03/2026-11-30") or a month ("2026-11"); nothing for anything else."""
    first, _, last = said.partition("/")
    try:
        if not last:
            return format_date(date.fromisoformat(f"{first}-01"), lang, "month")
        days = [format_date(date.fromisoformat(each), lang, "short") for each in (first, last)]
    except ValueError:
        return ""
    return days[0] if days[0] == days[1] else " – ".join(days)
