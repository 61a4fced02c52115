"""Small things that many people cause and nobody should wait for: noted now, written together a moment later."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextvars import Context
from typing import Generic, TypeVar

MOMENT_S = 0.5

Key = TypeVar("Key")
Value = TypeVar("Value")


class Later(Generic[Key, Value]):
    """Per process. What dies with the process within the moment is lost, so it must be of the kind that may be."""

    def __init__(self, write: Callable[[Mapping[Key, Value]], Awaitable[None]]) -> None:
        """`write` gets the newest value of every key that was noted since it was called last."""
        self._write = write
        self._waiting: dict[Key, Value] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._writing: asyncio.Task[None] | None = None

    def note(self, key: Key, value: Value) -> None:
        """Have this written in a moment; the newest value of a key is what counts."""
        self._waiting[key] = value
        if self._timer is None:
            # In a context of its own: what is written belongs to no event and no caller.
            self._timer = asyncio.get_running_loop().call_later(MOMENT_S, self._begin, context=Context())

    async def keep(self) -> None:
        """Write what waits, now."""
        if self._timer is not None:
            self._timer.cancel()
        waiting, self._waiting, self._timer = self._waiting, {}, None
        if waiting:
            await self._write(waiting)

    def _begin(self) -> None:
        self._writing = asyncio.get_running_loop().create_task(self.keep())
