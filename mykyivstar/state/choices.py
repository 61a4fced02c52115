"""What people have in hand, kept for when they come back.

A click must not wait for a disk, and people click through their lines quickly: what was chosen is written a moment
later, everybody's of that moment together. A process that dies in between forgets at most that moment's clicks.
"""

from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime

from mykyivstar import wiring
from mykyivstar.domain.lines import service
from mykyivstar.domain.lines.keys import HoldingKey
from mykyivstar.domain.overview.models import Overview, Part
from mykyivstar.kit.later import Later

_ENTRIES_MAX = 10_000


class Choices:
    """Per process."""

    def __init__(self) -> None:
        # What each profile took in hand last, and when: a reading may be older than that.
        self._latest: OrderedDict[int, tuple[HoldingKey, datetime]] = OrderedDict()
        self._later: Later[int, HoldingKey] = Later(self._write)

    def note(self, profile_id: int, key: HoldingKey) -> None:
        """Remember that this profile has taken this in hand."""
        self._latest[profile_id] = (key, wiring.clock().now())
        self._latest.move_to_end(profile_id)
        if len(self._latest) > _ENTRIES_MAX:
            self._latest.popitem(last=False)
        self._later.note(profile_id, key)

    def last(self, profile_id: int, whole: Overview) -> Part | None:
        """What this profile last took in hand, clicks of this very moment included."""
        read = whole.last_chosen
        if (noted := self._latest.get(profile_id)) is None:
            return read
        key, at = noted
        is_newer = read is None or read.chosen_at is None or read.chosen_at < at
        return (whole.part(str(key)) if is_newer else None) or read

    async def keep(self) -> None:
        """Write what waits, now."""
        await self._later.keep()

    async def _write(self, chosen: Mapping[int, HoldingKey]) -> None:
        async with wiring.unit_of_work() as session:
            await service.remember_chosen(session, chosen, at=wiring.clock().now())


choices = Choices()
