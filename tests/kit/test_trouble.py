"""Trouble that comes twice a second is told often enough, and no more."""

import logging
from collections.abc import Iterator

import pytest

from mykyivstar.kit import trouble
from mykyivstar.kit.trouble import AGAIN_AFTER_S, Trouble

log = logging.getLogger("tests.trouble")


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock to turn: its one element is the time."""
    moment = [1_000.0]
    monkeypatch.setattr(trouble, "monotonic", lambda: moment[0])
    return moment


@pytest.fixture
def told() -> Iterator[list[logging.LogRecord]]:
    """What was logged."""
    lines: list[logging.LogRecord] = []
    handler = logging.Handler()
    handler.emit = lines.append
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    yield lines
    log.removeHandler(handler)


def test_the_same_trouble_is_told_once_a_minute_and_without_a_traceback(now, told) -> None:
    disk = Trouble(log, "jobs wait for the database")
    for _ in range(240):
        disk.met(OSError("disk full"))
        now[0] += 0.5
    assert AGAIN_AFTER_S == 60.0
    lines = [(record.getMessage(), record.reason) for record in told]
    assert lines == [("jobs wait for the database", "disk full")] * 2
    assert [record.exc_info for record in told] == [None, None]


def test_other_trouble_is_told_at_once_and_so_is_the_end_of_it(now, told) -> None:
    disk = Trouble(log, "jobs wait")
    disk.over()
    disk.met(OSError("disk full"))
    disk.met(OSError("gone\n away"))
    disk.met(TimeoutError())
    disk.over()
    disk.over()
    disk.met(OSError("disk full"))
    reasons = [getattr(record, "reason", "") for record in told]
    assert reasons == ["disk full", "gone away", "TimeoutError", "", "disk full"]
    assert told[3].getMessage() == "jobs wait: over"
