"""What months would have come to under a tariff, to the kopiyka (F6, O3)."""

from datetime import UTC, datetime
from typing import Any

import pytest

from mykyivstar.domain.advice.case import Grant
from mykyivstar.domain.advice.comparing import Reason, advise, compare
from mykyivstar.domain.advice.rerating import bill
from mykyivstar.domain.catalogue.models import FeePeriod
from mykyivstar.domain.usage.models import UsageCategory
from mykyivstar.domain.usage_limits.pauses import PAUSED_RULE
from mykyivstar.kit.money import Money
from tests.domain.advice.cases import GB, MB, case, offer, use

ON_NET, OFF_NET, ABROAD = UsageCategory.CALL_ON_NET, UsageCategory.CALL_OFF_NET, UsageCategory.CALL_ABROAD
SMS, DATA = UsageCategory.SMS, UsageCategory.DATA


def test_packages_pay_first_and_begun_minutes_and_megabytes_beyond_them_by_the_price() -> None:
    found = bill(
        offer(),
        case(
            use("08-03", OFF_NET, 50 * 60),
            # Ten minutes are left; 9 minutes and a second are ten begun ones.
            use("08-20", OFF_NET, 19 * 60 + 1),
            use("08-21", ON_NET, 500 * 60),
            use("09-02", DATA, GB - 1),
            # A byte is left in the package.
            use("09-03", DATA, 512 * MB),
            use("10-31", SMS, 3),
            use("10-30", ABROAD, 61),
        ),
    )
    assert found.fees == [Money.uah(150)] * 3
    assert found.usage == [
        {OFF_NET: Money(10 * 75)},
        {DATA: Money(512 * 10)},
        {SMS: Money(3 * 60), ABROAD: Money(2 * 800)},
    ]
    assert found.month(0) == Money.uah(157, 50)
    assert found.total == Money.uah(450) + Money(750 + 5120 + 180 + 1600)


def test_each_month_begins_with_a_whole_package() -> None:
    found = bill(offer(), case(use("08-31", DATA, GB), use("09-30", DATA, GB), use("10-01", DATA, GB + MB)))
    # The last minutes of September in Kyiv are August's neighbours in no package.
    assert found.usage == [{}, {}, {DATA: Money(10)}]


def test_a_four_week_tariff_counts_its_last_days_by_their_share() -> None:
    """92 days are three periods and 8 of 28 days: of 200.00 these are 57.14, of 28 GB they are 8."""
    four_weeks = offer(
        "four", 200, FeePeriod.FOUR_WEEKS, package=[{"kind": "data", "amount": 28 * GB}], prices={"data": 5}
    )
    found = bill(four_weeks, case(use("10-20", DATA, 28 * GB), use("10-26", DATA, 8 * GB + 1)))
    assert found.fees == [Money.uah(400), Money.uah(200), Money(5714)]
    assert found.usage == [{}, {}, {DATA: Money(5)}]
    assert found.total == Money.uah(657, 19)


def test_a_daily_fee_is_taken_every_day_whatever_the_clocks_do() -> None:
    found = bill(offer("daily", 9, FeePeriod.DAY), case())
    assert found.fees == [Money.uah(9 * 31), Money.uah(9 * 30), Money.uah(9 * 31)]


def test_a_fee_that_is_taken_once_is_taken_once() -> None:
    assert bill(offer("once", 50, FeePeriod.ONCE), case()).total == Money.uah(50)


def test_services_are_kept_with_their_fees_and_packages() -> None:
    services = [
        # Paid for before the first month; fifteen of its thirty days are left, and half of what it holds.
        Grant(at("2026-07-17"), at("2026-08-16"), "more", [{"kind": "data", "amount": 2 * GB}], Money.uah(60)),
        Grant(at("2026-10-20"), at("2026-11-17"), "sms_10", [{"kind": "sms", "amount": 10}], Money.uah(20)),
    ]
    found = bill(
        offer(), case(use("08-02", DATA, 2 * GB + MB), use("10-19", SMS, 1), use("10-21", SMS, 11), services=services)
    )
    assert found.services == [Money.ZERO, Money.ZERO, Money.uah(20)]
    assert found.usage == [{DATA: Money(10)}, {}, {SMS: Money(120)}]


