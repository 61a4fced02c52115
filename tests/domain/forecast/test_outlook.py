"""What is taken in which order, what stands there afterwards, and what is missing by when (O2, C6)."""

import dataclasses
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from mykyivstar.domain.catalogue.models import FeePeriod
from mykyivstar.domain.forecast.outlook import Cover, Forecast, forecast, window_end
from mykyivstar.domain.forecast.plan import Debt, Fee, Plan, StepKind, TopUp
from mykyivstar.kit.clock import KYIV, kyiv_date, kyiv_midnight
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
DECEMBER = kyiv_midnight(date(2026, 12, 1))


def tariff(amount: int | None, first: datetime = DECEMBER, period: FeePeriod = FeePeriod.MONTH) -> Fee:
    return Fee(StepKind.TARIFF, None if amount is None else Money.uah(amount), first, period)


def service(amount: int, first: datetime = DECEMBER, period: FeePeriod = FeePeriod.MONTH, code: str = "s") -> Fee:
    return Fee(StepKind.SERVICE, Money.uah(amount), first, period, code)


def told(found: Forecast) -> list[tuple[str, str, int, int | None]]:
    return [
        (
            str(kyiv_date(step.at)),
            step.kind.value,
            step.amount.kopiykas,
            None if step.balance is None else step.balance.kopiykas,
        )
        for step in found.steps
    ]


def test_charges_come_in_their_order_with_the_balance_after_each():
    plan = Plan(
        Money.uah(200),
        [tariff(150), service(20), service(5, kyiv_midnight(date(2026, 11, 25)), FeePeriod.FOUR_WEEKS)],
        top_ups=[TopUp(StepKind.AUTO_TOP_UP, datetime(2026, 12, 30, 8, tzinfo=UTC), Money.uah(100))],
    )
    assert told(forecast(plan, NOW)) == [
        ("2026-11-25", "service", -500, 19500),
        ("2026-12-01", "tariff", -15000, 4500),
        ("2026-12-01", "service", -2000, 2500),
        ("2026-12-23", "service", -500, 2000),
        ("2026-12-30", "auto_top_up", 10000, 12000),
        ("2027-01-01", "tariff", -15000, -3000),
        ("2027-01-01", "service", -2000, -5000),
        ("2027-01-20", "service", -500, -5500),
    ]


def test_it_says_how_much_by_when_or_the_tariff_stops():
    found = forecast(Plan(Money.uah(112, 60), [tariff(150)]), NOW).shortfall
    assert found is not None
    assert (found.at, found.kind, found.pay_by) == (DECEMBER, StepKind.TARIFF, date(2026, 11, 30))
    # Thirty days from today end before the next charge: the same sum is enough for them.
    assert found.covers == (
        Cover(Money.uah(37, 40), date(2026, 12, 21)),
        Cover(Money.uah(187, 40), date(2027, 1, 20)),
    )


def test_the_exact_sum_is_enough_and_no_shortfall_is_told():
    assert forecast(Plan(Money.uah(300), [tariff(150)]), NOW).shortfall is None
    found = forecast(Plan(Money(29999), [tariff(150)]), NOW).shortfall
    assert found is not None
    assert [cover.amount for cover in found.covers] == [Money(1)]


def test_an_overdue_charge_is_first_and_is_to_be_paid_at_once():
    plan = Plan(Money.uah(10), [tariff(40, kyiv_midnight(date(2026, 11, 20)), FeePeriod.FOUR_WEEKS)])
    found = forecast(plan, NOW)
    assert told(found)[:2] == [("2026-11-22", "tariff", -4000, -3000), ("2026-12-18", "tariff", -4000, -7000)]
    assert found.steps[0].overdue_since == kyiv_midnight(date(2026, 11, 20))
    assert found.steps[1].overdue_since is None
    assert found.shortfall is not None
    assert (found.shortfall.pay_by, found.shortfall.covers[0].amount) == (None, Money.uah(30))


def test_a_daily_fee_that_was_not_taken_for_days_is_taken_once_and_goes_on_tomorrow():
    plan = Plan(Money.uah(500), [tariff(5, kyiv_midnight(date(2026, 11, 19)), FeePeriod.DAY)])
    assert [day for day, *_ in told(forecast(plan, NOW))][:3] == ["2026-11-22", "2026-11-23", "2026-11-24"]
    assert len(forecast(plan, NOW).steps) == 60


def test_a_promise_goes_back_from_the_next_money_and_asks_for_itself_first():
    debt = Debt(Money.uah(55), kyiv_midnight(date(2026, 12, 5)))
    plan = Plan(Money.uah(100), [tariff(150)], debt=debt)
    found = forecast(plan, NOW)
    assert told(found)[:2] == [("2026-12-01", "tariff", -15000, -5000), ("2026-12-05", "promise", -5500, -10500)]
    # Fifty are missing, and the first fifty-five that come go back to the operator.
    assert found.shortfall is not None
    assert found.shortfall.covers[0].amount == Money.uah(105)
    paid = dataclasses.replace(plan, top_ups=[TopUp(StepKind.TOP_UP, NOW, Money.uah(105))])
    assert told(forecast(paid, NOW))[:3] == [
        ("2026-11-22", "top_up", 10500, 20500),
        ("2026-11-22", "promise", -5500, 15000),
        ("2026-12-01", "tariff", -15000, 0),
    ]


