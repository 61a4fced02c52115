"""Which months can be compared, and from which day on there are any."""

from datetime import UTC, date, datetime

import pytest

from mykyivstar.domain.advice.case import Reach
from mykyivstar.kit.period import Month

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
LONG_AGO = datetime(2025, 1, 10, tzinfo=UTC)


def reach(first_use: datetime, activated_at: datetime | None = None, at: datetime = NOW) -> list[str]:
    return [str(month) for month in Reach.of(activated_at=activated_at, first_use=first_use, at=at).months]


def test_three_whole_months_before_this_one() -> None:
    assert reach(LONG_AGO) == ["2026-08", "2026-09", "2026-10"]
    # Until the last second of the month in Kyiv, and from the first of the next one.
    assert reach(LONG_AGO, at=datetime(2026, 11, 30, 21, 59, 59, tzinfo=UTC))[-1] == "2026-10"
    assert reach(LONG_AGO, at=datetime(2026, 11, 30, 22, tzinfo=UTC))[-1] == "2026-11"


@pytest.mark.parametrize(
    ("activated", "months"),
    [
        # Midnight in Kyiv, and a second earlier: the month is whole, or begun the day before.
        (datetime(2026, 8, 31, 21, tzinfo=UTC), ["2026-09", "2026-10"]),
        (datetime(2026, 8, 31, 20, 59, 59, tzinfo=UTC), ["2026-09", "2026-10"]),
        (datetime(2026, 9, 1, 21, tzinfo=UTC), ["2026-10"]),
        (datetime(2026, 10, 2, 12, tzinfo=UTC), []),
    ],
)
def test_a_month_counts_when_the_number_was_there_from_its_first_day(activated: datetime, months: list[str]) -> None:
    assert reach(activated, activated) == months


def test_a_new_number_learns_from_which_day_on() -> None:
    begun = datetime(2026, 11, 3, 9, tzinfo=UTC)
    found = Reach.of(activated_at=begun, first_use=begun, at=NOW)
    assert (found.months, found.first_advice, found.full_from) == ([], date(2027, 1, 1), date(2027, 3, 1))
    assert found.is_short
    later = Reach.of(activated_at=begun, first_use=begun, at=datetime(2027, 1, 1, 10, tzinfo=UTC))
    assert later.months == [Month(2026, 12)]


def test_records_that_begin_late_do_not_make_silent_months() -> None:
    assert reach(datetime(2026, 9, 5, tzinfo=UTC), LONG_AGO) == ["2026-09", "2026-10"]
    assert reach(datetime(2026, 9, 20, tzinfo=UTC), LONG_AGO) == ["2026-10"]
