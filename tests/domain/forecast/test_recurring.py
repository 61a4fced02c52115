"""When fees come again: month ends, leap years, both clock changes."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from mykyivstar.domain.catalogue.models import FeePeriod
from mykyivstar.domain.forecast.recurring import moments
from mykyivstar.kit.clock import KYIV, kyiv_date, kyiv_midnight

REPEATING = [FeePeriod.DAY, FeePeriod.FOUR_WEEKS, FeePeriod.MONTH]


def days(first: date, period: FeePeriod, until: date) -> list[str]:
    return [str(kyiv_date(each)) for each in moments(kyiv_midnight(first), period, kyiv_midnight(until))]


def test_the_31st_becomes_the_last_day_of_a_shorter_month_and_the_31st_again():
    found = days(date(2027, 12, 31), FeePeriod.MONTH, date(2028, 6, 1))
    assert found == ["2027-12-31", "2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30", "2028-05-31"]
    assert days(date(2027, 1, 30), FeePeriod.MONTH, date(2027, 3, 31)) == ["2027-01-30", "2027-02-28", "2027-03-30"]


def test_four_weeks_are_twenty_eight_days_and_a_day_is_a_day():
    assert days(date(2026, 12, 20), FeePeriod.FOUR_WEEKS, date(2027, 2, 15)) == [
        "2026-12-20",
        "2027-01-17",
        "2027-02-14",
    ]
    assert days(date(2027, 2, 27), FeePeriod.DAY, date(2027, 3, 2)) == ["2027-02-27", "2027-02-28", "2027-03-01"]


def test_what_comes_once_comes_once():
    assert days(date(2026, 12, 1), FeePeriod.ONCE, date(2027, 12, 1)) == ["2026-12-01"]


def test_the_end_is_not_in_it():
    assert days(date(2026, 12, 1), FeePeriod.MONTH, date(2027, 1, 1)) == ["2026-12-01"]


@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)),  # noqa: DTZ001  a day and a time in Kyiv
    st.sampled_from(REPEATING),
)
def test_each_keeps_its_time_of_day_in_kyiv_and_they_never_go_back(local: datetime, period: FeePeriod):
    first = local.replace(tzinfo=KYIV).astimezone(UTC)
    found = list(moments(first, period, first + timedelta(days=120)))
    assert found[0] == first
    assert all(earlier < later for earlier, later in pairwise(found))
    for each in found[1:]:
        shown = each.astimezone(KYIV)
        # A time that the clocks skip in March is an hour later that day.
        is_skipped = shown.replace(fold=0).utcoffset() != (shown - timedelta(hours=2)).utcoffset()
        assert is_skipped or shown.time() == first.astimezone(KYIV).time()


def test_a_daily_fee_is_taken_at_each_midnight_through_both_clock_changes():
    for change in (date(2026, 10, 25), date(2027, 3, 28)):
        found = list(
            moments(kyiv_midnight(change - timedelta(days=2)), FeePeriod.DAY, kyiv_midnight(change + timedelta(days=4)))
        )
        assert {each.astimezone(KYIV).time() for each in found} == {time(0)}
        assert [kyiv_date(each) for each in found] == [change + timedelta(days=n) for n in range(-2, 4)]
