"""What each person has, as last read: several tabs and the bars of every page ask for the same within a moment.

A change drops what it concerns: this process's own at once, after the commit and before anybody is told; other
processes' when the change feed brings them. Two seconds are the most that anything is believed, change or not.
"""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from mykyivstar import wiring
from mykyivstar.db.changes import Subject, Topic
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.overview import announcements, queries
from mykyivstar.domain.overview.announcements import Notice
from mykyivstar.domain.overview.models import Overview
from mykyivstar.kit.spread import fresh_for

FRESH_FOR = timedelta(seconds=2)
_ENTRIES_MAX = 5_000


@dataclass(slots=True)
class _Entry:
    overview: Overview
    subjects: tuple[Subject, ...]


class Overviews:
    """Bounded, per process."""

    def __init__(self) -> None:
        self._entries: OrderedDict[int, _Entry] = OrderedDict()
        self._concerned: dict[Subject, set[int]] = {}
        self._notices: tuple[datetime, Sequence[Notice]] | None = None
        # Rises with every change: what was read while one came in may be older than it and is not kept.
        self._changes = 0

    async def of(self, actor: Actor) -> Overview:
        """Everything the actor has, at most two seconds old."""
        now = wiring.clock().now()
        known = self._entries.get(actor.profile_id)
        if known is not None and now - known.overview.at < fresh_for(actor.profile_id, FRESH_FOR):
            return known.overview
        before = self._changes
        async with wiring.reading() as session:
            read = await queries.overview(session, actor, now)
        if before == self._changes:
            self._keep(actor.profile_id, read)
        return read

    async def notices(self) -> Sequence[Notice]:
        """Everything that is announced now; the same for everybody."""
        now = wiring.clock().now()
        if self._notices is not None and now - self._notices[0] < FRESH_FOR:
            return self._notices[1]
        async with wiring.reading() as session:
            read = await announcements.running(session, now)
        if self._notices is None or read != self._notices[1]:
            self._notices = (now, read)
        else:
            # The same again: what was made of it stays good, and pages share it.
            self._notices = (now, self._notices[1])
        return self._notices[1]

    def forget(self, subjects: Iterable[Subject]) -> None:
        """Drop whatever shows one of these."""
        self._changes += 1
        for subject in subjects:
            if subject.topic is Topic.CATALOGUE:
                self._entries.clear()
                self._concerned.clear()
                self._notices = None
            for profile_id in self._concerned.get(subject, set()).copy():
                self._drop(profile_id)

    def _keep(self, profile_id: int, read: Overview) -> None:
        self._drop(profile_id)
        subjects = (Subject(Topic.PROFILE, profile_id), *(part.key.subject for part in read.parts))
        self._entries[profile_id] = _Entry(read, subjects)
        for subject in subjects:
            self._concerned.setdefault(subject, set()).add(profile_id)
        while self._entries and self._oldest_is_superfluous(read.at):
            self._drop(next(iter(self._entries)))

    def _oldest_is_superfluous(self, now: datetime) -> bool:
        oldest = next(iter(self._entries.values()))
        return len(self._entries) > _ENTRIES_MAX or now - oldest.overview.at >= FRESH_FOR

    def _drop(self, profile_id: int) -> None:
        entry = self._entries.pop(profile_id, None)
        for subject in entry.subjects if entry else ():
            shown_to = self._concerned[subject]
            shown_to.discard(profile_id)
            if not shown_to:
                del self._concerned[subject]


overviews = Overviews()
wiring.listen(overviews.forget)
