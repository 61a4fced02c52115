"""When somebody is told, at the exact edges."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mykyivstar.domain.internet.models import InternetState
from mykyivstar.domain.lines.models import Billing, LineState
from mykyivstar.domain.overview.alerts import Alert, AlertKind, Weight, internet_alerts, line_alerts
from mykyivstar.domain.overview.charges import NextCharge
from mykyivstar.domain.overview.gauges import Gauge, Part
from mykyivstar.domain.overview.internet import InternetStanding
from mykyivstar.domain.overview.validity import Validity
from mykyivstar.domain.usage.models import AllowanceKind
from mykyivstar.kit.clock import kyiv_midnight
from mykyivstar.kit.money import Money

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
TODAY = NOW.date()


def in_days(days: int) -> datetime:
    return kyiv_midnight(TODAY + timedelta(days=days))


def of_line(**changes: Any) -> list[Alert]:
    normal: dict[str, Any] = {
        "state": LineState.ACTIVE,
        "payment": Billing.PREPAID,
        "balance": Money.uah(100),
        "charge": None,
        "gauges": (),
        "validity": None,
    }
    return list(line_alerts(**(normal | changes), at=NOW))


def of_internet(balance: Money | None, state: InternetState = InternetState.ACTIVE, days: int = 9) -> list[Alert]:
    charge = NextCharge(in_days(days), Money.uah(200))
    return list(internet_alerts(InternetStanding(state, Money.uah(-50), balance, charge), NOW))


def data(granted: int, left: int) -> Gauge:
    return Gauge.of(AllowanceKind.DATA, (Part(granted, left, False, in_days(5)),))


def test_a_line_that_is_well_has_no_alerts():
    validity = Validity(in_days(15), in_days(106))
    assert of_line(charge=NextCharge(in_days(1), Money.uah(100)), gauges=(data(100, 21),), validity=validity) == []


@pytest.mark.parametrize(("days", "weight"), [(0, Weight.WARNING), (7, Weight.WARNING), (8, Weight.INFO)])
def test_a_balance_one_kopiyka_below_the_next_charge_is_low(days: int, weight: Weight):
    charge = NextCharge(in_days(days), Money.uah(100))
    if days:
        assert of_line(charge=charge) == []
    expected = Alert(AlertKind.BALANCE_LOW, weight, amount=Money(1), until=in_days(days), days=days)
    assert of_line(charge=charge, balance=Money.uah(99, 99)) == [expected]


def test_a_charge_that_could_not_be_taken_is_said_first():
    charge = NextCharge(in_days(-2), Money.uah(100), is_overdue=True)
    low = Alert(AlertKind.CHARGE_UNPAID, Weight.DANGER, amount=Money.uah(60), until=in_days(-2))
    assert of_line(charge=charge, balance=Money.uah(40), gauges=(data(9, 0),))[0] == low
    assert of_line(charge=charge, balance=Money.uah(100)) == []


def test_without_charges_only_a_debt_is_low():
    assert of_line(balance=Money.ZERO) == []
    assert of_line(balance=Money(-1)) == [Alert(AlertKind.BALANCE_LOW, Weight.WARNING, amount=Money(1))]


def test_the_unknown_is_not_low():
    assert of_line(balance=None, charge=NextCharge(in_days(1), Money.uah(100))) == []
    assert of_line(balance=Money(-1), charge=NextCharge(in_days(1), None)) == []


def test_a_contract_line_pays_afterwards():
    charge = NextCharge(in_days(1), Money.uah(100))
    assert of_line(payment=Billing.CONTRACT, balance=Money.uah(-500), charge=charge) == []


@pytest.mark.parametrize(
    ("left", "kind", "percent"),
    [
        (21, None, None),
        (20, AlertKind.PACKAGE_NEARLY_USED, 80),
        (1, AlertKind.PACKAGE_NEARLY_USED, 99),
        (0, AlertKind.PACKAGE_USED, None),
    ],
)
def test_packages_are_told_of_at_80_and_at_100_percent(left: int, kind: AlertKind | None, percent: int | None):
    found = of_line(gauges=(data(100, left),))
    assert [(alert.kind, alert.percent) for alert in found] == ([] if kind is None else [(kind, percent)])
    assert all(alert.allowance is AllowanceKind.DATA and alert.until == in_days(5) for alert in found)


@pytest.mark.parametrize(("days", "told"), [(15, False), (14, True), (1, True)])
def test_a_numbers_validity_is_told_of_fourteen_days_before(days: int, told: bool):
    found = of_line(validity=Validity(in_days(days), in_days(days + 91)))
    expected = Alert(AlertKind.VALIDITY_SHORT, Weight.WARNING, amount=Money.uah(30), until=in_days(days), days=days)
    assert found == ([expected] if told else [])


def test_a_number_that_only_receives_or_has_ended_is_in_danger():
    (receiving,) = of_line(validity=Validity(in_days(-1), in_days(90)))
    assert (receiving.kind, receiving.weight, receiving.days) == (AlertKind.RECEIVING_ONLY, Weight.DANGER, 90)
    (ended,) = of_line(validity=Validity(in_days(-99), in_days(-8)))
    assert (ended.kind, ended.weight) == (AlertKind.NUMBER_ENDED, Weight.DANGER)


def test_the_weightiest_comes_first():
    found = of_line(
        state=LineState.BLOCKED,
        balance=Money(-1),
        gauges=(data(100, 10),),
        validity=Validity(in_days(3), None),
    )
    weights = [alert.weight for alert in found]
    assert weights == [Weight.DANGER, Weight.WARNING, Weight.WARNING, Weight.INFO]
    assert found[0].kind is AlertKind.LINE_BLOCKED


@pytest.mark.parametrize(
    ("balance", "kind", "amount"),
    [
        (Money.uah(150), None, None),
        (Money.uah(149, 99), AlertKind.THRESHOLD_NEAR, Money(1)),
        (Money.uah(-50), AlertKind.THRESHOLD_NEAR, Money.uah(200)),
        (Money.uah(-50, 0) - Money(1), AlertKind.THRESHOLD_CROSSED, Money(1)),
        (None, None, None),
    ],
)
def test_the_disconnect_threshold_is_told_of_when_near_and_when_crossed(
    balance: Money | None, kind: AlertKind | None, amount: Money | None
):
    found = [(alert.kind, alert.amount) for alert in of_internet(balance)]
    assert found == ([] if kind is None else [(kind, amount)])


def test_internet_that_is_off_says_what_brings_it_back():
    (off,) = of_internet(Money.uah(-135), InternetState.OFF_FOR_DEBT)
    assert (off.kind, off.weight, off.amount) == (AlertKind.INTERNET_OFF, Weight.DANGER, Money.uah(85))
    (unknown,) = of_internet(None, InternetState.OFF_FOR_DEBT)
    assert (unknown.kind, unknown.amount) == (AlertKind.INTERNET_OFF, None)


def test_internet_that_has_been_paid_for_is_coming_back():
    (paid,) = of_internet(Money.uah(-50), InternetState.OFF_FOR_DEBT)
    assert (paid.kind, paid.weight) == (AlertKind.INTERNET_RETURNING, Weight.INFO)


def test_internet_on_holiday_is_left_in_peace():
    assert of_internet(Money.uah(-500), InternetState.SUSPENDED) == []


@pytest.mark.parametrize(("days", "weight"), [(7, Weight.WARNING), (8, Weight.INFO)])
def test_a_payment_for_internet_becomes_a_warning_a_week_before(days: int, weight: Weight):
    (near,) = of_internet(Money.ZERO, days=days)
    assert (near.kind, near.weight, near.until, near.days) == (AlertKind.THRESHOLD_NEAR, weight, in_days(days), days)
