"""The price of call details, to the kopiyka and to the minute (E4)."""

from datetime import UTC, datetime

import pytest

from mykyivstar.domain.reports.details_price import DetailsTariff, Fee, fee_of, price_of_details
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month, Period

LONG_AGO = datetime(2024, 5, 5, 12, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
# The first moment of December in Kyiv, and the last one of November.
DECEMBER = datetime(2026, 11, 30, 22, 0, tzinfo=UTC)


def price(period: Period, *, registered_at: datetime = LONG_AGO, ordered: int = 0, at: datetime = NOW) -> Money | None:
    fee = price_of_details(
        period, registered_at=registered_at, ordered_this_month=ordered, tariff=DetailsTariff(), at=at
    )
    return None if fee is None else fee.total


def test_one_hryvnia_with_its_duty_is_1_06_and_five_are_5_31():
    assert fee_of(Money.uah(1)) == Fee(net=Money(83), vat=Money(17), duty=Money(6))
    assert fee_of(Money.uah(1)).total == Money(106)
    assert fee_of(Money.uah(5)) == Fee(net=Money(417), vat=Money(83), duty=Money(31))
    assert fee_of(Money.uah(5)).total == Money(531)


def test_past_months_are_free():
    assert price(Month(2026, 10).period) is None
    assert price(Period(Month(2025, 1).period.start, Month(2026, 10).period.end), ordered=3) is None


def test_the_first_request_of_a_month_costs_5_31_and_each_further_one_1_06():
    assert price(Month(2026, 11).period) == Money(531)
    assert [price(Month(2026, 11).period, ordered=n) for n in (1, 2, 9)] == [Money(106)] * 3


def test_a_period_that_only_reaches_into_this_month_is_charged():
    assert price(Period(Month(2026, 9).period.start, NOW)) == Money(531)


@pytest.mark.parametrize(
    ("registered_at", "expected"),
    [
        (NOW, Money(106)),
        (datetime(2026, 10, 1, 12, tzinfo=UTC), Money(106)),
        # Kyiv's October begins while it is still September in London.
        (datetime(2026, 9, 30, 21, 0, tzinfo=UTC), Money(106)),
        (datetime(2026, 9, 30, 20, 59, tzinfo=UTC), Money(531)),
    ],
)
def test_from_registration_to_the_end_of_the_next_month_each_costs_1_06(registered_at: datetime, expected: Money):
    assert price(Month(2026, 11).period, registered_at=registered_at) == expected


def test_months_change_at_midnight_in_kyiv():
    november = Month(2026, 11).period
    assert price(november, ordered=1, at=datetime(2026, 11, 30, 21, 59, tzinfo=UTC)) == Money(106)
    assert price(november, at=DECEMBER) is None
    assert price(Month(2026, 12).period, at=DECEMBER) == Money(531)


def test_prices_are_configuration():
    tariff = DetailsTariff(first_of_month=Money.uah(10))
    fee = price_of_details(Month(2026, 11).period, registered_at=LONG_AGO, ordered_this_month=0, tariff=tariff, at=NOW)
    assert fee is not None
    assert fee.total == Money(1063)
