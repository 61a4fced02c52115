"""The simulator: another plan, refused where it makes no sense."""

import dataclasses
from datetime import UTC, date, datetime, timedelta

import pytest

from mykyivstar.domain.catalogue.models import FeePeriod
from mykyivstar.domain.forecast.errors import DayOutOfReach, NothingSupposed
from mykyivstar.domain.forecast.outlook import forecast
from mykyivstar.domain.forecast.plan import Fee, Plan, StepKind
from mykyivstar.domain.forecast.supposing import Supposition, supposing
from mykyivstar.kit.clock import kyiv_midnight
from mykyivstar.kit.money import Money

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
DECEMBER = kyiv_midnight(date(2026, 12, 1))
MUSIC = Fee(StepKind.SERVICE, Money.uah(40), DECEMBER, FeePeriod.MONTH, "music")
PLAN = Plan(Money.uah(100), [Fee(StepKind.TARIFF, Money.uah(90), DECEMBER, FeePeriod.MONTH), MUSIC])


def lacks(what: Supposition, plan: Plan = PLAN) -> list[int]:
    shortfall = forecast(supposing(plan, what, NOW), NOW).shortfall
    return [cover.amount.kopiykas // 100 for cover in shortfall.covers] if shortfall else []


def test_more_money_in_time_helps_and_the_plan_itself_stays():
    assert lacks(Supposition(Money.uah(30), date(2026, 11, 30))) == [130]
    assert lacks(Supposition(Money.uah(160))) == []
    assert forecast(PLAN, NOW).shortfall is not None


def test_money_of_the_day_of_the_charge_is_too_late():
    found = forecast(supposing(PLAN, Supposition(Money.uah(30), date(2026, 12, 1)), NOW), NOW)
    assert [step.kind for step in found.steps][:3] == [StepKind.TARIFF, StepKind.SERVICE, StepKind.TOP_UP]
    assert found.shortfall is not None


def test_a_service_less_and_a_service_more():
    assert lacks(Supposition(without="music")) == [80]
    book = Fee(StepKind.SERVICE, Money.uah(15), NOW, FeePeriod.FOUR_WEEKS, "book")
    found = forecast(supposing(PLAN, Supposition(without="music", added=book), NOW), NOW)
    assert [(step.at, step.amount) for step in found.steps[:2]] == [(NOW, -Money.uah(15)), (DECEMBER, -Money.uah(90))]


def test_the_lock_may_be_supposed_to_be_there_or_not():
    soon = dataclasses.replace(MUSIC, first=kyiv_midnight(date(2026, 11, 25)))
    plan = dataclasses.replace(PLAN, fees=[PLAN.fees[0], soon])
    assert supposing(plan, Supposition(locked=True), NOW).locked == Money.uah(90)
    found = forecast(supposing(plan, Supposition(locked=True), NOW), NOW).shortfall
    assert found is not None
    assert (found.kind, found.covers[0].amount) == (StepKind.SERVICE, Money.uah(30))
    locked = dataclasses.replace(plan, locked=Money.uah(70))
    assert supposing(locked, Supposition(locked=True), NOW).locked == Money.uah(70)
    assert supposing(locked, Supposition(locked=False), NOW).locked is None


@pytest.mark.parametrize("day", [date(2026, 11, 21), date(2027, 1, 21), date(1, 1, 1), date(9999, 12, 31)])
def test_a_day_that_the_calendar_does_not_show_is_refused(day: date):
    with pytest.raises(DayOutOfReach):
        supposing(PLAN, Supposition(Money.uah(30), day), NOW)


def test_the_last_day_of_the_calendar_is_one_of_it():
    assert supposing(PLAN, Supposition(Money.uah(30), date(2027, 1, 20)), NOW).top_ups[0].at - NOW < timedelta(days=60)


def test_nothing_at_all_is_refused():
    with pytest.raises(NothingSupposed):
        supposing(PLAN, Supposition(day=date(2026, 11, 30)), NOW)
