"""What is left of packages, and when it counts as nearly nothing."""

from datetime import UTC, datetime, timedelta

import pytest

from mykyivstar.domain.overview.gauges import Gauge, Part, gauges
from mykyivstar.domain.usage.models import AllowanceKind

ENDS = datetime(2026, 12, 1, tzinfo=UTC)


def gauge(granted: int, left: int, *, is_unlimited: bool = False) -> Gauge:
    return Gauge.of(AllowanceKind.DATA, (Part(granted, left, is_unlimited, ENDS),))


@pytest.mark.parametrize(
    ("granted", "left", "percent", "nearly", "used_up"),
    [
        (100, 100, 0, False, False),
        (100, 21, 79, False, False),
        (100, 20, 80, True, False),
        (100, 1, 99, True, False),
        (100, 0, 100, False, True),
        (100, -5, 100, False, True),
        (100, 130, 0, False, False),
        # One byte short of four fifths is not four fifths, however large the package.
        (21_474_836_480, 4_294_967_297, 79, False, False),
        (21_474_836_480, 4_294_967_296, 80, True, False),
        (3, 1, 66, False, False),
        (1, 0, 100, False, True),
    ],
)
def test_how_much_is_used(granted: int, left: int, percent: int, nearly: bool, used_up: bool):
    one = gauge(granted, left)
    assert (one.used_percent, one.is_nearly_used, one.is_used_up) == (percent, nearly, used_up)


def test_the_unlimited_is_never_used_up():
    one = gauge(0, 0, is_unlimited=True)
    assert (one.is_unlimited, one.used_percent, one.is_nearly_used, one.is_used_up) == (True, 0, False, False)


def test_an_unlimited_option_beside_a_used_up_package_is_unlimited():
    parts = [
        (AllowanceKind.DATA, Part(100, 0, is_unlimited=False, expires_at=ENDS)),
        (AllowanceKind.DATA, Part(0, 0, is_unlimited=True, expires_at=ENDS)),
    ]
    (both,) = gauges(parts)
    assert both.is_unlimited
    assert not both.is_used_up


def test_packages_of_one_kind_add_up_and_the_first_to_end_stands_first():
    late, soon = Part(100, 90, False, ENDS), Part(50, 10, False, ENDS - timedelta(days=3))
    (both,) = gauges([(AllowanceKind.DATA, late), (AllowanceKind.DATA, soon)])
    assert (both.granted, both.left, both.used_percent, both.expires_at) == (150, 100, 33, soon.expires_at)
    assert both.parts == (soon, late)


def test_a_used_up_package_beside_a_full_one_is_no_alarm():
    (both,) = gauges(
        [(AllowanceKind.DATA, Part(100, 0, False, ENDS)), (AllowanceKind.DATA, Part(100, 100, False, ENDS))]
    )
    assert not both.is_used_up
    assert not both.is_nearly_used


def test_a_debt_in_one_package_does_not_eat_another():
    (both,) = gauges(
        [(AllowanceKind.DATA, Part(100, -40, False, ENDS)), (AllowanceKind.DATA, Part(100, 100, False, ENDS))]
    )
    assert both.left == 100


def test_kinds_are_always_in_the_same_order_and_nothing_granted_is_not_shown():
    part = Part(10, 5, False, ENDS)
    found = gauges(
        [
            (AllowanceKind.DATA, part),
            (AllowanceKind.SMS, Part(0, 0, False, ENDS)),
            (AllowanceKind.MINUTES_ON_NET, part),
        ]
    )
    assert [each.kind for each in found] == [AllowanceKind.MINUTES_ON_NET, AllowanceKind.DATA]
    assert gauges([]) == ()
