"""The number-validity clock (N4)."""

from datetime import UTC, datetime, timedelta

import pytest

from mykyivstar.domain.overview.validity import Phase, Validity
from mykyivstar.kit.clock import kyiv_midnight

ACTIVE_UNTIL = kyiv_midnight(datetime(2026, 12, 6, tzinfo=UTC).date())
RECEIVING_UNTIL = kyiv_midnight(datetime(2027, 3, 7, tzinfo=UTC).date())
CLOCK = Validity(ACTIVE_UNTIL, RECEIVING_UNTIL)
TICK = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("at", "phase", "ends", "days"),
    [
        (ACTIVE_UNTIL - timedelta(days=14), Phase.ACTIVE, ACTIVE_UNTIL, 14),
        (ACTIVE_UNTIL - TICK, Phase.ACTIVE, ACTIVE_UNTIL, 1),
        (ACTIVE_UNTIL, Phase.RECEIVING, RECEIVING_UNTIL, 91),
        (RECEIVING_UNTIL - TICK, Phase.RECEIVING, RECEIVING_UNTIL, 1),
        (RECEIVING_UNTIL, Phase.ENDED, RECEIVING_UNTIL, 0),
        (RECEIVING_UNTIL + timedelta(days=9), Phase.ENDED, RECEIVING_UNTIL, 0),
    ],
)
def test_the_phases_follow_each_other_without_a_gap(at: datetime, phase: Phase, ends: datetime, days: int):
    assert (CLOCK.phase(at), CLOCK.ends_at(at), CLOCK.days_left(at)) == (phase, ends, days)


def test_a_number_whose_second_phase_is_not_known_goes_on_receiving():
    unknown = Validity(ACTIVE_UNTIL, None)
    late = ACTIVE_UNTIL + timedelta(days=1000)
    assert (unknown.phase(late), unknown.ends_at(late), unknown.days_left(late)) == (Phase.RECEIVING, None, None)


@pytest.mark.parametrize(("month", "day"), [(3, 29), (10, 25)])
def test_days_are_those_of_the_kyiv_calendar_over_clock_changes(month: int, day: int):
    until = kyiv_midnight(datetime(2026, month, day + 2, tzinfo=UTC).date())
    at = kyiv_midnight(datetime(2026, month, day - 3, tzinfo=UTC).date())
    assert Validity(until, None).days_left(at) == 5
