"""Reading stores, and keeping what was read for a moment: everybody asks for the same."""

from datetime import datetime, timedelta

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.kept import Kept, Reading
from mykyivstar.domain.stores.models import Store
from mykyivstar.domain.stores.register import Place, Register, ordered

# A store that somebody has changed where `forget` is not heard of is shown as it was for so long at most.
FRESH_FOR = timedelta(seconds=30)


async def register(session: AsyncSession, at: datetime) -> Register:
    """Every store that is not closed for good at this moment."""
    living = or_(col(Store.closed_at).is_(None), col(Store.closed_at) > at)
    stores = await session.exec(select(Store).where(living))
    return Register(ordered([Place.of(store) for store in stores]))


class Registers(Kept[Register]):
    """The register of one database, at most FRESH_FOR old."""

    def __init__(self, reading: Reading) -> None:
        super().__init__(reading, register, fresh_for=FRESH_FOR)
