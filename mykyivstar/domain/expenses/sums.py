"""What moved on an account in several periods at once, by category, without reading the entries themselves (E2)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, bindparam, column, text
from sqlalchemy.sql.selectable import TextualSelect
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.types import BigId, UtcDateTime
from mykyivstar.domain.expenses.headings import Heading, heading_of
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Period


@dataclass(frozen=True, slots=True)
class Sum:
    """Entries taken together: what came, and the sum of it all."""

    amount: Money = Money.ZERO
    came: Money = Money.ZERO
    entries: int = 0

    @property
    def went(self) -> Money:
        """What was taken; negative."""
        return self.amount - self.came

    def __add__(self, other: "Sum") -> "Sum":
        return Sum(self.amount + other.amount, self.came + other.came, self.entries + other.entries)


BySum = Mapping[Heading, Sum]


async def sums(session: AsyncSession, account_id: int | None, periods: Sequence[Period]) -> Sequence[BySum]:
    """What moved on this account in each of these periods, by heading; they may overlap.

    Read from the index that lists the account's entries, a range of it for each period.
    """
    found: list[defaultdict[Heading, Sum]] = [defaultdict(Sum) for _ in periods]
    if account_id is None or not periods:
        return found
    bounds = {f"since_{place}": period.start for place, period in enumerate(periods)}
    bounds |= {f"until_{place}": period.end for place, period in enumerate(periods)}
    rows = await (await session.connection()).execute(_statement(len(periods)), {"account_id": account_id, **bounds})
    for place, category, amount, came, entries in rows:
        found[place][heading_of(category)] += Sum(Money(amount), Money(came), entries)
    return found


def spent(found: BySum) -> Money:
    """What was spent: positive, less what was taken back."""
    return -sum((each.amount for heading, each in found.items() if heading.is_spending), Money.ZERO)


def moved(found: BySum) -> Money:
    """By how much the balance changed."""
    return sum((each.amount for each in found.values()), Money.ZERO)


@cache
def _statement(periods: int) -> TextualSelect:
    """For so many periods: a text made once, because SQLAlchemy would compile its own VALUES again each time.

    CROSS JOIN keeps SQLite from walking over all entries once and asking of each which periods it is in.
    """
    bounds = ", ".join(f"({place}, :since_{place}, :until_{place})" for place in range(periods))
    sql = f"""
        WITH period (place, since, until) AS (VALUES {bounds})
        SELECT period.place, entry.category, CAST(sum(entry.amount) AS bigint),
               CAST(sum(CASE WHEN entry.amount > 0 THEN entry.amount ELSE 0 END) AS bigint), count(*)
        FROM period CROSS JOIN entry
        WHERE entry.account_id = :account_id AND entry.at >= period.since AND entry.at < period.until
        GROUP BY period.place, entry.category
    """  # noqa: S608 -- no data in it
    given: list[Any] = [bindparam("account_id", type_=BigId)]
    given += [bindparam(f"{name}_{n}", type_=UtcDateTime()) for n in range(periods) for name in ("since", "until")]
    columns = [column(name, BigInteger()) for name in ("place", "category", "amount", "came", "entries")]
    columns[1] = column("category")
    return text(sql).bindparams(*given).columns(*columns)
