"""Searching among entries: by a sum, a number, what it was for (E1)."""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from sqlalchemy import ColumnElement, false, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.catalogue.models import Service, Tariff
from mykyivstar.domain.expenses.headings import Heading, categories_under
from mykyivstar.domain.ledger.models import Entry
from mykyivstar.kit.money import Money, NotAnAmount

TEXT_MAX = 60
_DIGITS_LEAST = 3
_WORD_LEAST = 2
_NOT_DIGITS = re.compile(r"[^0-9]")
_NUMBER = re.compile(r"[+0-9 ()-]+")
# Eighteen digits fit every database's whole numbers.
_ID_LONGEST = 18


@dataclass(frozen=True, slots=True)
class Search:
    """What was typed, as a condition on entries."""

    text: str
    condition: ColumnElement[bool]


async def search_for(session: AsyncSession, typed: str, headings: AbstractSet[Heading] = frozenset()) -> Search | None:
    """What somebody looks for: a sum, a phone or payment number, a tariff or service by its name; None for nothing.

    `headings` are those whose names, in the language of who asks, hold what was typed. Others' numbers in usage are not
    looked at: they stay masked until a fresh proof.
    """
    text = " ".join(typed.split())[:TEXT_MAX]
    if not text:
        return None
    found = [*_of_sum(text), *_of_number(text), *await _of_names(session, text)]
    if headings:
        found.append(col(Entry.category).in_(sorted(categories_under(headings))))
    return Search(text, or_(*found) if found else false())


def _of_sum(text: str) -> list[ColumnElement[bool]]:
    try:
        amount = Money.parse(text.lstrip("+-−"))
    except NotAnAmount:
        return []
    return [col(Entry.amount).in_([amount, -amount])]


def _of_number(text: str) -> list[ColumnElement[bool]]:
    digits = _NOT_DIGITS.sub("", text)
    if not _NUMBER.fullmatch(text) or len(digits) < _DIGITS_LEAST:
        return []
    why = col(Entry.explanation)
    # As people write a number of their own country.
    digits = digits.removeprefix("38") if digits.startswith("380") else digits
    found = [why[side].as_string().contains(digits, autoescape=True) for side in ("to", "from")]
    if len(digits) <= _ID_LONGEST:
        found += [why[name].as_string() == digits for name in ("payment_id", "report_id")]
    return found


async def _of_names(session: AsyncSession, text: str) -> list[ColumnElement[bool]]:
    wanted = text.casefold()
    if len(wanted) < _WORD_LEAST:
        return []
    rule = col(Entry.explanation)["rule"].as_string()
    rules = []
    for table, family in ((Tariff, "tariff"), (Service, "service")):
        for code, names in await session.exec(select(table.code, table.name)):
            if any(wanted in name.casefold() for name in names.values()):
                rules.append(f"{family}/{code}")
    return [rule.in_(rules)] if rules else []
