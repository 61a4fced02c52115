"""A fee that is late, as the charging run would take it today."""

from datetime import UTC, date, datetime

import pytest

from mykyivstar.domain.catalogue.models import FeePeriod
from mykyivstar.domain.forecast.overdue import coming
from mykyivstar.domain.forecast.plan import Fee, StepKind
from mykyivstar.domain.forecast.recurring import moments
from mykyivstar.domain.lines.keys import HoldingKind
from mykyivstar.kit.clock import kyiv_date, kyiv_midnight
from mykyivstar.kit.money import Money

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


def fee(day: date, period: FeePeriod = FeePeriod.MONTH, kind: StepKind = StepKind.TARIFF) -> Fee:
    return Fee(kind, Money.uah(150), kyiv_midnight(day), period, "wide")


def told(found: Fee, of: HoldingKind) -> list[tuple[str, Money | None, FeePeriod]]:
    return [(str(kyiv_date(each.first)), each.amount, each.period) for each in coming(found, of, NOW)]


@pytest.mark.parametrize("of", HoldingKind)
@pytest.mark.parametrize("day", [date(2026, 11, 22), date(2026, 12, 1)])
def test_what_is_not_late_stays_as_it_is(of: HoldingKind, day: date):
    assert coming(fee(day), of, NOW) == [fee(day)]


def test_of_a_line_it_is_whole_and_its_rhythm_begins_today():
    assert told(fee(date(2026, 11, 10)), HoldingKind.LINE) == [
        ("2026-11-10", Money.uah(150), FeePeriod.ONCE),
        ("2026-12-22", Money.uah(150), FeePeriod.MONTH),
    ]
    assert told(fee(date(2026, 11, 20), FeePeriod.FOUR_WEEKS, StepKind.SERVICE), HoldingKind.LINE)[1][0] == "2026-12-20"


def test_of_home_internet_it_is_for_the_days_that_are_left_and_its_rhythm_stays():
    # From 22 November to 9 December: 18 of 30 days.
    assert told(fee(date(2026, 11, 10)), HoldingKind.INTERNET) == [
        ("2026-11-10", Money.uah(90), FeePeriod.ONCE),
        ("2026-12-10", Money.uah(150), FeePeriod.MONTH),
    ]


def test_what_comes_once_comes_once_and_an_unknown_sum_stays_unknown():
    assert told(fee(date(2026, 11, 10), FeePeriod.ONCE), HoldingKind.LINE) == [
        ("2026-11-10", Money.uah(150), FeePeriod.ONCE)
    ]
    unknown = Fee(StepKind.TARIFF, None, kyiv_midnight(date(2026, 11, 10)), FeePeriod.ONCE)
    assert coming(unknown, HoldingKind.LINE, NOW) == [unknown]


def test_a_fee_of_the_31st_is_of_the_31st_again_after_a_short_month():
    first, until = kyiv_midnight(date(2027, 2, 28)), kyiv_midnight(date(2027, 5, 1))
    found = moments(first, FeePeriod.MONTH, until, 31)
    assert [str(kyiv_date(each)) for each in found] == ["2027-02-28", "2027-03-31", "2027-04-30"]
