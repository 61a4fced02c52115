"""What people have in hand, kept for when they come back.

A click must not wait for a disk, and people click through their lines quickly: what was chosen is written a moment
later, everybody's of that moment together. A process that dies in between forgets at most that moment's clicks.
"""

import asyncio
from contextlib import suppress
from contextvars import Context

from mykyivstar import wiring
from mykyivstar.db.changes import Subject, Topic
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.lines import service
from mykyivstar.domain.lines.keys import HoldingKey
from mykyivstar.kit.errors import NotFound
from mykyivstar.state.overviews import overviews

MOMENT_S = 0.5


class Choices:
    """Per process."""

    def __init__(self) -> None:
        self._waiting: dict[int, tuple[Actor, HoldingKey]] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._writing: asyncio.Task[None] | None = None

    def note(self, actor: Actor, key: HoldingKey) -> None:
        """Keep, in a moment, that this person has taken this in hand."""
        self._waiting[actor.profile_id] = (actor, key)
        if self._timer is None:
            # In a context of its own: what is written belongs to no event and no caller.
            self._timer = asyncio.get_running_loop().call_later(MOMENT_S, self._begin, context=Context())

    async def keep(self) -> None:
        """Write what waits, now."""
        if self._timer is not None:
            self._timer.cancel()
        waiting, self._waiting, self._timer = self._waiting, {}, None
        if not waiting:
            return
        async with wiring.unit_of_work() as session:
            for _, (actor, key) in sorted(waiting.items()):  # in one order everywhere: no deadlocks
                with suppress(NotFound):  # Removed in another tab in this very moment.
                    await service.remember_chosen(session, actor, key, at=wiring.clock().now())
        overviews.forget(Subject(Topic.PROFILE, profile_id) for profile_id in waiting)

    def _begin(self) -> None:
        self._writing = asyncio.get_running_loop().create_task(self.keep())


choices = Choices()
