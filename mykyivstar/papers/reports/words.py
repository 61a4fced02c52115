"""What stands in call details, in words."""

from collections.abc import Sequence
from functools import cache
from typing import Final

from mykyivstar.domain.papers.details import DetailsPaper
from mykyivstar.domain.reports.contents import Sum
from mykyivstar.domain.usage.models import UsageCategory
from mykyivstar.formatting.dates import format_date, format_moment
from mykyivstar.formatting.money import format_money
from mykyivstar.formatting.numbers import format_number
from mykyivstar.formatting.phones import format_phone
from mykyivstar.formatting.volumes import format_minutes, format_volume
from mykyivstar.i18n import tr
from mykyivstar.kit.money import Money
from mykyivstar.papers.words import Row

CALLS: Final = frozenset(
    {
        UsageCategory.CALL_ON_NET,
        UsageCategory.CALL_OFF_NET,
        UsageCategory.CALL_ABROAD,
        UsageCategory.CALL_IN,
        UsageCategory.ROAMING_CALL,
    }
)
DATA: Final = frozenset({UsageCategory.DATA, UsageCategory.ROAMING_DATA})


def title(lang: str) -> str:
    """How the paper is called."""
    return tr(lang, "Call details")


def period(paper: DetailsPaper, lang: str) -> str:
    """Its days, both included."""
    first, last = (format_date(day, lang, "short") for day in (paper.first_day, paper.last_day))
    return first if first == last else f"{first} – {last}"


def rows(paper: DetailsPaper, lang: str) -> Sequence[Row]:
    """Every fact that the seal is over, but number and sum, in the order of the paper."""
    return [
        Row(tr(lang, "Mobile number"), format_phone(paper.msisdn)),
        Row(tr(lang, "Days"), period(paper, lang)),
        Row(tr(lang, "Made on"), format_moment(paper.at, lang)),
        Row(tr(lang, "Records"), format_number(paper.records, lang)),
    ]


def number(paper: DetailsPaper, lang: str) -> Row:
    """How the paper is told from others."""
    return Row(tr(lang, "Number of the paper"), paper.number)


def amount(paper: DetailsPaper, lang: str) -> Row:
    """What all of it cost."""
    return Row(tr(lang, "Total cost"), format_money(paper.amount.kopiykas, lang))


def category(which: UsageCategory, lang: str) -> str:
    """What was used."""
    return _categories(lang)[which]


@cache
def _categories(lang: str) -> dict[UsageCategory, str]:
    return {
        UsageCategory.CALL_ON_NET: tr(lang, "Calls within Kyivstar"),
        UsageCategory.CALL_OFF_NET: tr(lang, "Calls to other operators"),
        UsageCategory.CALL_ABROAD: tr(lang, "Calls abroad"),
        UsageCategory.CALL_IN: tr(lang, "Incoming calls"),
        UsageCategory.SMS: tr(lang, "SMS"),
        UsageCategory.DATA: tr(lang, "Internet"),
        UsageCategory.ROAMING_CALL: tr(lang, "Calls in roaming"),
        UsageCategory.ROAMING_SMS: tr(lang, "SMS in roaming"),
        UsageCategory.ROAMING_DATA: tr(lang, "Internet in roaming"),
        UsageCategory.SERVICE: tr(lang, "Services"),
        UsageCategory.PAID_CONTENT: tr(lang, "Paid content"),
    }


def quantity(which: UsageCategory, number: int, lang: str) -> str:
    """How much, as people read it."""
    if which in CALLS:
        return format_minutes(number, lang)
    if which in DATA:
        return format_volume(number, lang)
    return tr(lang, "{number} pcs.", number=number)


def unit(which: UsageCategory, lang: str) -> str:
    """What the bare number in a table counts."""
    if which in CALLS:
        return tr(lang, "seconds")
    return tr(lang, "bytes") if which in DATA else tr(lang, "pieces")


def cost(money: Money | None, lang: str) -> str:
    """The cost of one record; a dash where it is not known yet."""
    return "—" if money is None else format_money(money.kopiykas, lang)


def sum_cells(each: Sum, lang: str) -> list[str]:
    """A row of the sums, as people read it."""
    return [
        category(each.category, lang),
        format_number(each.records, lang),
        quantity(each.category, each.quantity, lang),
        format_money(each.cost.kopiykas, lang),
    ]


def sum_columns(lang: str) -> list[str]:
    """Above the sums."""
    return [tr(lang, "What"), tr(lang, "Records"), tr(lang, "How much"), tr(lang, "Cost, ₴")]


def table_columns(lang: str) -> list[str]:
    """Above the records of a table that programs read."""
    return [
        tr(lang, "Date"),
        tr(lang, "Time"),
        tr(lang, "What"),
        tr(lang, "Number or service"),
        tr(lang, "Quantity"),
        tr(lang, "Unit"),
        tr(lang, "Cost, ₴"),
    ]


def file_name(paper: DetailsPaper, ending: str, lang: str) -> str:
    """What the file is called where it is taken away."""
    return f"{tr(lang, 'Call details').replace(' ', '-')}-{paper.msisdn}-{paper.first_day}-{paper.last_day}.{ending}"
