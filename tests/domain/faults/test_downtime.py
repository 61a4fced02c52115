"""What a time without internet is worth."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mykyivstar.domain.catalogue.models import FeePeriod
from mykyivstar.domain.faults import downtime
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month, Period

START = datetime(2026, 11, 20, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)


def hours(first: float, last: float) -> Period:
    return Period(START + first * HOUR, START + last * HOUR)


def test_a_month_is_counted_in_its_own_minutes() -> None:
    found = downtime.worth(Money.uah(300), FeePeriod.MONTH, [hours(0, 6)])
    assert [(part.period, part.minutes, part.of_minutes) for part in found.parts] == [("2026-11", 360, 30 * 24 * 60)]
    assert found.amount == Money.uah(2, 50)


def test_over_the_end_of_a_month_each_month_counts_by_itself() -> None:
    midnight = Month(2026, 11).period.end
    found = downtime.worth(Money.uah(310), FeePeriod.MONTH, [Period(midnight - 24 * HOUR, midnight + 24 * HOUR)])
    assert [(part.period, part.minutes) for part in found.parts] == [("2026-11", 1440), ("2026-12", 1440)]
    # 310/30 + 310/31, rounded once.
    assert found.amount == Money.uah(20, 33)


def test_the_month_of_the_clock_change_is_an_hour_longer() -> None:
    assert Month(2026, 10).period.end - Month(2026, 10).period.start == timedelta(days=31, hours=1)
    october = Period(*(getattr(Month(2026, 10).period, name) for name in ("start", "end")))
    assert downtime.worth(Money.uah(300), FeePeriod.MONTH, [october]).amount == Money.uah(300)


@pytest.mark.parametrize(
    ("period", "amount"), [(FeePeriod.FOUR_WEEKS, 268), (FeePeriod.DAY, 7500), (FeePeriod.ONCE, 0)]
)
def test_other_periods_of_a_fee(period: FeePeriod, amount: int) -> None:
    assert downtime.worth(Money.uah(300), period, [hours(0, 6)]).amount == Money(amount)


def test_the_free_time_is_taken_from_the_beginning() -> None:
    left = downtime.beyond([hours(0, 3), hours(5, 9)], 4 * HOUR)
    assert left == [hours(6, 9)]
    assert downtime.beyond([hours(0, 4)], 4 * HOUR) == []


def test_what_others_counted_is_left_out() -> None:
    assert downtime.without([hours(0, 10)], [hours(2, 4), hours(9, 12)]) == [hours(0, 2), hours(4, 9)]
    assert downtime.without([hours(0, 10)], [hours(-1, 11)]) == []


def test_begun_minutes_count() -> None:
    found = downtime.whole_minutes(START + timedelta(seconds=59), START + timedelta(minutes=5, seconds=1))
    assert downtime.minutes_of([found]) == 6


moments = st.integers(0, 2000).map(lambda minutes: START + timedelta(minutes=minutes))
spans = st.tuples(moments, moments).map(lambda pair: Period(min(pair), max(pair)))


@given(spans, st.lists(spans, max_size=4), st.integers(0, 600))
def test_nothing_is_counted_twice_or_from_nowhere(whole: Period, taken: list[Period], free: int) -> None:
    left = downtime.without([whole], taken)
    covered = {m for each in left for m in range(_minute(each.start), _minute(each.end))}
    of_others = {m for each in taken for m in range(_minute(each.start), _minute(each.end))}
    assert covered == set(range(_minute(whole.start), _minute(whole.end))) - of_others
    assert downtime.minutes_of(left) == len(covered)
    counted = downtime.beyond(left, timedelta(minutes=free))
    assert downtime.minutes_of(counted) == max(len(covered) - free, 0)


@given(spans, st.integers(1, 100_000))
def test_a_share_of_a_month_is_never_more_than_its_fee(whole: Period, fee: int) -> None:
    amount = downtime.worth(Money(fee), FeePeriod.MONTH, [whole]).amount
    assert Money.ZERO <= amount <= Money(fee)


def _minute(moment: datetime) -> int:
    return int((moment - START).total_seconds()) // 60
