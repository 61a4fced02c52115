"""How many events one browser may send: enough for the quickest hand, not for a flood."""

from collections import OrderedDict

from mykyivstar.kit.clock import monotonic

_BROWSERS_MAX = 20_000


class Pace:
    """A token bucket per key."""

    def __init__(self, *, per_second: float, burst: int) -> None:
        """`per_second` 0 switches the limit off."""
        self._per_second = per_second
        self._burst = burst
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allows(self, key: str) -> bool:
        """Count one event; False when it comes too soon."""
        if not self._per_second or not key:
            return True
        now = monotonic()
        left, last = self._buckets.pop(key, (float(self._burst), now))
        left = min(self._burst, left + (now - last) * self._per_second)
        allowed = left >= 1
        self._buckets[key] = (left - 1 if allowed else left, now)
        if len(self._buckets) > _BROWSERS_MAX:
            self._buckets.popitem(last=False)
        return allowed
