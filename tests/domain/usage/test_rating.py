"""Usage is taken from packages first and priced beyond them."""

from datetime import UTC, datetime, timedelta

from mykyivstar.domain.usage.models import AllowanceKind, UsageCategory
from mykyivstar.domain.usage.rating import Bucket, Meter
from mykyivstar.kit.money import Money

AT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
MEGABYTE = 1024**2
PRICES = {"call_off_net": 75, "sms": 60, "data": 10}


def bucket(kind: AllowanceKind, left: int, *, source: str = "wide", days: int = 5, unlimited: bool = False) -> Bucket:
    return Bucket(kind, source, left, left, unlimited, AT + timedelta(days=days))


def test_a_call_within_the_package_is_free() -> None:
    meter = Meter("wide", PRICES, [bucket(AllowanceKind.MINUTES_UKRAINE, 600)])
    rated = meter.rate(UsageCategory.CALL_OFF_NET, 100, AT)
    assert (rated.cost, rated.rule) == (Money.ZERO, "package wide")
    assert meter.buckets[0].left == 500


def test_what_exceeds_the_package_is_priced_by_the_begun_minute() -> None:
    meter = Meter("wide", PRICES, [bucket(AllowanceKind.MINUTES_UKRAINE, 30)])
    rated = meter.rate(UsageCategory.CALL_OFF_NET, 30 + 61, AT)
    assert (rated.cost, rated.rule) == (Money(2 * 75), "price wide/call_off_net")
    assert meter.buckets[0].left == 0


def test_an_unlimited_package_does_not_run_down() -> None:
    meter = Meter("wide", PRICES, [bucket(AllowanceKind.MINUTES_ON_NET, 0, unlimited=True)])
    assert meter.rate(UsageCategory.CALL_ON_NET, 5000, AT).cost == Money.ZERO
    assert meter.buckets[0].left == 0


def test_the_tariffs_package_goes_before_a_bought_one() -> None:
    bought = bucket(AllowanceKind.DATA, 5 * MEGABYTE, source="data_5", days=1)
    meter = Meter("wide", PRICES, [bought, bucket(AllowanceKind.DATA, 2 * MEGABYTE)])
    meter.rate(UsageCategory.DATA, 3 * MEGABYTE, AT)
    assert {b.source: b.left for b in meter.buckets} == {"wide": 0, "data_5": 4 * MEGABYTE}


def test_an_expired_package_pays_for_nothing() -> None:
    meter = Meter("wide", PRICES, [bucket(AllowanceKind.SMS, 10, days=0)])
    assert meter.rate(UsageCategory.SMS, 1, AT).cost == Money(60)


def test_incoming_calls_cost_nothing() -> None:
    assert Meter("wide", PRICES).rate(UsageCategory.CALL_IN, 600, AT).cost == Money.ZERO


def test_a_new_grant_replaces_what_was_left_of_the_old_one() -> None:
    meter = Meter("wide", PRICES, [bucket(AllowanceKind.SMS, 7), bucket(AllowanceKind.SMS, 9, source="sms_100")])
    meter.grant("wide", [{"kind": "sms", "amount": 100}], AT + timedelta(days=28))
    assert {b.source: b.left for b in meter.buckets} == {"wide": 100, "sms_100": 9}


def test_a_copy_runs_down_by_itself() -> None:
    meter = Meter("wide", PRICES, [bucket(AllowanceKind.SMS, 7)])
    meter.copy().rate(UsageCategory.SMS, 5, AT)
    assert meter.buckets[0].left == 7


def test_data_beyond_the_package_is_priced_by_the_begun_megabyte() -> None:
    meter = Meter("wide", PRICES, [bucket(AllowanceKind.DATA, MEGABYTE)])
    assert meter.rate(UsageCategory.DATA, 3 * MEGABYTE + 1, AT).cost == Money(3 * 10)


def test_what_packages_cover_is_known_before() -> None:
    limited = [bucket(AllowanceKind.DATA, 5), bucket(AllowanceKind.DATA, 7, source="data_5")]
    assert Meter("wide", PRICES, limited).covers(UsageCategory.DATA, AT) == 12
    unlimited = [*limited, bucket(AllowanceKind.DATA, 0, source="more", unlimited=True)]
    assert Meter("wide", PRICES, unlimited).covers(UsageCategory.DATA, AT) is None
