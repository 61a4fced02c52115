"""From the domain to what the pages of home internet show."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from mykyivstar.domain.catalogue.models import ServiceKind, Tariff
from mykyivstar.domain.internet.history import FOUND_SINCE
from mykyivstar.domain.internet.holiday import Holiday
from mykyivstar.domain.internet.models import InternetState, OrderState
from mykyivstar.domain.internet.queries import AccountDetails, ServiceOffer
from mykyivstar.domain.internet.service_ends import UNDO_FOR, Disconnecting
from mykyivstar.domain.internet.services import Connecting
from mykyivstar.domain.internet.tariff_changes import Change
from mykyivstar.domain.internet.terms import InternetTerms
from mykyivstar.domain.lines.models import HoldingRole
from mykyivstar.domain.overview.models import InternetPart
from mykyivstar.domain.promises.conditions import Offer
from mykyivstar.kit.clock import kyiv_date
from mykyivstar.kit.money import Money
from mykyivstar.state.forms import in_all_languages
from mykyivstar.state.internet.rows import (
    AccountView,
    BonusRow,
    ChangeRow,
    FeeRow,
    HolidayTerms,
    HolidayView,
    PeriodRow,
    ServiceCheck,
    ServiceRow,
    SuspensionRow,
    TariffCheck,
    TariffRow,
)

_DAY = timedelta(days=1)


def account_view(part: InternetPart, details: AccountDetails, grace: Offer | None) -> AccountView:
    """The account page; `grace` is what the grace week would lend, None when it is not offered."""
    standing, charge, tariff = part.standing, part.charge, details.tariff
    is_suspended = standing.state is InternetState.SUSPENDED
    now = standing.missing_now
    to_pay = Money.ZERO if is_suspended else now or standing.next_payment
    until = standing.suspended_until
    return AccountView(
        key=str(part.key),
        kind=part.key.kind.value,
        nickname=part.nickname,
        number=part.number,
        address=part.address,
        state=standing.state.value,
        suspended_until=iso(until),
        suspended_last=(kyiv_date(until) - _DAY).isoformat() if until else "",
        is_own=part.role is HoldingRole.OWNER,
        sees_usage=part.role.sees_usage,
        balance=kopiykas(part.balance),
        bonus=kopiykas(part.bonus),
        threshold=standing.threshold.kopiykas,
        room=kopiykas(standing.room),
        to_pay=kopiykas(to_pay),
        pay_by="" if now or is_suspended or charge is None else iso(charge.at),
        charge=kopiykas(charge.amount) if charge is not None else None,
        charge_at=iso(charge.at) if charge is not None else "",
        rest=standing.rest.kopiykas,
        month_cost=kopiykas(part.month_cost),
        tariff=dict(tariff.name) if tariff is not None else None,
        tariff_about=dict(tariff.description) if tariff is not None else None,
        tariff_fee=tariff.fee.kopiykas if tariff is not None else None,
        fees=[
            FeeRow(dict(fee.name), fee.price.fee.kopiykas, iso(fee.paid_until), fee.connection is None)
            for fee in details.fees
        ],
        change=_change(details),
        suspensions=[
            SuspensionRow(
                each.id or 0,
                each.first_day.isoformat(),
                each.last_day.isoformat(),
                each.price.kopiykas,
                each.state is OrderState.RUNNING,
            )
            for each in details.suspensions
        ],
        history=[
            PeriodRow(
                period.state.value,
                period.cause.value,
                "" if period.since == FOUND_SINCE else iso(period.since),
                iso(period.until),
                kopiykas(period.balance) if part.role.sees_usage else None,
            )
            for period in details.history
        ],
        grace=kopiykas(grace.sums[0]) if grace is not None else None,
        grace_until=grace.last_day.isoformat() if grace is not None else "",
    )


def holiday_view(holiday: Holiday, balance: Money | None) -> HolidayView:
    """The check page of a suspension."""
    return HolidayView(
        first_day=holiday.first_day.isoformat(),
        last_day=holiday.last_day.isoformat(),
        days=holiday.days,
        resumes_on=holiday.resumes_on.isoformat(),
        price=holiday.price.kopiykas,
        balance_after=kopiykas(balance - holiday.price) if balance is not None else None,
        comes_back=holiday.comes_back.kopiykas,
        then_due=holiday.then_due.kopiykas,
        bonuses=[
            BonusRow(loss.month.first_day.isoformat(), loss.without.kopiykas // 100, loss.suspended.kopiykas // 100)
            for loss in holiday.bonuses
        ],
    )


def holiday_terms(terms: InternetTerms, today: date) -> HolidayTerms:
    """What is said before days are chosen."""
    return HolidayTerms(
        price=terms.suspension_price.kopiykas,
        least=terms.suspension_least,
        most=terms.suspension_most,
        year_most=terms.suspension_year_most,
        earliest=(today + _DAY).isoformat(),
        latest=(today + timedelta(days=terms.suspension_ahead)).isoformat(),
    )


def tariff_rows(tariffs: Sequence[Tariff], mine: int | None) -> list[TariffRow]:
    """Side by side."""
    return [
        TariffRow(each.code, dict(each.name), dict(each.description), each.fee.kopiykas, each.id == mine)
        for each in tariffs
    ]


def tariff_check(change: Change) -> TariffCheck:
    """The check page of a change."""
    return TariffCheck(
        code=change.code,
        name=dict(change.name),
        fee=change.fee.kopiykas,
        old_name=dict(change.old_name) if change.old_name is not None else None,
        old_fee=kopiykas(change.old_fee),
        from_day=change.from_day.isoformat(),
        missing=change.missing.kopiykas,
        at_once=change.at_once,
    )


def service_rows(offers: Sequence[ServiceOffer], at: datetime) -> list[ServiceRow]:
    """In the order of the catalogue."""
    return [_service(offer, at) for offer in offers]


def connect_check(whole: Connecting, balance: Money | None) -> ServiceCheck:
    """The check page of a connection."""
    return ServiceCheck(
        kind="connect",
        code=whole.code,
        name=dict(whole.name),
        fee=whole.fee.kopiykas,
        period=whole.period.value,
        now=whole.now.kopiykas,
        first_day=whole.first_day.isoformat(),
        last_day=(whole.next_day - _DAY).isoformat() if whole.next_day is not None else "",
        next_day=whole.next_day.isoformat() if whole.next_day is not None else "",
        days=whole.days,
        of_days=whole.of_days,
        next_before=whole.next_before.kopiykas,
        next_after=whole.next_after.kopiykas,
        balance_after=kopiykas(balance - whole.now) if balance is not None else None,
    )


def disconnect_check(whole: Disconnecting) -> ServiceCheck:
    """The check page of a disconnection."""
    return ServiceCheck(
        kind="disconnect",
        code=whole.code,
        name=dict(whole.name),
        fee=whole.fee.kopiykas,
        period="month",
        now=0,
        first_day="",
        last_day=whole.last_day.isoformat() if whole.last_day is not None else "",
        next_day="",
        days=0,
        of_days=0,
        next_before=0,
        next_after=0,
        balance_after=None,
    )


def kopiykas(amount: Money | None) -> int | None:
    """As the browser gets it."""
    return None if amount is None else amount.kopiykas


def iso(moment: datetime | None) -> str:
    """As the browser gets it; "" for none."""
    return moment.isoformat() if moment is not None else ""


def _change(details: AccountDetails) -> ChangeRow | None:
    change, tariff = details.change, details.change_to
    if change is None or tariff is None:
        return None
    return ChangeRow(change.id or 0, dict(tariff.name), tariff.fee.kopiykas, change.from_day.isoformat())


def _service(offer: ServiceOffer, at: datetime) -> ServiceRow:
    service, mine = offer.service, offer.connected
    is_kept = mine is not None and mine.until is None
    return ServiceRow(
        code=service.code,
        name=dict(service.name),
        about=dict(service.description),
        fee=service.fee.kopiykas,
        period=service.fee_period.value,
        is_tv=service.kind is ServiceKind.TV,
        is_connected=is_kept,
        until=iso(mine.until) if mine is not None else "",
        refusal=in_all_languages(offer.refusal) if offer.refusal is not None else {},
        can_undo=is_kept and mine is not None and at - mine.connection.connected_at <= UNDO_FOR,
    )
