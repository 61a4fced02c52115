"""What happens when we are wrong: an incident number for the person and for the log, and nothing of the inside."""

import logging

from reflex.event import EventSpec

from mykyivstar.guard.middleware import Forbidden
from mykyivstar.logs import report
from mykyivstar.metrics import INCIDENTS
from mykyivstar.state.failure import FailureState

log = logging.getLogger(__name__)


def on_failure(exception: Exception) -> EventSpec | None:
    """The framework's handler of last resort for events."""
    if isinstance(exception, Forbidden):
        log.warning("refused a call that nobody may make", extra={"handler": str(exception)})
        return None
    INCIDENTS.inc()
    return FailureState.happened(report(exception, "an event failed"))
