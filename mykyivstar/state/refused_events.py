"""Events that wait for a fresh proof (O9), to be repeated after it.

Their arguments may hold a password, so they wait in the memory of this process and nowhere else: not in a state, which
is stored and may be sent. Should the process go, the person presses the button again; what was typed is still there.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mykyivstar.domain.identity.actor import PROOF_IS_FRESH_FOR

_WAITING_MAX = 10_000


@dataclass(frozen=True, slots=True)
class RefusedEvent:
    """A handler by its full name, what it was called with, and when."""

    name: str
    arguments: Mapping[str, Any]
    at: datetime


class RefusedEvents:
    """One per tab of a session; bounded, per process."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[tuple[int, str], RefusedEvent] = OrderedDict()

    def keep(self, session_id: int, tab: str, event: RefusedEvent) -> None:
        """Let this event wait in place of an earlier one of the tab."""
        self._waiting.pop((session_id, tab), None)
        self._waiting[session_id, tab] = event
        if len(self._waiting) > _WAITING_MAX:
            self._waiting.popitem(last=False)

    def take(self, session_id: int, tab: str, at: datetime) -> RefusedEvent | None:
        """The event that waits, once; None when there is none or nobody came back in time."""
        event = self._waiting.pop((session_id, tab), None)
        return event if event is not None and at - event.at <= PROOF_IS_FRESH_FOR else None


refused_events = RefusedEvents()
