"""Days of months, leap years and clock changes: a rule acts at ten in the morning of Kyiv, once in each month."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mykyivstar.domain.auto_top_up.timing import before_charge, days_named_by, due_on, next_monthly, tomorrow
from mykyivstar.domain.notifications.quiet import when_awake
from mykyivstar.kit.clock import KYIV, kyiv_date, kyiv_midnight
from mykyivstar.kit.period import Month, day_in_month

DAYS = st.dates(date(2024, 1, 1), date(2033, 1, 1))
DAY_OF_MONTH = st.integers(1, 31)
MOMENTS = st.integers(1_704_067_200, 1_988_150_400).map(lambda second: datetime.fromtimestamp(second, UTC))


@given(DAYS, DAY_OF_MONTH)
def test_each_day_of_month_falls_on_one_date_in_each_month(day: date, wanted: int):
    month = Month(day.year, day.month)
    dates = [month.first_day + timedelta(days=number) for number in range(month.days)]
    assert [each for each in dates if wanted in days_named_by(each)] == [day_in_month(month, wanted)]


@given(MOMENTS, DAY_OF_MONTH)
def test_the_next_time_is_the_first_one_after_now(at: datetime, wanted: int):
    moment = next_monthly(wanted, at)
    assert moment > at
    assert moment.astimezone(KYIV).strftime("%H:%M") == "10:00"
    assert wanted in days_named_by(kyiv_date(moment))
    days = (kyiv_date(moment) - kyiv_date(at)).days
    between = [kyiv_date(at) + timedelta(days=number) for number in range(days)]
    assert not [each for each in between if wanted in days_named_by(each) and due_on(each) > at]


@given(MOMENTS, DAY_OF_MONTH)
def test_from_time_to_time_it_is_a_month(at: datetime, wanted: int):
    first = next_monthly(wanted, at)
    second = next_monthly(wanted, first)
    assert Month.of(second) == Month.of(first).shifted(1)


@given(MOMENTS)
def test_the_day_before_a_charge_ends_before_it(at: datetime):
    due = before_charge(at)
    assert kyiv_date(due) == kyiv_date(at) - timedelta(days=1)
    assert timedelta(hours=13) <= kyiv_midnight(kyiv_date(at)) - due <= timedelta(hours=15)


@given(MOMENTS)
def test_nobody_is_woken(at: datetime):
    sent = when_awake(at)
    assert 9 <= sent.astimezone(KYIV).hour < 21
    assert timedelta(0) <= sent - at <= timedelta(hours=13)
    assert when_awake(sent) == sent


@pytest.mark.parametrize(
    ("at", "day", "expected"),
    [
        ("2028-02-10T00:00", 31, "2028-02-29T10:00"),
        ("2027-02-10T00:00", 30, "2027-02-28T10:00"),
        ("2026-11-30T09:59", 31, "2026-11-30T10:00"),
        ("2026-11-30T10:00", 31, "2026-12-31T10:00"),
        ("2026-12-31T10:00", 1, "2027-01-01T10:00"),
        # The clocks go forward on 28 March 2027 and back on 31 October 2027.
        ("2027-03-27T12:00", 28, "2027-03-28T10:00"),
        ("2027-10-30T12:00", 31, "2027-10-31T10:00"),
    ],
)
def test_months_that_are_short_and_days_of_clock_changes(at: str, day: int, expected: str):
    moment = next_monthly(day, datetime.fromisoformat(at).replace(tzinfo=KYIV).astimezone(UTC))
    assert moment.astimezone(KYIV).strftime("%Y-%m-%dT%H:%M") == expected


def test_tomorrow_is_tomorrow_in_kyiv():
    late = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)  # half past midnight of the 23rd in Kyiv
    assert tomorrow(late) == datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
