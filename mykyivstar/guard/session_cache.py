"""What was last read of each session, for a moment: an event should not wait for a row it has just seen.

A revoked session is dropped from here by the change feed, at once in this process and within half a second elsewhere.
"""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from mykyivstar import wiring
from mykyivstar.db.changes import Subject, Topic
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.staff.actor import StaffActor
from mykyivstar.kit.spread import fresh_for

FRESH_FOR = timedelta(seconds=2)
_ENTRIES_MAX = 10_000
Who = TypeVar("Who")


@dataclass(frozen=True, slots=True)
class Known(Generic[Who]):
    """The actor of a session, None when it no longer lives, as of `at`."""

    actor: Who | None
    at: datetime


class SessionCache(Generic[Who]):
    """Bounded, per process."""

    def __init__(self, topic: Topic = Topic.SESSION) -> None:
        self._topic = topic
        self._known: OrderedDict[int, Known[Who]] = OrderedDict()

    def get(self, session_id: int, at: datetime) -> Known[Who] | None:
        """What is known and fresh."""
        known = self._known.get(session_id)
        return known if known and at - known.at < fresh_for(session_id, FRESH_FOR) else None

    def put(self, session_id: int, actor: Who | None, at: datetime) -> None:
        """Remember what was read at `at`."""
        self._known[session_id] = Known(actor, at)
        self._known.move_to_end(session_id)
        while len(self._known) > _ENTRIES_MAX:
            self._known.popitem(last=False)

    def forget(self, subjects: list[Subject]) -> None:
        """Drop the sessions among what changed."""
        for subject in subjects:
            if subject.topic is self._topic:
                self._known.pop(subject.id, None)


session_cache = SessionCache[Actor]()
wiring.listen(session_cache.forget)
desk_cache = SessionCache[StaffActor](Topic.STAFF_SESSION)
wiring.listen(desk_cache.forget)
