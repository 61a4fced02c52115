"""Entries as lists show them: plain values, kopiykas, ISO moments, words by language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.catalogue.names import Names, names_of
from mykyivstar.domain.expenses.headings import heading_of
from mykyivstar.domain.ledger.models import Entry, OperationKind, Unit
from mykyivstar.domain.usage.models import UsageCategory
from mykyivstar.i18n import LANGUAGES
from mykyivstar.papers.explanations import Words, codes_of, explained
from mykyivstar.state.expenses.addresses import of_entry

_CATEGORIES = {each.value for each in UsageCategory}


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry; `category` and `quantity` of a use, "" and 0 of anything else."""

    id: int
    href: str
    title: dict[str, str]
    at: str
    amount: int
    heading: str
    category: str
    quantity: int
    is_back: bool
    is_bonus: bool


async def entry_rows(session: AsyncSession, entries: Sequence[Entry], unit: Unit = Unit.UAH) -> list[EntryRow]:
    """These entries in words, with one reading of the catalogue."""
    names = await names_for(session, entries)
    return [_row(entry, names, unit) for entry in entries]


async def names_for(session: AsyncSession, entries: Sequence[Entry]) -> Names:
    """What the tariffs and services of these entries are called."""
    return await names_of(session, {code for entry in entries for code in codes_of(entry.explanation)})


def in_words(entry: Entry, names: Names) -> Mapping[str, Words]:
    """What it is and why, by language."""
    return {lang: explained(entry.kind, entry.explanation, lang, names) for lang in LANGUAGES}


def _row(entry: Entry, names: Names, unit: Unit) -> EntryRow:
    category = str(entry.explanation.get("category", ""))
    is_use = entry.kind is OperationKind.USAGE and category in _CATEGORIES
    return EntryRow(
        id=entry.id or 0,
        href=of_entry(entry.id),
        title={lang: words.title for lang, words in in_words(entry, names).items()},
        at=entry.at.isoformat(),
        amount=entry.amount.kopiykas,
        heading=heading_of(entry.category).value,
        category=category if is_use else "",
        quantity=int(entry.explanation.get("quantity", 0)) if is_use else 0,
        is_back=entry.kind in {OperationKind.REVERSAL, OperationKind.REFUND},
        is_bonus=unit is Unit.BONUS,
    )
