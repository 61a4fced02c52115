"""What rules are known to pay in, within their limits, once for each occasion."""

from datetime import UTC, date, datetime

from mykyivstar.domain.auto_top_up.models import RuleKind, RunState
from mykyivstar.domain.catalogue.models import FeePeriod
from mykyivstar.domain.forecast.auto_top_ups import Rule, Run, planned
from mykyivstar.domain.forecast.outlook import window_end
from mykyivstar.domain.forecast.plan import Fee, StepKind
from mykyivstar.kit.clock import KYIV, kyiv_midnight
from mykyivstar.kit.money import Money

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
TARIFF = Fee(StepKind.TARIFF, Money.uah(150), kyiv_midnight(date(2026, 12, 1)), FeePeriod.MONTH)


def told(rule: Rule, tariff: Fee | None = TARIFF, at: datetime = NOW) -> list[tuple[str, int]]:
    found = planned(rule, tariff, at=at, until=window_end(at))
    return [(f"{each.at.astimezone(KYIV):%m-%d %H:%M}", each.amount.kopiykas // 100) for each in found]


def monthly(day: int, *runs: Run) -> Rule:
    return Rule(RuleKind.MONTHLY, Money.uah(100), day, None, runs)


def by_tariff(*runs: Run, most: int | None = None) -> Rule:
    return Rule(RuleKind.TARIFF, None, None, Money.uah(most) if most else None, runs)


def run(occasion: str, state: RunState, *, month: str = "2026-11", due: datetime = NOW, amount: int = 100) -> Run:
    return Run(occasion, Money.uah(amount), month, due, state)


def test_a_monthly_rule_pays_at_ten_on_its_day_or_the_last_one():
    assert told(monthly(31)) == [("11-30 10:00", 100), ("12-31 10:00", 100)]
    assert told(monthly(22)) == [("12-22 10:00", 100)]


def test_the_tariff_is_paid_in_the_day_before_it_is_taken():
    assert told(by_tariff()) == [("11-30 10:00", 150), ("12-31 10:00", 150)]


def test_a_charge_right_after_the_window_is_paid_in_within_it():
    tariff = Fee(StepKind.TARIFF, Money.uah(150), kyiv_midnight(date(2027, 1, 21)), FeePeriod.MONTH)
    assert told(by_tariff(), tariff) == [("01-20 10:00", 150)]


def test_a_charge_of_tonight_is_paid_in_at_once_and_one_that_is_overdue_is_not():
    tonight = Fee(StepKind.TARIFF, Money.uah(150), kyiv_midnight(date(2026, 11, 23)), FeePeriod.ONCE)
    assert told(by_tariff(), tonight) == [("11-22 12:00", 150)]
    overdue = Fee(StepKind.TARIFF, Money.uah(150), kyiv_midnight(date(2026, 11, 20)), FeePeriod.ONCE)
    assert told(by_tariff(), overdue) == []


def test_without_a_fee_there_is_nothing_to_pay_in():
    assert told(by_tariff(), None) == []


def test_a_rule_that_waits_for_a_low_balance_has_no_date():
    assert told(Rule(RuleKind.BELOW, Money.uah(100), None, None)) == []


def test_an_occasion_is_used_once():
    coming = run("2026-11", RunState.PLANNED, due=datetime(2026, 11, 30, 8, tzinfo=UTC))
    assert told(monthly(31, coming)) == [("11-30 10:00", 100), ("12-31 10:00", 100)]
    for state in (RunState.DONE, RunState.SKIPPED, RunState.FAILED):
        assert told(monthly(31, run("2026-11", state))) == [("12-31 10:00", 100)]


def test_what_is_being_paid_right_now_is_coming():
    assert told(by_tariff(run("charge:2026-12-01", RunState.PAYING, amount=150)))[0] == ("11-22 12:00", 150)


def test_the_limit_of_the_month_counts_what_was_spent_in_it():
    spent = run("charge:2026-11-01", RunState.DONE, amount=100)
    assert told(by_tariff(spent, most=249)) == [("12-31 10:00", 150)]
    assert told(by_tariff(spent, most=250)) == [("11-30 10:00", 150), ("12-31 10:00", 150)]
