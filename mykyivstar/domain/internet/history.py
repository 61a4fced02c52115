"""The visible history of an account's states, and the active days counted from it (H1, I1)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Insert,
    Integer,
    Select,
    and_,
    case,
    func,
    insert,
    literal,
    select,
    type_coerce,
    update,
)
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.statements import table_of
from mykyivstar.db.types import DayType, EnumType, MoneyType, UtcDateTime
from mykyivstar.domain.internet.models import Cause, InternetAccount, InternetPeriod, InternetState
from mykyivstar.domain.ledger.models import LedgerAccount, Unit
from mykyivstar.kit.clock import kyiv_date
from mykyivstar.kit.period import Month

#: Since when a state counts that was there before anything was written down.
FOUND_SINCE: Final = datetime(2000, 1, 1, tzinfo=UTC)
PERIODS_MAX: Final = 100
_INSTANT: Final = timedelta(microseconds=1)

_account, _period, _pot = table_of(InternetAccount), table_of(InternetPeriod), table_of(LedgerAccount)
_COLUMNS: Final = ("internet_account_id", "state", "cause", "since", "first_day", "balance")


async def turn_over(
    session: AsyncSession,
    account_ids: Collection[int],
    *,
    was: InternetState,
    state: InternetState,
    cause: Cause,
    at: datetime,
) -> None:
    """End the open period of each of these accounts and begin the next one; three statements however many they are.

    The accounts are held (see `states`). Clocks of two processes may differ: no period begins before the one before
    it did.
    """
    theirs = sorted(account_ids)
    before = {"state": was, "cause": Cause.FOUND, "since": FOUND_SINCE, "first_day": kyiv_date(FOUND_SINCE)}
    written = select(_period.c.id).where(_period.c.internet_account_id == _account.c.id).exists()
    await session.execute(_adding(before, _account.c.id.in_(theirs) & ~written))
    ended = case((_period.c.since > at, _period.c.since), else_=literal(at, UtcDateTime()))
    closing = update(_period).where(_period.c.internet_account_id.in_(theirs), _period.c.until.is_(None))
    await session.execute(closing.values(until=ended, last_day=kyiv_date(at - _INSTANT)))
    balance = (
        select(_pot.c.balance)
        .where(_pot.c.internet_account_id == _account.c.id, _pot.c.unit == Unit.UAH)
        .scalar_subquery()
    )
    new = {
        "state": state,
        "cause": cause,
        "since": _latest(_period.c.until),
        "first_day": _first_day(state, kyiv_date(at)),
        "balance": balance,
    }
    await session.execute(_adding(new, _account.c.id.in_(theirs)))


async def periods(session: AsyncSession, account_id: int) -> Sequence[InternetPeriod]:
    """The history as its people see it, the newest first; at most PERIODS_MAX. Periods of no length are left out."""
    query = (
        select(InternetPeriod)
        .where(
            col(InternetPeriod.internet_account_id) == account_id,
            col(InternetPeriod.until).is_(None) | (col(InternetPeriod.until) > col(InternetPeriod.since)),
        )
        .order_by(col(InternetPeriod.id).desc())
        .limit(PERIODS_MAX)
    )
    return (await session.execute(query)).scalars().all()


async def active_days(session: AsyncSession, month: Month, account_ids: Collection[int]) -> Mapping[int, int]:
    """On how many days of the month each of these accounts was active at any moment (I1).

    A period that has not ended counts to the end of the month.
    """
    theirs = sorted(account_ids)
    query = (
        select(_account.c.id, active_days_in(month))
        .select_from(_account.outerjoin(_period, _period.c.internet_account_id == _account.c.id))
        .where(_account.c.id.in_(theirs))
        .group_by(_account.c.id, _account.c.state)
    )
    return {account_id: int(days) for account_id, days in (await session.execute(query)).all()}


def active_days_in(month: Month) -> ColumnElement[int]:
    """The same as an aggregate for a query that joins accounts with their periods (outer) and groups by account."""
    first, last = month.first_day.toordinal(), month.shifted(1).first_day.toordinal() - 1
    begins, ends = type_coerce(_period.c.first_day, Integer), type_coerce(_period.c.last_day, Integer)
    start = case((begins < first, first), else_=begins)
    end = case((ends < last, ends), else_=last)
    counts = and_(_period.c.state == InternetState.ACTIVE, end >= start)
    counted = func.sum(case((counts, end - start + 1), else_=0))
    without = case((_account.c.state == InternetState.ACTIVE, month.days), else_=0)
    return case((func.count(_period.c.id) == 0, without), else_=counted)


def _adding(values: Mapping[str, Any], which: ColumnElement[bool]) -> Insert:
    chosen: Select[Any] = select(
        _account.c.id,
        _value(values["state"], EnumType(InternetState)),
        _value(values["cause"], EnumType(Cause)),
        _value(values["since"], UtcDateTime()),
        _value(values["first_day"], DayType()),
        _value(values.get("balance"), MoneyType()),
    ).where(which)
    return insert(_period).from_select(_COLUMNS, chosen)


def _value(value: Any, kind: Any) -> ColumnElement[Any]:
    return value if isinstance(value, ColumnElement) else literal(value, kind)


def _latest(column: ColumnElement[Any]) -> ColumnElement[Any]:
    return (
        select(func.max(column, type_=UtcDateTime()))
        .where(_period.c.internet_account_id == _account.c.id)
        .scalar_subquery()
    )


def _first_day(state: InternetState, day: date) -> ColumnElement[Any] | date:
    """The day itself, or the next one when an earlier active period has counted it."""
    if state is not InternetState.ACTIVE:
        return day
    counted = (
        select(func.max(type_coerce(_period.c.last_day, Integer)))
        .where(_period.c.internet_account_id == _account.c.id, _period.c.state == InternetState.ACTIVE)
        .scalar_subquery()
    )
    return case((counted >= day.toordinal(), counted + 1), else_=day.toordinal())