def test_a_promise_that_is_paid_back_beforehand_asks_for_no_more_than_itself():
    plan = Plan(Money.uah(-10), debt=Debt(Money.uah(55), kyiv_midnight(date(2026, 12, 5))))
    found = forecast(plan, NOW).shortfall
    assert found is not None
    assert (found.kind, found.pay_by) == (StepKind.PROMISE, date(2026, 12, 4))
    assert [cover.amount for cover in found.covers] == [Money.uah(55)]
    richer = forecast(dataclasses.replace(plan, balance=Money.uah(30)), NOW).shortfall
    assert richer is not None
    assert [cover.amount for cover in richer.covers] == [Money.uah(25)]


def test_with_the_tariffs_money_locked_a_service_waits_and_the_tariff_does_not():
    soon = kyiv_midnight(date(2026, 11, 25))
    plan = Plan(Money.uah(160), [tariff(150), service(20, soon, FeePeriod.ONCE)], locked=Money.uah(150))
    found = forecast(plan, NOW)
    assert [(step.kind, step.lacks) for step in found.steps] == [
        (StepKind.SERVICE, Money.uah(10)),
        (StepKind.TARIFF, Money.ZERO),
        (StepKind.TARIFF, Money.uah(160)),
    ]
    unlocked = forecast(dataclasses.replace(plan, locked=None), NOW)
    assert [step.lacks for step in unlocked.steps] == [Money.ZERO, Money.uah(10), Money.uah(160)]


def test_a_debt_beside_the_locked_sum_does_not_stop_the_tariff():
    found = forecast(Plan(Money.uah(130), [tariff(150)], locked=Money.uah(150)), NOW)
    assert [(step.balance, step.lacks) for step in found.steps] == [
        (-Money.uah(20), Money.ZERO),
        (-Money.uah(170), Money.uah(170)),
    ]
    found = forecast(Plan(Money.uah(130), [tariff(150)], locked=Money.uah(140)), NOW)
    assert found.steps[0].lacks == Money.uah(20)


def test_a_service_of_the_same_midnight_does_not_wait_for_the_next_fee():
    plan = Plan(Money.uah(180), [tariff(150), service(30, period=FeePeriod.ONCE)], locked=Money.uah(150))
    assert [step.lacks for step in forecast(plan, NOW).steps][:2] == [Money.ZERO, Money.ZERO]


def test_home_internet_must_keep_its_threshold():
    plan = Plan(Money.uah(100), [tariff(120)], floor=Money.uah(-50), stops_below_floor=True)
    assert forecast(plan, NOW).shortfall is not None
    assert forecast(plan, NOW).steps[0].lacks == Money.ZERO
    below = dataclasses.replace(plan, balance=Money.uah(-60))
    found = forecast(below, NOW).shortfall
    assert found is not None
    assert (found.at, found.kind, found.pay_by) == (NOW, None, None)
    assert found.covers[0] == Cover(Money.uah(10), date(2026, 11, 22))
    assert found.covers[1].amount == Money.uah(130)


def test_a_contract_line_has_invoices_and_no_shortfall():
    plan = Plan(Money.uah(-30), [tariff(150), service(10, kyiv_midnight(date(2026, 11, 25)))], pays_afterwards=True)
    found = forecast(plan, NOW)
    assert found.shortfall is None
    assert [(each.month, each.amount) for each in found.invoices] == [
        (Month(2026, 11), Money.uah(40)),
        (Month(2026, 12), Money.uah(160)),
    ]


def test_what_is_not_known_is_never_nought():
    found = forecast(Plan(None, [tariff(150)]), NOW)
    assert told(found)[0] == ("2026-12-01", "tariff", -15000, None)
    assert found.shortfall is None
    found = forecast(Plan(Money.ZERO, [tariff(None)]), NOW)
    assert (found.steps, found.shortfall, found.unknown_at) == ((), None, DECEMBER)


def test_free_things_are_no_charges_and_nothing_is_taken_on_holiday():
    assert forecast(Plan(Money.ZERO, [tariff(0)]), NOW).steps == ()
    resting = Plan(Money.ZERO, [tariff(150)], rests_until=kyiv_midnight(date(2026, 12, 20)))
    assert [day for day, *_ in told(forecast(resting, NOW))] == ["2027-01-01"]


def test_sixty_days_end_at_a_kyiv_midnight_whatever_the_clocks_do():
    for at in (NOW, datetime(2026, 9, 10, 21, 30, tzinfo=UTC), datetime(2027, 2, 27, 22, 0, tzinfo=UTC)):
        end = window_end(at).astimezone(KYIV)
        assert (end.hour, end.minute) == (0, 0)
        assert end.date() - kyiv_date(at) == timedelta(days=60)


