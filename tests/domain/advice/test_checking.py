"""Re-rated under the tariff that was in force, records give what was charged, or it is said why not (O3)."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from mykyivstar.domain.advice.case import Case, TakenFee, Use, places
from mykyivstar.domain.advice.checking import Difference, check
from mykyivstar.domain.advice.comparing import advise
from mykyivstar.domain.advice.rerating import bill
from mykyivstar.domain.usage.models import UsageCategory
from mykyivstar.kit.money import Money
from tests.domain.advice.cases import GB, MB, MONTHS, as_charged, case, offer, use

BASE = offer()
START, END = MONTHS[0].period.start, MONTHS[-1].period.end
# Fees as they were taken: on the tenth, from the month before on, one of them three days late.
FEES = [datetime(2026, month, day, 21, tzinfo=UTC) for month, day in ((7, 9), (8, 9), (9, 12), (10, 12))]


def taken(begins: list[datetime], code: str = "base") -> list[TakenFee]:
    """With the end of each as the books say it: when the next one was taken."""
    ends = [*begins[1:], begins[-1] + timedelta(days=31)]
    return [TakenFee(at, until, code, Money.uah(150)) for at, until in zip(begins, ends, strict=True)]


quantities = st.one_of(st.integers(1, 100), st.integers(1, 40 * 60), st.integers(1, GB // 2))
records = st.builds(
    lambda seconds, category, quantity: Use(
        FEES[0] + timedelta(seconds=seconds),
        places(MONTHS)(FEES[0] + timedelta(seconds=seconds)),
        category,
        quantity if category is UsageCategory.DATA else quantity % 3_000 + 1,
        None,
        "",
    ),
    st.integers(0, int((END - FEES[0]).total_seconds()) - 1),
    st.sampled_from([each for each in UsageCategory if each is not UsageCategory.SERVICE]),
    quantities,
)


def charged(uses: list[Use]) -> Case:
    """As our own rating would have charged them."""
    return case(*as_charged(uses, BASE, FEES), fees=taken(FEES))


@given(st.lists(records, max_size=60))
@settings(deadline=None)
def test_the_same_arithmetic_arrives_at_ones_own_bill(uses: list[Use]) -> None:
    found = check(charged(uses))
    assert found.holds
    assert not found.differences
    assert found.charged == Money(sum(each.cost or 0 for each in charged(uses).uses if each.month >= 0))


@given(st.lists(records, min_size=1, max_size=30), st.integers(1, 5_000), st.data())
@settings(deadline=None)
def test_where_it_does_not_it_says_why(uses: list[Use], more: int, data: st.DataObject) -> None:
    told = charged(uses)
    spoilt = list(told.uses)
    place = data.draw(st.integers(0, len(spoilt) - 1))
    rule = data.draw(st.sampled_from(["price other/sms", "package other", "base", spoilt[place].rule]))
    spoilt[place] = spoilt[place]._replace(cost=(spoilt[place].cost or 0) + more, rule=rule)
    found = check(case(*spoilt, fees=taken(FEES)))
    assert found.holds == (spoilt[place].month < 0 or spoilt[place].category is UsageCategory.PAID_CONTENT)
    assert bool(found.differences) != found.holds


@given(st.lists(records, max_size=40))
@settings(deadline=None)
def test_every_kopiyka_of_a_bill_is_in_one_month_and_a_better_offer_is_never_dearer(uses: list[Use]) -> None:
    told = charged(uses)
    cheaper = offer("cheaper", 149, prices={name: price // 2 for name, price in BASE.prices.items()})
    roomier = offer("roomier", package=[*BASE.package, {"kind": "sms", "amount": 10}])
    found = advise(case(*told.uses, offers=(cheaper, roomier)))
    totals = {each.offer.code: each.total for each in found.choices}
    assert totals["cheaper"] < totals["base"]
    assert totals["roomier"] <= totals["base"]
    assert [each.total for each in found.choices] == sorted(each.total for each in found.choices)
    whole = bill(BASE, told)
    assert whole.total == totals["base"]
    assert whole.total == sum((whole.month(place) for place in range(3)), Money.ZERO)


def test_a_late_fee_leaves_days_without_a_package_as_it_did_in_life() -> None:
    ends = datetime(2026, 9, 9, 21, tzinfo=UTC)
    gap = use("09-11", UsageCategory.DATA, MB, cost=10, rule="price base/data")
    fees = [TakenFee(FEES[1], ends, "base", Money.uah(150)), *taken(FEES[2:])]
    assert check(case(gap, fees=[*taken(FEES[:1]), *fees])).holds
    # Without the books' word the package is taken to last its month: then too.
    silent = [TakenFee(each.at, None, each.code, each.amount) for each in fees]
    assert check(case(gap, fees=[*taken(FEES[:1]), *silent])).holds


def test_it_names_each_reason() -> None:
    sms = use("08-20", UsageCategory.SMS, 1, cost=90, rule="price base/sms")

    def reasons(*uses: Use, fees: list[TakenFee] | None = None) -> set[Difference]:
        return set(check(case(*uses, fees=taken(FEES) if fees is None else fees)).differences)

    assert reasons(sms) == {Difference.CATALOGUE}
    assert reasons(sms, fees=[]) == {Difference.NO_FEES}
    assert reasons(sms, fees=taken(FEES[1:])) == {Difference.NO_FEES}
    assert reasons(sms, fees=taken(FEES[:2]) + taken(FEES[2:], "old")) == {Difference.OTHER_TARIFF}
    assert reasons(sms._replace(rule="price old/sms")) == {Difference.OTHER_TARIFF}
    assert reasons(sms._replace(rule="base")) == {Difference.RATED_ELSEWHERE}
    assert reasons(sms._replace(rule="package gift", cost=0)) == {Difference.OTHER_PACKAGES}
    assert reasons(sms._replace(rule="", cost=None)) == {Difference.UNPRICED}
    assert reasons(sms._replace(cost=60)) == set()
