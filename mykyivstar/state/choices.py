"""What people have in hand, kept for when they come back.

A click must not wait for a disk, and people click through their lines quickly: what was chosen is written a moment
later, everybody's of that moment together. A process that dies in between forgets at most that moment's clicks.
"""

from collections.abc import Mapping

from mykyivstar import wiring
from mykyivstar.db.changes import Subject, Topic
from mykyivstar.domain.lines import service
from mykyivstar.domain.lines.keys import HoldingKey
from mykyivstar.kit.later import Later
from mykyivstar.state.overviews import overviews


async def _write(chosen: Mapping[int, HoldingKey]) -> None:
    async with wiring.unit_of_work() as session:
        await service.remember_chosen(session, chosen, at=wiring.clock().now())
    overviews.forget(Subject(Topic.PROFILE, profile_id) for profile_id in chosen)


# Of each profile, what it took in hand last.
choices: Later[int, HoldingKey] = Later(_write)
