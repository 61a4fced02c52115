"""Every payment and charge of an account: filtered, searched, summed, and paged as fast at any depth (E1)."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, case, literal, or_, tuple_
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.statements import table_of
from mykyivstar.domain.expenses.accounts import Books
from mykyivstar.domain.expenses.headings import SORTED, Heading, categories_under
from mykyivstar.domain.expenses.search import Search
from mykyivstar.domain.expenses.sums import Sum
from mykyivstar.domain.ledger.models import Entry, Unit
from mykyivstar.kit.clock import kyiv_date, kyiv_midnight
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Period

PAGE = 30


class Way(StrEnum):
    """Whether money came or was taken."""

    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Filter:
    """Which entries; as it is, all of them."""

    unit: Unit = Unit.UAH
    headings: AbstractSet[Heading] = field(default_factory=lambda: frozenset(Heading))
    way: Way | None = None
    # From its start to its end; either may be open.
    since: datetime | None = None
    until: datetime | None = None
    search: Search | None = None

    def within(self, period: Period) -> "Filter":
        """Of these the ones of this period."""
        since = max(self.since, period.start) if self.since else period.start
        until = min(self.until, period.end) if self.until else period.end
        return replace(self, since=since, until=max(since, until))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ended: the next one begins after it."""

    at: datetime
    id: int


@dataclass(frozen=True, slots=True)
class Page:
    """Entries, the newest first; `after` is where the next page begins, None when this is the last."""

    entries: Sequence[Entry]
    after: Place | None


async def page(
    session: AsyncSession, books: Books, wanted: Filter, *, after: Place | None = None, limit: int = PAGE
) -> Page:
    """The next entries that fit, as far as the role of the actor goes whose books these are."""
    account = books.account(wanted.unit)
    if account is None:
        return Page((), None)
    conditions = [col(Entry.account_id) == account.id, *_conditions(books, wanted, has_place=after is not None)]
    if after is not None:
        # One upper bound only: of two, SQLite takes the first and reads all that lies between.
        conditions += [_before(after), col(Entry.at) <= after.at]
    newest = (col(Entry.at).desc(), col(Entry.id).desc())
    # The index answers which they are; only these rows are read.
    ids = select(Entry.id).where(*conditions).order_by(*newest).limit(limit + 1)
    found = (await session.exec(select(Entry).where(col(Entry.id).in_(ids)).order_by(*newest))).all()
    last = found[limit - 1] if len(found) > limit else None
    return Page(found[:limit], Place(last.at, last.id or 0) if last else None)


async def total(session: AsyncSession, books: Books, wanted: Filter) -> Sum:
    """What fits, taken together."""
    account = books.account(wanted.unit)
    if account is None:
        return Sum()
    came = case(
        (col(Entry.amount) > Money.ZERO, col(Entry.amount)), else_=literal(Money.ZERO, table_of(Entry).c.amount.type)
    )
    query = select(func.coalesce(func.sum(Entry.amount), 0), func.coalesce(func.sum(came), 0), func.count()).where(
        Entry.account_id == account.id, *_conditions(books, wanted)
    )
    amount, arrived, entries = (await session.exec(query)).one()
    return Sum(_money(amount), _money(arrived), entries)


async def day_total(session: AsyncSession, books: Books, wanted: Filter, day: date) -> Sum:
    """What fits of one Kyiv day: of a day of which a page shows a part."""
    return await total(session, books, wanted.within(_day(day)))


async def place_of(session: AsyncSession, books: Books, unit: Unit, entry_id: int) -> Place | None:
    """The place after this entry of the account; None when it has no such entry."""
    account = books.account(unit)
    if account is None:
        return None
    query = select(Entry.at).where(Entry.id == entry_id, Entry.account_id == account.id)
    at = (await session.exec(query)).first()
    return Place(at, entry_id) if at is not None else None


async def first_at(session: AsyncSession, books: Books, unit: Unit) -> datetime | None:
    """When the history of the account begins; None while it has none."""
    account = books.account(unit)
    if account is None:
        return None
    return (await session.exec(select(func.min(Entry.at)).where(Entry.account_id == account.id))).one()


def day_of(entry: Entry) -> date:
    """The Kyiv day under which it stands."""
    return kyiv_date(entry.at)


def _day(day: date) -> Period:
    return Period(kyiv_midnight(day), kyiv_midnight(date.fromordinal(day.toordinal() + 1)))


def _conditions(books: Books, wanted: Filter, *, has_place: bool = False) -> Sequence[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    headings = wanted.headings & books.headings
    if headings != frozenset(Heading):
        conditions.append(_under(headings))
    if wanted.way is not None:
        amount = col(Entry.amount)
        conditions.append(amount > Money.ZERO if wanted.way is Way.IN else amount < Money.ZERO)
    if wanted.since is not None:
        conditions.append(col(Entry.at) >= wanted.since)
    if wanted.until is not None and not has_place:
        conditions.append(col(Entry.at) < wanted.until)
    if wanted.search is not None:
        conditions.append(wanted.search.condition)
    return conditions


def _under(headings: AbstractSet[Heading]) -> ColumnElement[bool]:
    known = col(Entry.category).in_(sorted(categories_under(headings)))
    if Heading.CORRECTIONS in headings:
        return or_(known, col(Entry.category).not_in(sorted(SORTED)))
    return known


def _before(place: Place) -> ColumnElement[bool]:
    table = table_of(Entry)
    columns = (table.c.at, table.c.id)
    values = (literal(each, column.type) for each, column in zip((place.at, place.id), columns, strict=True))
    return and_(tuple_(*columns) < tuple_(*values))


def _money(found: Any) -> Money:
    return found if isinstance(found, Money) else Money(int(found))
