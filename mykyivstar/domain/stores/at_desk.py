"""Stores as the desk looks for them: closed ones too, as they are now, with what was changed and by whom."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.staff.models import StaffMember
from mykyivstar.domain.stores.models import Store, StoreChange
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.text import search_key

SHOWN_MOST = 50
HISTORY_MOST = 50
_WORDS_MOST = 8


@dataclass(frozen=True, slots=True)
class FoundStores:
    """The first of what was found, and how many there are."""

    stores: Sequence[Store]
    total: int


@dataclass(frozen=True, slots=True)
class Changed:
    """A change, and the name of whoever made it."""

    change: StoreChange
    name: str


async def find(session: AsyncSession, text: str) -> FoundStores:
    """Stores whose code, city, address or name has every one of these words; all of them for no words."""
    fits = [
        or_(
            col(Store.search_key).contains(word, autoescape=True),
            func.lower(col(Store.code)).contains(word, autoescape=True),
        )
        for word in search_key(text).split()[:_WORDS_MOST]
    ]
    total = (await session.exec(select(func.count()).select_from(Store).where(*fits))).one()
    rows = await session.exec(
        select(Store).where(*fits).order_by(col(Store.search_key), col(Store.id)).limit(SHOWN_MOST)
    )
    return FoundStores(rows.all(), total)


async def of_code(session: AsyncSession, code: str) -> Store:
    """The store of this code, closed ones too. Raises NotFound."""
    if (store := (await session.exec(select(Store).where(Store.code == code))).first()) is None:
        raise NotFound
    return store


async def history(session: AsyncSession, store: Store) -> Sequence[Changed]:
    """What the desk has changed, the newest first."""
    rows = await session.exec(
        select(StoreChange, col(StaffMember.name))
        .join(StaffMember, col(StaffMember.id) == col(StoreChange.staff_id))
        .where(StoreChange.store_id == store.id)
        .order_by(col(StoreChange.id).desc())
        .limit(HISTORY_MOST)
    )
    return [Changed(change, name) for change, name in rows]
