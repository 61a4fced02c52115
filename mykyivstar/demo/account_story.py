"""What a home internet account lived through: fees, bonuses of the fourth, transfers of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mykyivstar.demo.cast import AccountPart, Transfer
from mykyivstar.demo.charging import following, period_text
from mykyivstar.demo.line_story import Bonus, Subscription
from mykyivstar.demo.moves import Move, Pot, charge
from mykyivstar.domain.bonuses.rules import ACCRUAL_DAY, earned
from mykyivstar.domain.catalogue.models import FeePeriod, Tariff
from mykyivstar.domain.ledger.models import OperationKind, Unit
from mykyivstar.domain.ledger.service import SystemAccount
from mykyivstar.kit.clock import kyiv_date, kyiv_midnight
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month, day_in_month

# I1: bonuses come on the fourth; nine in the morning is when the run begins.
BONUS_DAY = ACCRUAL_DAY
BONUS_HOUR = timedelta(hours=9)
TRANSFER_HOUR = timedelta(hours=19, minutes=25)


@dataclass(slots=True)
class AccountState:
    """Where an account stands; moves on as its story is told."""

    tariff: Tariff
    next_charge_at: datetime
    subscriptions: list[Subscription] = field(default_factory=list)
    bonuses: Money = Money.ZERO
    # Months for which the fee was paid and the internet worked throughout.
    paid_months: set[Month] = field(default_factory=set)
    # Months whose bonuses are there: they come once, whether the story brings them or the run of the fourth.
    accrued: set[Month] = field(default_factory=set)


@dataclass(slots=True)
class AccountTold:
    """The account's moves in order of time, without top-ups, and the bonuses that arrived at lines."""

    moves: list[Move] = field(default_factory=list)
    arrivals: dict[str, list[Bonus]] = field(default_factory=dict)


def tell(
    account: AccountPart,
    state: AccountState,
    *,
    since: datetime,
    until: datetime,
    also: Sequence[tuple[datetime, Transfer]] = (),
) -> AccountTold:
    """Live from `since` (not included, but for charges due) to `until` (included); `also` are transfers out of turn."""
    told = AccountTold()
    moments = [*_charges(state, until), *_bonus_days(since, until), *_transfers(account, since, until), *also]
    for at, happening in sorted(moments, key=lambda moment: moment[0]):
        match happening:
            case Subscription():
                _pay_service(account, happening, at, told)
            case Transfer():
                _transfer(account, happening, at, state, told)
            case Month():
                _accrue(account, happening, at, state, told)
            case _:
                _pay_tariff(account, at, state, told)
    return told


def _charges(state: AccountState, until: datetime) -> Iterator[tuple[datetime, Subscription | None]]:
    for subscription in (None, *state.subscriptions):
        due = subscription.next_charge_at if subscription else state.next_charge_at
        period = subscription.service.fee_period if subscription else state.tariff.fee_period
        while due is not None and due <= until:
            yield due, subscription
            due = following(due, period)


def _months(since: datetime, until: datetime) -> Sequence[Month]:
    months = [Month.of(since)]
    while months[-1] < Month.of(until):
        months.append(months[-1].shifted(1))
    return months


def _bonus_days(since: datetime, until: datetime) -> Iterator[tuple[datetime, Month]]:
    """The fourths, each with the month it pays bonuses for."""
    for month in _months(since, until):
        at = kyiv_midnight(day_in_month(month, BONUS_DAY)) + BONUS_HOUR
        if since < at <= until:
            yield at, month.shifted(-1)


def _transfers(account: AccountPart, since: datetime, until: datetime) -> Iterator[tuple[datetime, Transfer]]:
    for month in _months(since, until):
        for transfer in account.bonuses_to:
            at = kyiv_midnight(day_in_month(month, transfer.day)) + TRANSFER_HOUR
            if since < at <= until:
                yield at, transfer


def _pay_tariff(account: AccountPart, at: datetime, state: AccountState, told: AccountTold) -> None:
    until = following(at, state.tariff.fee_period)
    assert until is not None
    why = {"rule": f"tariff/{state.tariff.code}", "period": period_text(at, until)}
    key = f"demo:{account.number}:fee:{kyiv_date(at):%Y%m%d}"
    pot = Pot(account.number, Unit.UAH)
    told.moves.append(charge(pot, state.tariff.fee, key=key, kind=OperationKind.TARIFF_FEE, at=at, why=why))
    state.next_charge_at = until
    state.paid_months.add(Month.of(at))


def _pay_service(account: AccountPart, subscription: Subscription, at: datetime, told: AccountTold) -> None:
    service = subscription.service
    until = following(at, service.fee_period)
    why = {"rule": f"service/{service.code}", "period": period_text(at, until)}
    key = f"demo:{account.number}:{service.code}:{kyiv_date(at):%Y%m%d}"
    pot = Pot(account.number, Unit.UAH)
    told.moves.append(charge(pot, service.fee, key=key, kind=OperationKind.SERVICE_FEE, at=at, why=why))
    subscription.next_charge_at = until


def _accrue(account: AccountPart, month: Month, at: datetime, state: AccountState, told: AccountTold) -> None:
    """I1: the fee paid for the month before, in whole bonuses; every demo month counts in full."""
    if month not in state.paid_months or month in state.accrued:
        return
    bonuses = earned(state.tariff.fee, FeePeriod.MONTH, month.days, month)
    why = {"rule": "internet_bonus", "period": str(month), "fee": state.tariff.fee.kopiykas}
    why |= {"active_days": month.days, "days": month.days}
    key = f"demo:{account.number}:bonus:{month}"
    amounts = [(Pot(account.number, Unit.BONUS), bonuses)]
    told.moves.append(Move(key, OperationKind.BONUS_ACCRUAL, at, amounts, SystemAccount.BONUSES, why))
    state.bonuses += bonuses


def _transfer(account: AccountPart, to: Transfer, at: datetime, state: AccountState, told: AccountTold) -> None:
    """I2: bonuses moved to a mobile number, if there are enough."""
    bonuses = Money.uah(to.amounts[Month.of(at).month % len(to.amounts)])
    if state.bonuses < bonuses:
        return
    amounts = [(Pot(account.number, Unit.BONUS), -bonuses), (Pot(to.number, Unit.BONUS), bonuses)]
    key = f"demo:{account.number}:bonus-to:{to.number}:{kyiv_date(at):%Y%m%d}"
    why = {"rule": "bonus_transfer", "to": to.number}
    told.moves.append(Move(key, OperationKind.TRANSFER, at, amounts, None, why))
    told.arrivals.setdefault(to.number, []).append(Bonus(at, bonuses))
    state.bonuses -= bonuses
