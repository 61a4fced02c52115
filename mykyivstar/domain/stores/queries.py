"""Reading stores, and keeping what was read for a moment: everybody asks for the same."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.stores.models import Store
from mykyivstar.domain.stores.register import Place, Register, ordered

# A store that somebody has changed where `forget` is not heard of is shown as it was for so long at most.
FRESH_FOR = timedelta(seconds=30)

Reading = Callable[[], AbstractAsyncContextManager[AsyncSession]]


async def register(session: AsyncSession, at: datetime) -> Register:
    """Every store that is not closed for good at this moment."""
    living = or_(col(Store.closed_at).is_(None), col(Store.closed_at) > at)
    stores = await session.exec(select(Store).where(living))
    return Register(ordered([Place.of(store) for store in stores]))


class Registers:
    """The register of one database, read again when it is no longer fresh."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._known: tuple[datetime, Register] | None = None
        self._changes = 0

    async def current(self, at: datetime) -> Register:
        """The stores, at most FRESH_FOR old."""
        if self._known is not None and timedelta() <= at - self._known[0] < FRESH_FOR:
            return self._known[1]
        changes = self._changes
        async with self._reading() as session:
            read = await register(session, at)
        if changes == self._changes:
            self._known = (at, read)
        return read

    def forget(self) -> None:
        """Something has changed: read again when somebody asks, and keep nothing that is being read now."""
        self._known, self._changes = None, self._changes + 1
