"""The next charge, to the kopiyka and to the Kyiv day."""

from datetime import UTC, datetime, timedelta

import pytest

from mykyivstar.domain.overview.charges import Due, NextCharge, missing_for, next_charge
from mykyivstar.kit.clock import kyiv_midnight
from mykyivstar.kit.money import Money

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
FEE, EXTRA = Money.uah(275), Money.uah(15, 50)


def midnight(month: int, day: int, year: int = 2026) -> datetime:
    return kyiv_midnight(datetime(year, month, day, tzinfo=UTC).date())


def test_nothing_regular_is_no_charge():
    assert next_charge([], NOW) is None
    assert next_charge([Due(midnight(12, 1), Money.ZERO)], NOW) is None


def test_fees_of_the_first_day_come_together_and_later_ones_do_not():
    dues = [
        Due(midnight(12, 3), Money.uah(999)),
        Due(midnight(12, 1) + timedelta(hours=14), EXTRA),
        Due(midnight(12, 1), FEE),
    ]
    assert next_charge(dues, NOW) == NextCharge(midnight(12, 1), Money.uah(290, 50))


def test_a_day_ends_at_midnight_in_kyiv():
    last_moment = midnight(12, 2) - timedelta(microseconds=1)
    dues = [Due(midnight(12, 1), FEE), Due(last_moment, EXTRA)]
    assert next_charge(dues, NOW) == NextCharge(midnight(12, 1), FEE + EXTRA)
    dues = [Due(midnight(12, 1), FEE), Due(midnight(12, 2), EXTRA)]
    assert next_charge(dues, NOW) == NextCharge(midnight(12, 1), FEE)


@pytest.mark.parametrize(("month", "day", "hours"), [(3, 29, 23), (10, 25, 25)])
def test_the_days_of_the_clock_changes_are_whole_days(month: int, day: int, hours: int):
    start, end = midnight(month, day), midnight(month, day + 1)
    assert end - start == timedelta(hours=hours)
    dues = [Due(start, FEE), Due(end - timedelta(seconds=1), EXTRA), Due(end, Money.uah(1))]
    assert next_charge(dues, start - timedelta(days=3)) == NextCharge(start, FEE + EXTRA)


def test_an_unknown_fee_makes_the_amount_unknown_and_not_smaller():
    charge = next_charge([Due(midnight(12, 1), None), Due(midnight(12, 1), FEE)], NOW)
    assert charge == NextCharge(midnight(12, 1), None)
    later = next_charge([Due(midnight(12, 1), FEE), Due(midnight(12, 9), None)], NOW)
    assert later == NextCharge(midnight(12, 1), FEE)


def test_what_is_overdue_is_taken_together_with_todays():
    dues = [Due(midnight(11, 20), FEE), Due(midnight(11, 22), EXTRA), Due(midnight(11, 23), Money.uah(1))]
    assert next_charge(dues, NOW) == NextCharge(midnight(11, 20), FEE + EXTRA, is_overdue=True)


def test_a_charge_is_overdue_only_after_its_moment():
    due = [Due(NOW, FEE)]
    assert next_charge(due, NOW) == NextCharge(NOW, FEE)
    assert next_charge(due, NOW + timedelta(microseconds=1)) == NextCharge(NOW, FEE, is_overdue=True)


@pytest.mark.parametrize(
    ("at", "days"),
    [
        (midnight(11, 30), 1),
        (midnight(12, 1) - timedelta(seconds=1), 1),
        (midnight(12, 1), 0),
        (midnight(12, 2), -1),
        (NOW, 9),
    ],
)
def test_days_left_are_counted_by_the_kyiv_calendar(at: datetime, days: int):
    assert NextCharge(midnight(12, 1), FEE).days_left(at) == days


@pytest.mark.parametrize(("month", "day"), [(3, 29), (10, 25)])
def test_a_clock_change_in_between_loses_no_day(month: int, day: int):
    assert NextCharge(midnight(month, day + 1), FEE).days_left(midnight(month, day)) == 1
    assert NextCharge(midnight(month, day + 1), FEE).days_left(midnight(month, day - 1)) == 2


@pytest.mark.parametrize(
    ("balance", "missing"),
    [
        (Money.uah(275), Money.ZERO),
        (Money.uah(274, 99), Money(1)),
        (Money.uah(275, 1), Money.ZERO),
        (Money.ZERO, Money.uah(275)),
        (Money(-1), Money.uah(275, 1)),
        (None, None),
    ],
)
def test_what_is_missing_for_a_charge(balance: Money | None, missing: Money | None):
    assert missing_for(NextCharge(midnight(12, 1), FEE), balance) == missing


@pytest.mark.parametrize(
    ("floor", "missing"), [(Money(-5000), Money.uah(225)), (Money(0), Money.uah(275)), (Money(5000), Money.uah(325))]
)
def test_a_floor_below_or_above_nought_counts(floor: Money, missing: Money):
    assert missing_for(NextCharge(midnight(12, 1), FEE), Money.ZERO, floor) == missing


def test_without_a_charge_only_a_debt_is_missing():
    assert missing_for(None, Money(-7)) == Money(7)
    assert missing_for(None, Money.ZERO) == Money.ZERO
    assert missing_for(None, None) is None


def test_an_unknown_charge_leaves_it_unknown():
    assert missing_for(NextCharge(midnight(12, 1), None), Money.ZERO) is None
