"""The use that an entry charges: the record itself, and how its sum comes about (E6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.ledger.models import Entry, LedgerAccount
from mykyivstar.domain.usage.hidden import is_hidden
from mykyivstar.domain.usage.models import UsageCategory, UsageRecord
from mykyivstar.kit.money import Money


@dataclass(frozen=True, slots=True)
class Use:
    """One use; `other_party` is whole here, and masked where it is shown without a fresh proof (O9)."""

    category: UsageCategory
    started_at: datetime
    quantity: int
    other_party: str


async def use_of(session: AsyncSession, entry: Entry, account: LedgerAccount) -> Use | None:
    """The use that this entry is about; when the record is kept no longer, what the entry itself says of it."""
    why = entry.explanation
    category = next((each for each in UsageCategory if each.value == why.get("category")), None)
    if category is None or account.line_id is None or not isinstance(why.get("quantity"), int):
        return None
    started_at = _moment(why.get("started_at")) or entry.at
    query = select(UsageRecord).where(
        UsageRecord.line_id == account.line_id,
        UsageRecord.started_at == started_at,
        UsageRecord.ref == str(why.get("record", "")),
    )
    record = (await session.exec(query)).first()
    party = "" if record is None or is_hidden(record.other_party) else record.other_party
    return Use(category, started_at, why["quantity"], party)


def unit_price(prices: Mapping[str, int], use: Use, cost: Money) -> Money | None:
    """The price of a begun minute, a begun megabyte or a piece, where the sum is so many times it."""
    price = prices.get(use.category.value, 0)
    return Money(price) if price > 0 and cost.kopiykas > 0 and cost.kopiykas % price == 0 else None


def _moment(said: object) -> datetime | None:
    if not isinstance(said, str):
        return None
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None
