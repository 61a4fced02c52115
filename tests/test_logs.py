"""Logs: numbers masked wherever they hide, incidents that can be found."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from mykyivstar import logs
from mykyivstar.kit.msisdn import Msisdn


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """Everything that is logged, as lines of JSON."""
    root = logging.getLogger()
    handlers, level, stream = root.handlers[:], root.level, io.StringIO()
    logs.configure("json", stream=stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)


def lines(written: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


@pytest.mark.parametrize(
    "text",
    [
        "380671234567",
        "+380671234567",
        "067 123 45 67",
        "(067)123-45-67",
        "80671234567",
        "+380 67 123 45 67",
        "0671234567",
    ],
)
def test_a_number_is_masked_in_every_usual_way_of_writing(text: str) -> None:
    assert logs.mask(f"code sent to {text}.") == "code sent to 38067*****67."


@pytest.mark.parametrize(
    "text", ["order 1234567", "2026-11-22T10:00:00.123456Z", "id 12345678901234567890", "0.25 s", "port 3000"]
)
def test_other_digits_stay(text: str) -> None:
    assert logs.mask(text) == text


def test_numbers_are_masked_in_messages_facts_and_exceptions(written: io.StringIO) -> None:
    log = logging.getLogger("test")
    try:
        raise ValueError("no line 380671234567")  # noqa: TRY301
    except ValueError:
        log.exception(
            "failed for %s",
            "+380671234567",
            extra={"to": Msisdn("380671234567"), "all": [380671234567], "by": {"a": "0671234567"}},
        )
    [line] = lines(written)
    assert "1234567" not in json.dumps(line)
    assert line["to"] == "38067*****67"
    assert line["event"] == "failed for 38067*****67"
    assert "no line 38067*****67" in str(line["exception"])


def test_an_incident_is_in_the_log_with_its_cause(written: io.StringIO) -> None:
    incident = logs.report(RuntimeError("broken"), "a page failed", page="/home")
    [line] = lines(written)
    assert line["incident"] == incident
    assert line["page"] == "/home"
    assert "RuntimeError: broken" in str(line["exception"])
    assert len(incident) == 9
