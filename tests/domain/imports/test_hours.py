"""Opening hours that a program could not read do not get in."""

import pytest

from mykyivstar.domain.imports.hours import opening_hours
from mykyivstar.domain.imports.problems import BadValue


@pytest.mark.parametrize(
    "hours",
    [
        "24/7",
        "Mo-Su 10:00-21:00",
        "Mo-Fr 09:00-19:00; Sa 10:00-18:00; Su 10:00-17:00",
        "Mo-Fr 09:00-19:00; Sa 10:00-17:00; Su,PH off",
        "Mo-Fr 09:00-13:00,14:00-18:00; Sa 09:00-15:00; Su off",
        "Mo-Su 10:00-20:00; Dec 31 10:00-17:00; Jan 01 off",
        "Mo-Sa 09:00-18:00; Su 10:00-15:00; Jan 01,Dec 25 off",
        "Mo,We,Fr 09:00-18:00, Sa 10:00-14:00",
        "10:00-20:00",
        "Fr-Sa 18:00-02:00",
        "Apr-Oct: Mo-Su 09:00-21:00; Nov-Mar: Mo-Su 09:00-19:00",
        'Mo-Fr 09:00-18:00; Su off "closed; ring the bell"',
        "off",
    ],
)
def test_the_openstreetmap_syntax_is_accepted(hours):
    assert opening_hours(hours) == hours


@pytest.mark.parametrize(
    "hours",
    ["щодня", "9-18", "Mon-Fri 09:00-18:00", "Пн-Пт 09:00-18:00", "Mo-Fr 9.00-18.00", "Mo-Fr 09:00", "Mo-Fr 09:00-"],
)
def test_other_writings_are_refused(hours):
    with pytest.raises(BadValue, match="cannot be read"):
        opening_hours(hours)


@pytest.mark.parametrize("hours", ["Mo-Fr 09:60-18:00", "Mo-Fr 09:00-49:00"])
def test_times_that_no_clock_shows_are_refused(hours):
    with pytest.raises(BadValue, match="cannot be read"):
        opening_hours(hours)
