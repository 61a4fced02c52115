"""Times are moments, by the clock that the file went by."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from mykyivstar.domain.imports.moments import reader
from mykyivstar.domain.imports.problems import BadValue


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-22T10:00:00Z", utc(2026, 11, 22, 10)),
        ("2026-11-22T12:00:00+02:00", utc(2026, 11, 22, 10)),
        ("2026-11-22 12:00:00", utc(2026, 11, 22, 10)),
        ("2026-07-22 12:00", utc(2026, 7, 22, 9)),
        ("2026-11-22", utc(2026, 11, 21, 22)),
        ("20261122T120000", utc(2026, 11, 22, 10)),
        ("22.11.2026 12:00:05", utc(2026, 11, 22, 10, 0, 5)),
        ("22.11.2026 12:00", utc(2026, 11, 22, 10)),
        ("22.11.2026", utc(2026, 11, 21, 22)),
        ("2026-11-22T10:00:00.25Z", utc(2026, 11, 22, 10, 0, 0, 250_000)),
    ],
)
def test_usual_writings_without_an_offset_are_of_the_kyiv_clock(text, moment):
    assert reader()(text) == moment


def test_another_zone_and_format_come_from_the_mapping():
    read = reader(("%m/%d/%y %H:%M",), ZoneInfo("America/New_York"))
    assert read("11/22/26 05:00") == utc(2026, 11, 22, 10)
    with pytest.raises(BadValue, match="is not written as"):
        read("2026-11-22 05:00")


def test_several_formats_are_tried_in_their_order():
    read = reader(("%Y%m%d%H%M%S", "%Y%m%d"), ZoneInfo("UTC"))
    assert read("20261122100000") == utc(2026, 11, 22, 10)
    assert read("20261122") == utc(2026, 11, 22)


def test_seconds_and_milliseconds_since_1970():
    assert reader(("unix",))("1795341600") == utc(2026, 11, 22, 10)
    assert reader(("unix_ms",))("1795341600500") == utc(2026, 11, 22, 10, 0, 0, 500_000)


def test_the_hour_that_the_clock_left_out_does_not_exist():
    # On 29 March 2026 the clock went from 03:00 to 04:00.
    assert reader()("2026-03-29 02:59:59") == utc(2026, 3, 29, 0, 59, 59)
    with pytest.raises(BadValue, match="does not exist: the clock of Europe/Kyiv was put forward"):
        reader()("2026-03-29 03:30:00")
    assert reader()("2026-03-29 04:00:00") == utc(2026, 3, 29, 1)


def test_the_hour_that_the_clock_showed_twice_is_the_first():
    # On 25 October 2026 the clock went from 04:00 back to 03:00.
    assert reader()("2026-10-25 03:30:00") == utc(2026, 10, 25, 0, 30)
    assert reader()("2026-10-25T03:30:00+02:00") == utc(2026, 10, 25, 1, 30)


@pytest.mark.parametrize("text", ["yesterday", "2026-13-01", "2026-02-30", "31.02.2026", "12:00", "1", "26.11.22"])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(BadValue, match="is not a date or time"):
        reader()(text)


def test_slashes_could_be_american():
    with pytest.raises(BadValue, match="is the day or the month first"):
        reader()("11/12/2026")


@pytest.mark.parametrize("text", ["1970-01-01", "0001-01-01", "9999-12-31", "1989-12-31 23:59:59"])
def test_years_that_nobody_can_mean_are_refused(text):
    with pytest.raises(BadValue, match="outside the years 1990 to 2100"):
        reader()(text)