def test_what_others_sold_costs_the_same_under_every_tariff() -> None:
    content = use("08-03", UsageCategory.PAID_CONTENT, 1, cost=2500)
    service = use("09-03", UsageCategory.SERVICE, 1, cost=900)
    unknown = use("10-03", UsageCategory.SERVICE, 1, cost=None)
    for each in (offer(), offer("other", prices={"paid_content": 1, "service": 1})):
        found = bill(each, case(content, service, unknown))
        assert sum((month.get(kind, Money.ZERO) for month in found.usage for kind in month), Money.ZERO) == Money(3400)


def test_data_that_was_paused_costs_nothing_and_uses_no_package() -> None:
    paused = use("08-03", DATA, GB, rule=PAUSED_RULE)
    assert bill(offer(), case(paused, use("08-04", DATA, GB))).usage == [{}, {}, {}]


def test_what_was_used_before_the_first_month_is_in_no_bill() -> None:
    assert bill(offer(), case(use("07-31", SMS, 5))).total == Money.uah(450)


def test_the_cheapest_comes_first_with_what_it_saves_and_the_worst_with_what_it_costs() -> None:
    dear, cheap = offer("dear", 250), offer("cheap", 99)
    found = advise(case(use("08-03", SMS, 10), current=offer(), offers=(dear, cheap)))
    assert [(each.offer.code, each.total, each.saved) for each in found.choices] == [
        ("cheap", Money.uah(303), Money.uah(51)),
        ("base", Money.uah(456), Money.ZERO),
        ("dear", Money.uah(756), -Money.uah(100)),
    ]
    assert found.best is found.choices[0]
    assert found.current.per_month == Money.uah(152)


def test_savings_are_rounded_to_the_kopiyka_and_of_equals_the_present_one_stands_first() -> None:
    twin, once = offer("twin"), offer("once", 50, FeePeriod.ONCE)
    found = advise(case(offers=(twin, once)))
    assert [each.offer.code for each in found.choices] == ["once", "base", "twin"]
    # 400.00 over three months.
    assert found.choices[0].saved == Money(13333)
    assert advise(case(offers=(twin,))).best is None


def test_a_tariff_that_is_closed_is_compared_when_it_is_ones_own() -> None:
    closed = offer("classic", 75, is_open=False)
    found = advise(case(current=closed, offers=(offer(),)))
    assert [each.offer.code for each in found.choices] == ["classic", "base"]


def test_it_says_why_by_what_was_used_and_what_the_package_holds() -> None:
    four = offer("four", 200, FeePeriod.FOUR_WEEKS, package=[{"kind": "data", "amount": 10 * GB}])
    found = compare(
        case(
            use("08-03", DATA, 8 * GB),
            use("08-27", DATA, 6 * GB),
            use("08-30", DATA, GB),
            use("09-01", ON_NET, 90),
            use("09-02", UsageCategory.CALL_IN, 900),
            use("09-03", UsageCategory.PAID_CONTENT, 1, cost=2500),
            offers=(four,),
        ),
        "four",
    )
    assert found is not None
    assert list(found.reasons) == [
        Reason(ON_NET, 90, 90, 0, 2, Money(30), Money(60)),
        Reason(DATA, 15 * GB, 14 * GB, 10 * GB, 4 * 1024, Money(10), Money(40960)),
        Reason(UsageCategory.PAID_CONTENT, 1, 1, 0, 1, Money.ZERO, Money(2500)),
    ]
    assert found.current.of(DATA) == Money(14 * 1024 * 10)
    assert sum(found.taxes.values()) == found.bill.total.kopiykas
    assert found.bill.total == Money.uah(657, 14) + Money(60 + 40960 + 2500)


def test_unlimited_is_said_and_not_counted() -> None:
    found = compare(case(use("08-03", ON_NET, 60_000)), "base")
    assert found is not None
    assert [(each.holds, each.beyond) for each in found.reasons] == [(None, 0)]


@pytest.mark.parametrize("code", ["", "nobody"])
def test_a_tariff_that_is_not_on_offer_is_compared_with_nothing(code: str) -> None:
    assert compare(case(), code) is None


def at(day: str) -> Any:
    """The Kyiv midnight of a summer or winter day."""
    summer = day < "2026-10-25"
    return datetime.fromisoformat(f"{day}T00:00:00+0{3 if summer else 2}:00").astimezone(UTC)
