"""What is counted while we run; `/metrics` shows it. Names and labels are a contract with whoever draws the graphs."""

from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import Counter, Histogram

from mykyivstar.kit.clock import monotonic
from mykyivstar.kit.errors import CustomerError

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

EVENTS = Histogram(
    "mykyivstar_event_seconds",
    "Events of the interface, by handler and outcome.",
    ["handler", "outcome"],
    buckets=_SECONDS,
)
REQUESTS = Histogram(
    "mykyivstar_request_seconds", "HTTP requests, by kind and status class.", ["kind", "status"], buckets=_SECONDS
)
INCIDENTS = Counter("mykyivstar_incidents_total", "Failures that somebody saw.")


@contextmanager
def timed_event(handler: str) -> Iterator[None]:
    """Measure one event: "ok", "refused" when a CustomerError leaves the block, "failed" for any other error."""
    started, outcome = monotonic(), "failed"
    try:
        yield
        outcome = "ok"
    except CustomerError:
        outcome = "refused"
        raise
    finally:
        EVENTS.labels(handler, outcome).observe(monotonic() - started)
