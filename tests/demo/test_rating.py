"""The demo's network slows down where a package ends."""

from datetime import UTC, datetime, timedelta

from mykyivstar.demo.rating import SLOWED_MEGABYTES_MAX, SlowingMeter
from mykyivstar.domain.usage.models import AllowanceKind, UsageCategory
from mykyivstar.domain.usage.rating import Bucket
from mykyivstar.kit.money import Money

AT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
MEGABYTE = 1024**2


def test_data_beyond_the_package_is_slowed_down() -> None:
    meter = SlowingMeter("wide", {"data": 10}, [_a_megabyte()])
    rated = meter.rate(UsageCategory.DATA, 500 * MEGABYTE, AT)
    assert rated.quantity == (1 + SLOWED_MEGABYTES_MAX) * MEGABYTE
    assert rated.cost == Money(10 * SLOWED_MEGABYTES_MAX)


def test_a_copy_slows_down_too() -> None:
    copy = SlowingMeter("wide", {"data": 10}, [_a_megabyte()]).copy()
    assert copy.rate(UsageCategory.DATA, 500 * MEGABYTE, AT).quantity == (1 + SLOWED_MEGABYTES_MAX) * MEGABYTE


def _a_megabyte() -> Bucket:
    return Bucket(AllowanceKind.DATA, "wide", MEGABYTE, MEGABYTE, False, AT + timedelta(days=5))
