"""The two statements that the dashboard is read with, whatever a person has.

They are built once: composing them anew costs more than running them. Plain columns instead of mapped rows for the
same reason: this is the busiest read of all.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    CompoundSelect,
    FromClause,
    Select,
    String,
    and_,
    bindparam,
    case,
    cast,
    exists,
    false,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)

from mykyivstar.db.prepared import Prepared
from mykyivstar.db.statements import table_of
from mykyivstar.db.types import BigId, UtcDateTime
from mykyivstar.domain.auto_top_up.models import AutoTopUpRule, RuleState
from mykyivstar.domain.bonuses.rules import PAYS_FOR
from mykyivstar.domain.catalogue.models import Service, ServiceConnection, Tariff
from mykyivstar.domain.identity.models import Profile
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.ledger.models import Entry, LedgerAccount, OperationKind, Unit
from mykyivstar.domain.lines.models import Holding, Line
from mykyivstar.domain.lines.queries import HOLDINGS_MAX
from mykyivstar.domain.promises.models import Promise, PromiseState
from mykyivstar.domain.usage.models import Allowance, UsageMonth

# What a row of `DETAILS` is about.
ALLOWANCE, DUE, COST = "allowance", "due", "cost"
_FEES = (OperationKind.TARIFF_FEE, OperationKind.SERVICE_FEE)

_profile = table_of(Profile)
_holding, _line, _account = table_of(Holding), table_of(Line), table_of(InternetAccount)
_tariff, _pot = table_of(Tariff), table_of(LedgerAccount)
_allowance, _usage = table_of(Allowance), table_of(UsageMonth)
_connection, _service = table_of(ServiceConnection), table_of(Service)
_entry = table_of(Entry)
_promise, _rule = table_of(Promise), table_of(AutoTopUpRule)

_profile_id = bindparam("profile_id", type_=BigId)
_mine = _holding.c.profile_id == _profile_id


def _pot_code(unit: Unit) -> ColumnElement[str]:
    """The ledger account of a holding by its code ("line:12:uah"), which has an index for itself."""
    line = literal("line:") + cast(_holding.c.line_id, String)
    account = literal("internet:") + cast(_holding.c.internet_account_id, String)
    return func.coalesce(line, account) + literal(f":{unit.value}")


def _has_notes() -> ColumnElement[bool]:
    """Whether a promised payment is open here, or the person has a rule of auto top-up: only then these are read."""
    # The value stands in the statement itself: where an index is partial, SQLite plans anew for each parameter.
    is_open = _promise.c.state == literal_column(f"'{PromiseState.OPEN}'")
    return or_(
        exists().where(is_open, _promise.c.line_id == _holding.c.line_id),
        exists().where(is_open, _promise.c.internet_account_id == _holding.c.internet_account_id),
        exists().where(_rule.c.profile_id == _profile.c.id, _rule.c.state != RuleState.DELETED),
    )


def _parts() -> Select[Any]:
    money, bonus = _pot.alias("money"), _pot.alias("bonus")
    joined = (
        _profile.outerjoin(_holding, _holding.c.profile_id == _profile.c.id)
        .outerjoin(_line, _line.c.id == _holding.c.line_id)
        .outerjoin(_account, _account.c.id == _holding.c.internet_account_id)
        .outerjoin(_tariff, _tariff.c.id == func.coalesce(_line.c.tariff_id, _account.c.tariff_id))
        .outerjoin(money, money.c.code == _pot_code(Unit.UAH))
        .outerjoin(bonus, bonus.c.code == _pot_code(Unit.BONUS))
    )
    return (
        select(
            func.coalesce(func.nullif(_profile.c.name, ""), _profile.c.login).label("name"),
            _holding.c.line_id,
            _holding.c.internet_account_id,
            _holding.c.role,
            _holding.c.nickname,
            _holding.c.colour,
            _holding.c.chosen_at,
            _line.c.msisdn,
            _line.c.brand,
            _line.c.payment,
            _line.c.state.label("line_state"),
            _line.c.valid_until,
            _line.c.receiving_until,
            _account.c.number,
            _account.c.address,
            _account.c.state.label("internet_state"),
            _account.c.disconnect_threshold,
            _account.c.suspended_until,
            func.coalesce(_line.c.next_charge_at, _account.c.next_charge_at, type_=UtcDateTime()).label("charge_at"),
            _tariff.c.name.label("tariff"),
            _tariff.c.fee,
            _tariff.c.fee_period,
            _account.c.charge_day,
            money.c.balance,
            bonus.c.balance.label("bonus"),
            _has_notes().label("has_notes"),
        )
        .select_from(joined)
        .where(_profile.c.id == _profile_id)
        .order_by(_holding.c.position, _holding.c.id)
        .limit(HOLDINGS_MAX)
    )


def _details() -> CompoundSelect[Any]:
    return union_all(_allowances(), _services(), _usage_costs(), _fees())


def _detail(
    what: str,
    source: FromClause,
    *,
    label: Any = None,
    amount: Any,
    left: Any = None,
    is_unlimited: Any = None,
    at: Any = None,
) -> Select[Any]:
    """Every branch of the union has these columns; PostgreSQL wants each of them typed in each branch."""
    columns: tuple[ColumnElement[Any], ...] = (
        literal(what).label("what"),
        _holding.c.line_id,
        _holding.c.internet_account_id,
        cast(null() if label is None else type_coerce(label, String), String).label("label"),
        cast(amount, BigInteger).label("amount"),
        cast(null() if left is None else left, BigInteger).label("left"),
        cast(false() if is_unlimited is None else is_unlimited, Boolean).label("is_unlimited"),
        (cast(null(), UtcDateTime) if at is None else at).label("at"),
    )
    return select(*columns).select_from(source).where(_mine)


def _allowances() -> Select[Any]:
    return _detail(
        ALLOWANCE,
        _holding.join(_allowance, _allowance.c.line_id == _holding.c.line_id),
        label=_allowance.c.kind,
        amount=_allowance.c.granted,
        left=_allowance.c.left,
        is_unlimited=_allowance.c.is_unlimited,
        at=_allowance.c.expires_at,
    ).where(_allowance.c.expires_at > bindparam("at", type_=UtcDateTime()))


def _services() -> CompoundSelect[Any] | Select[Any]:
    on = (_connection.c.line_id == _holding.c.line_id) | (
        _connection.c.internet_account_id == _holding.c.internet_account_id
    )
    source = _holding.join(_connection, on).join(_service, _service.c.id == _connection.c.service_id)
    due = _detail(
        DUE,
        source,
        # By which rhythm: its period, and the day of the month that it belongs to.
        label=_service.c.fee_period,
        left=_connection.c.charge_day,
        amount=type_coerce(_service.c.fee, BigInteger),
        at=_connection.c.next_charge_at,
    )
    return due.where(_connection.c.next_charge_at.is_not(None), _connection.c.ended_at.is_(None))


def _usage_costs() -> Select[Any]:
    used = _detail(
        COST,
        _holding.join(_usage, _usage.c.line_id == _holding.c.line_id),
        amount=func.sum(type_coerce(_usage.c.cost, BigInteger)),
    )
    return used.where(_usage.c.month == bindparam("month", type_=String)).group_by(
        _holding.c.line_id, _holding.c.internet_account_id
    )


def _fees() -> Select[Any]:
    """By category, so that a fee that was taken back does not count; less the usage that bonuses paid for."""
    of_both = or_(*(_pot.c.code == _pot_code(unit) for unit in (Unit.UAH, Unit.BONUS)))
    source = _holding.join(_pot, of_both).join(_entry, _entry.c.account_id == _pot.c.id)
    amount, is_money = type_coerce(_entry.c.amount, BigInteger), _pot.c.unit == Unit.UAH
    taken = _detail(COST, source, amount=func.sum(case((is_money, -amount), else_=amount)))
    return taken.where(
        _entry.c.at >= bindparam("month_start", type_=UtcDateTime()),
        _entry.c.at < bindparam("month_end", type_=UtcDateTime()),
        or_(
            and_(is_money, or_(*(_entry.c.category == fee.value for fee in _FEES))),
            and_(~is_money, or_(*(_entry.c.category == used.value for used in sorted(PAYS_FOR)))),
        ),
    ).group_by(_holding.c.line_id, _holding.c.internet_account_id)


# One row per line or internet account: itself, its tariff, its balances, whose it is; a row of nothing but the person
# when they have none. Parameter: profile_id.
PARTS = Prepared(_parts())
# Allowances, services due, costs of a month. Parameters: profile_id, at, month, month_start, month_end.
DETAILS = Prepared(_details())
