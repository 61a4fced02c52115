"""What has to be paid in for home internet, and by when."""

from datetime import UTC, datetime

import pytest

from mykyivstar.domain.internet.models import InternetState
from mykyivstar.domain.overview.charges import NextCharge
from mykyivstar.domain.overview.internet import InternetStanding
from mykyivstar.kit.money import Money

CHARGE = NextCharge(datetime(2026, 12, 1, tzinfo=UTC), Money.uah(200))


def standing(balance: Money | None, threshold: Money = Money.ZERO, charge: NextCharge | None = CHARGE):
    return InternetStanding(InternetState.ACTIVE, threshold, balance, charge)


@pytest.mark.parametrize(
    ("balance", "threshold", "room", "below", "now", "by_charge"),
    [
        (Money.uah(200), Money.ZERO, Money.uah(200), False, Money.ZERO, Money.ZERO),
        (Money.uah(199, 99), Money.ZERO, Money.uah(199, 99), False, Money.ZERO, Money(1)),
        (Money.ZERO, Money.ZERO, Money.ZERO, False, Money.ZERO, Money.uah(200)),
        (Money(-1), Money.ZERO, Money(-1), True, Money(1), Money.uah(200, 1)),
        (Money.uah(-50), Money.uah(-50), Money.ZERO, False, Money.ZERO, Money.uah(200)),
        (Money.uah(-135), Money.uah(-50), Money.uah(-85), True, Money.uah(85), Money.uah(285)),
        (Money.uah(100), Money.uah(150), Money.uah(-50), True, Money.uah(50), Money.uah(250)),
    ],
)
def test_the_threshold_is_the_least_the_balance_may_be(
    balance: Money, threshold: Money, room: Money, below: bool, now: Money, by_charge: Money
):
    one = standing(balance, threshold)
    assert (one.room, one.is_below_threshold, one.missing_now, one.next_payment) == (room, below, now, by_charge)


def test_an_unknown_balance_says_nothing():
    one = standing(None)
    assert (one.room, one.is_below_threshold, one.missing_now, one.next_payment) == (None, False, None, None)


def test_without_a_charge_the_next_payment_is_what_is_missing_now():
    assert standing(Money(-5), charge=None).next_payment == Money(5)
    assert standing(Money(5), charge=None).next_payment == Money.ZERO


def test_an_unknown_charge_leaves_the_next_payment_unknown():
    one = standing(Money(-5), charge=NextCharge(CHARGE.at, None))
    assert (one.missing_now, one.next_payment) == (Money(5), None)
