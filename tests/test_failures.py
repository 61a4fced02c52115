"""What the person and the log are told when we are wrong."""

import logging
import re

import pytest

from mykyivstar.failures import on_failure
from mykyivstar.guard.middleware import Forbidden


def test_a_failure_is_told_by_a_number_and_nothing_of_the_inside(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        event = on_failure(ValueError("secret detail of 380671234567"))
    assert event is not None
    said = str(event.args)
    incident = re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}", said)
    assert incident
    assert "secret detail" not in said
    assert getattr(caplog.records[-1], "incident", "") == incident[0]


def test_a_forbidden_call_tells_its_caller_nothing(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert on_failure(Forbidden("state.setvar")) is None
    assert "nobody may make" in caplog.text