kopiykas = st.integers(-50_000, 100_000).map(Money)
positive = st.integers(1, 60_000).map(Money)
soon = st.integers(-3 * 24 * 60, 61 * 24 * 60).map(lambda minutes: NOW + timedelta(minutes=minutes))
fees = st.builds(
    Fee,
    kind=st.sampled_from([StepKind.TARIFF, StepKind.SERVICE]),
    amount=positive,
    first=soon,
    period=st.sampled_from(FeePeriod),
)
plans = st.builds(
    Plan,
    balance=kopiykas,
    fees=st.lists(fees, max_size=4),
    top_ups=st.lists(st.builds(TopUp, kind=st.just(StepKind.AUTO_TOP_UP), at=soon, amount=positive), max_size=3),
    debt=st.none() | st.builds(Debt, owed=positive, due_at=soon),
    floor=st.integers(-10_000, 10_000).map(Money),
    stops_below_floor=st.booleans(),
)


@st.composite
def locking(draw: st.DrawFn) -> Plan:
    """A line whose tariff's money is locked; what stands aside is at most the fee, and at least what is there of it."""
    plan = draw(plans)
    fee = draw(st.builds(Fee, st.just(StepKind.TARIFF), positive, soon, st.sampled_from(FeePeriod)))
    services = [dataclasses.replace(each, kind=StepKind.SERVICE) for each in plan.fees]
    assert fee.amount is not None
    assert plan.balance is not None
    aside = max(draw(st.integers(0, fee.amount.kopiykas).map(Money)), min(fee.amount, plan.balance))
    return dataclasses.replace(plan, fees=[fee, *services], locked=aside, floor=Money.ZERO, stops_below_floor=False)


@given(plans | locking())
@settings(deadline=None)
def test_the_balance_runs_from_the_start_by_every_step_in_time(plan: Plan):
    found = forecast(plan, NOW)
    assert plan.balance is not None
    running = plan.balance
    for step in found.steps:
        running += step.amount
        assert step.balance == running
        assert NOW <= step.at < found.until
    assert [step.at for step in found.steps] == sorted(step.at for step in found.steps)
    paid_back = sum((step.amount for step in found.steps if step.kind is StepKind.PROMISE), Money.ZERO)
    assert Money.ZERO <= -paid_back <= (plan.debt.owed if plan.debt else Money.ZERO)


def _holds(plan: Plan, extra: Money, until: datetime) -> bool:
    """Whether so much more, paid now, leaves nothing uncovered before this moment."""
    top_ups = [TopUp(StepKind.TOP_UP, NOW, extra), *plan.top_ups] if extra else plan.top_ups
    richer = dataclasses.replace(plan, top_ups=top_ups)
    shortfall = forecast(richer, NOW).shortfall
    if shortfall is None:
        return True
    if shortfall.kind is None:
        # Below the threshold at this very moment; what was paid now has to lift it.
        assert plan.balance is not None
        back = min(extra, plan.debt.owed) if plan.debt else Money.ZERO
        if plan.balance + extra - back < plan.floor:
            return False
    return all(not step.lacks for step in forecast(richer, NOW).steps if step.at < until)


@given(plans | locking())
@settings(max_examples=400, deadline=None)
def test_the_sum_is_enough_and_one_kopiyka_less_is_not(plan: Plan):
    found = forecast(plan, NOW)
    if found.shortfall is None:
        assert _holds(plan, Money.ZERO, found.until)
        return
    amounts = [cover.amount for cover in found.shortfall.covers]
    assert amounts == sorted(set(amounts))
    for cover in found.shortfall.covers:
        until = kyiv_midnight(cover.last_day + timedelta(days=1))
        assert cover.amount > Money.ZERO
        assert _holds(plan, cover.amount, until)
        assert not _holds(plan, cover.amount - Money(1), until)
    assert found.shortfall.covers[-1].last_day == kyiv_date(found.until) - timedelta(days=1)


@given(plans | locking())
@settings(deadline=None)
def test_nothing_before_the_shortfall_is_uncovered(plan: Plan):
    found = forecast(plan, NOW)
    moment = found.shortfall.at if found.shortfall else found.until
    assert all(not step.lacks for step in found.steps if step.at < moment)


@given(plans, kopiykas)
def test_a_contract_line_never_lacks_and_its_invoices_ask_for_every_kopiyka_once(plan: Plan, balance: Money):
    plan = dataclasses.replace(plan, balance=balance, pays_afterwards=True, top_ups=(), debt=None)
    found = forecast(plan, NOW)
    assert found.shortfall is None
    last = found.invoices[-1].at
    owed = balance + sum((step.amount for step in found.steps if step.at < last), Money.ZERO)
    assert sum((each.amount for each in found.invoices), Money.ZERO) == max(-owed, Money.ZERO)
