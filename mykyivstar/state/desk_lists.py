"""What a consultant's lists say, read once for all their tabs: five of them are told of a message in the same moment.

As in `overviews`: a change drops what it concerns, and two seconds are the most that anything is believed.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from contextvars import Context
from dataclasses import dataclass
from datetime import datetime, timedelta

from mykyivstar import wiring
from mykyivstar.db.changes import Subject, Topic
from mykyivstar.domain.staff.actor import StaffActor
from mykyivstar.domain.staff.models import StaffRole
from mykyivstar.domain.staff.names import names_of
from mykyivstar.domain.support import reading
from mykyivstar.domain.support.reading import DeskEntry, Listed

FRESH_FOR = timedelta(seconds=2)
_ENTRIES_MAX = 1_000
# Changes of a conversation that lists show.
_OF_LISTS = {Topic.CONVERSATION, Topic.STAFF_SAW}


@dataclass(frozen=True, slots=True)
class Lists:
    """A member's switch, who waits for their skills, and the conversations that run: for a lead everybody's."""

    is_available: bool
    waiting: Sequence[Listed]
    running: Sequence[DeskEntry]
    # Of whoever else has one of these.
    names: Mapping[int, str]


@dataclass(slots=True)
class _Entry:
    at: datetime
    reading: asyncio.Task[Lists]
    # Conversations in the lists; None while they are being read, when any could be.
    shown: set[int] | None = None

    @property
    def has_failed(self) -> bool:
        return self.reading.done() and (self.reading.cancelled() or self.reading.exception() is not None)


class DeskLists:
    """Bounded, per process."""

    def __init__(self) -> None:
        self._entries: dict[StaffActor, _Entry] = {}

    async def of(self, staff: StaffActor) -> Lists:
        """The member's lists, at most two seconds old and never older than the last change. Raises UnknownStaff."""
        now = wiring.clock().now()
        entry = self._entries.get(staff)
        if entry is None or entry.has_failed or not timedelta() <= now - entry.at < FRESH_FOR:
            # A task of its own: whoever asked first may go before it is answered, and others wait for it too.
            task = asyncio.create_task(self._read(staff), context=Context())
            entry = self._entries[staff] = _Entry(now, task)
            self._let_go_of_the_oldest()
        lists = await asyncio.shield(entry.reading)
        if entry.shown is None:
            entry.shown = {each.id for each in lists.waiting} | {each.conversation.id for each in lists.running}
        return lists

    def forget(self, subjects: Iterable[Subject]) -> None:
        """Drop the lists that show one of these; the queue is in everybody's."""
        found = list(subjects)
        if any(subject.topic is Topic.DESK for subject in found):
            self._entries.clear()
        changed = {subject.id for subject in found if subject.topic in _OF_LISTS}
        if changed:
            self._entries = {
                staff: entry
                for staff, entry in self._entries.items()
                if entry.shown is not None and not entry.shown & changed
            }

    async def _read(self, staff: StaffActor) -> Lists:
        async with wiring.reading() as session:
            member = await reading.at_desk(session, staff)
            waiting = await reading.waiting_at_desk(session, member)
            everybody = staff.role.includes(StaffRole.LEAD)
            running = await reading.running_at_desk(session, staff, everybody=everybody)
            names = await names_of(session, {each.conversation.staff_id for each in running} - {staff.staff_id})
        return Lists(member.is_available, waiting, running, names)

    def _let_go_of_the_oldest(self) -> None:
        while len(self._entries) > _ENTRIES_MAX:
            del self._entries[next(iter(self._entries))]


desk_lists = DeskLists()
wiring.listen(desk_lists.forget)
