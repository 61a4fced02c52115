"""Keeping for a moment what everybody asks for and gets the same."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from sqlmodel.ext.asyncio.session import AsyncSession

T = TypeVar("T")
Reading = Callable[[], AbstractAsyncContextManager[AsyncSession]]


class Kept(Generic[T]):
    """What `read` finds in one database, read again when it is older than `fresh_for`."""

    def __init__(
        self, reading: Reading, read: Callable[[AsyncSession, datetime], Awaitable[T]], *, fresh_for: timedelta
    ) -> None:
        self._reading, self._read, self._fresh_for = reading, read, fresh_for
        self._known: tuple[datetime, T] | None = None
        self._changes = 0

    async def current(self, at: datetime) -> T:
        """What it is, at most `fresh_for` old."""
        if self._known is not None and timedelta() <= at - self._known[0] < self._fresh_for:
            return self._known[1]
        changes = self._changes
        async with self._reading() as session:
            read = await self._read(session, at)
        if changes == self._changes:
            self._known = (at, read)
        return read

    def forget(self) -> None:
        """Something has changed: read again when somebody asks, and keep nothing that is being read now."""
        self._known, self._changes = None, self._changes + 1
