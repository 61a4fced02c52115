"""Refreshes that are on their way to a tab: what has not begun yet will see whatever is written until then.

Under load a tab is told of the tenth message before it has been given the first; once is enough.
"""

from mykyivstar.kit.clock import monotonic

# One that has not begun for so long was lost with its tab, or waits behind so much that another does no harm.
_LOST_AFTER_S = 2.0


class Pushes:
    """Per process, by the tab's token and the event's name."""

    def __init__(self) -> None:
        self._under_way: dict[tuple[str, str], float] = {}

    def may_go(self, token: str, name: str) -> bool:
        """Whether to send this one; False while one like it has been sent and has not begun."""
        now = monotonic()
        if now - self._under_way.get((token, name), -_LOST_AFTER_S) < _LOST_AFTER_S:
            return False
        self._under_way[token, name] = now
        return True

    def begun(self, token: str, name: str) -> None:
        """It is about to read: what is written from now on needs another."""
        self._under_way.pop((token, name), None)

    def forget_lost(self) -> None:
        """Let go of those that never began."""
        oldest = monotonic() - _LOST_AFTER_S
        for key in [key for key, since in self._under_way.items() if since < oldest]:
            del self._under_way[key]


pushes = Pushes()
