"""What a fee comes to on a day, for months of every length, leap years and clock changes."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mykyivstar.domain.billing.calendar import following, rhythm_day
from mykyivstar.domain.billing.terms import Holds, Price, Term, term
from mykyivstar.domain.catalogue.models import FeePeriod
from mykyivstar.domain.ledger.models import OperationKind
from mykyivstar.kit.clock import kyiv_date, kyiv_midnight
from mykyivstar.kit.money import Money

DAYS = st.dates(date(2023, 1, 1), date(2032, 12, 31))
RECURRING = st.sampled_from([FeePeriod.DAY, FeePeriod.FOUR_WEEKS, FeePeriod.MONTH])


def price(fee: int = 100_00, period: FeePeriod = FeePeriod.MONTH, **fields: Any) -> Price:
    return Price(1, OperationKind.TARIFF_FEE, "fast", Money(fee), period, **fields)


def taken(due: date, day: date, holds: Holds, kept: int | None = None, **fields: Any) -> Term:
    return term(price(**fields), kyiv_midnight(due), kept, day=day, holds=holds)


def chain(first: date, times: int) -> list[date]:
    """The days of a monthly fee, each found from the row that the one before it left."""
    due, kept, days = first, None, [first]
    for _ in range(times):
        fee = taken(due, due, Holds.LINE, kept)
        assert fee.next_at is not None
        due, kept = kyiv_date(fee.next_at), fee.charge_day
        days.append(due)
    return days


def test_the_31st_is_the_31st_again_after_shorter_months() -> None:
    assert chain(date(2028, 1, 31), 4) == [
        date(2028, 1, 31),
        date(2028, 2, 29),
        date(2028, 3, 31),
        date(2028, 4, 30),
        date(2028, 5, 31),
    ]


def test_the_30th_is_hidden_by_february_alone() -> None:
    assert [day.day for day in chain(date(2027, 1, 30), 14)] == [30, 28, *[30] * 11, 29, 30]


def test_a_29_february_is_the_29th_of_other_months() -> None:
    assert chain(date(2028, 2, 29), 2)[1:] == [date(2028, 3, 29), date(2028, 4, 29)]


def test_a_day_that_an_import_set_is_what_counts() -> None:
    """What the row keeps of an older rhythm says nothing about a day in the middle of a month."""
    assert rhythm_day(date(2026, 12, 5), kept=31) == 5
    assert rhythm_day(date(2026, 11, 30), kept=31) == 31


@pytest.mark.parametrize(
    ("due", "moment"),
    [
        (date(2027, 2, 28), datetime(2027, 3, 27, 22, tzinfo=UTC)),  # the clock goes forward on 28 March at three
        (date(2026, 9, 27), datetime(2026, 10, 24, 21, tzinfo=UTC)),  # and back on 25 October at four
    ],
)
def test_a_fee_is_due_at_kyiv_midnight_on_the_days_of_clock_changes(due: date, moment: datetime) -> None:
    fee = taken(due, due, Holds.LINE, period=FeePeriod.FOUR_WEEKS)
    assert fee.next_at == moment


@given(first=DAYS, times=st.integers(1, 40))
def test_a_monthly_fee_is_due_once_in_every_month_on_its_own_day(first: date, times: int) -> None:
    days = chain(first, times)
    months = [day.year * 12 + day.month for day in days]
    assert months == list(range(months[0], months[0] + times + 1))
    assert all(day.day == first.day or (day + timedelta(days=1)).day == 1 for day in days)


@given(due=DAYS, late=st.integers(1, 400), period=RECURRING)
def test_a_late_fee_of_a_line_is_whole_and_begins_anew(due: date, late: int, period: FeePeriod) -> None:
    day = due + timedelta(days=late)
    fee = taken(due, day, Holds.LINE, period=period)
    assert fee.amount == Money(100_00)
    assert fee.next_at is not None
    assert kyiv_date(fee.next_at) == following(day, period)
    assert fee.explanation["period"].startswith(f"{day}/")


@given(due=DAYS, late=st.integers(0, 400), period=RECURRING, fee=st.integers(0, 10**6))
def test_a_late_fee_of_home_internet_is_for_the_days_that_are_left(
    due: date, late: int, period: FeePeriod, fee: int
) -> None:
    day = due + timedelta(days=late)
    found = taken(due, day, Holds.INTERNET, fee=fee, period=period)
    assert found.next_at is not None
    end = kyiv_date(found.next_at)
    assert day < end
    assert Money.ZERO <= found.amount <= Money(fee)
    if "days" in found.explanation:
        days, whole = found.explanation["days"], found.explanation["of_days"]
        assert 0 < days < whole
        assert (end - day).days == days
        # Half up to the kopiyka.
        assert abs(found.amount.kopiykas * 2 * whole - fee * 2 * days) <= whole
    else:
        assert found.amount == Money(fee)


@given(due=DAYS, late=st.integers(0, 400))
def test_what_is_taken_late_keeps_the_rhythm_of_home_internet(due: date, late: int) -> None:
    found = taken(due, due + timedelta(days=late), Holds.INTERNET)
    assert found.next_at is not None
    end = kyiv_date(found.next_at)
    assert end.day == due.day or (end + timedelta(days=1)).day == 1


@given(fee=st.integers(1, 10**6), holds=st.sampled_from(Holds), late=st.integers(0, 40))
def test_net_vat_and_duty_are_the_amount(fee: int, holds: Holds, late: int) -> None:
    found = taken(date(2026, 12, 1), date(2026, 12, 1) + timedelta(days=late), holds, fee=fee)
    parts = found.explanation
    assert parts["net"] + parts["vat"] + parts["duty"] == found.amount.kopiykas


def test_a_fee_is_taken_once_for_a_package_of_a_week() -> None:
    package = [{"kind": "data", "amount": 1, "days": 7}]
    fee = taken(date(2026, 12, 1), date(2026, 12, 3), Holds.LINE, period=FeePeriod.ONCE, package=package)
    assert (fee.next_at, fee.lasts_until) == (None, kyiv_midnight(date(2026, 12, 10)))
