"""What people have seen, written for all of them together a moment later: nobody waits for a disk because of it."""

from collections.abc import Mapping

from mykyivstar import wiring
from mykyivstar.domain.support import seen
from mykyivstar.domain.support.seen import Eyes
from mykyivstar.kit.later import Later


async def _write(newest: Mapping[Eyes, int]) -> None:
    async with wiring.unit_of_work() as session:
        await seen.write(session, newest)


class Marks(Later[Eyes, int]):
    """Of each pair of eyes the newest message. What a dying process loses, the tabs say again when they load anew."""

    def note(self, key: Eyes, value: int) -> None:
        """Have this written in a moment, unless something newer waits already: another tab was quicker."""
        super().note(key, max(value, self._waiting.get(key, 0)))


marks = Marks(_write)
