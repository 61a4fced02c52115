"""Sessions that only look, made ready before they are asked for."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.direct import Direct
from mykyivstar.db.prepared import SHORTCUT, Shortcut


class Readers:
    """The sessions that read on one engine; each knows the shortcut of prepared statements."""

    def __init__(self, engine: AsyncEngine, shortcut: Shortcut | Direct) -> None:
        """`shortcut` leads to the same database."""
        self._shortcut = shortcut
        info = {SHORTCUT: self._shortcut}
        self._new = async_sessionmaker(engine, class_=AsyncSession, expire_on_commit=False, info=info)
        self._unused: list[AsyncSession] = []

    @asynccontextmanager
    async def session(self) -> AsyncIterator[AsyncSession]:
        """One session; it is not for writing."""
        session = self._unused.pop() if self._unused else self._new()
        try:
            yield session
        finally:
            if session.in_transaction():
                await asyncio.shield(session.close())
            else:
                # It has only asked prepared statements and is as good as new: making one takes as long as asking.
                self._unused.append(session)

    async def close(self) -> None:
        """Let go of the shortcut."""
        if isinstance(self._shortcut, Direct):
            await self._shortcut.close()
        else:
            self._shortcut.close()
