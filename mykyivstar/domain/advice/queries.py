"""Reads the case of one line: its months of records, fees and services, and the tariffs on offer."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import func, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.statements import table_of
from mykyivstar.domain.advice.case import Case, Grant, Offer, Reach, TakenFee, Use, places
from mykyivstar.domain.advice.errors import NoTariff, NothingUsed, TooFewRecords, TooManyRecords
from mykyivstar.domain.billing.calendar import following_moment
from mykyivstar.domain.catalogue.models import Service, ServiceConnection, Tariff
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.ledger.models import Entry, LedgerAccount, OperationKind, Unit
from mykyivstar.domain.lines.models import Line, Owner, OwnerKind
from mykyivstar.domain.lines.queries import held_line
from mykyivstar.domain.usage.models import UsageRecord
from mykyivstar.kit.clock import kyiv_midnight
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.period import Month

RECORDS_MAX: Final = 30_000
TARIFFS_MAX: Final = 200
_SERVICES_MAX: Final = 500
# How far before the first month the package that ran into it may have begun.
_BEFORE: Final = timedelta(days=62)


async def case_of(session: AsyncSession, actor: Actor, line_id: int, *, at: datetime) -> Case:
    """What advice for this line is made of, in seven statements.

    Raises NotFound (a stranger's line, and one whose usage the actor may not see), NoTariff, NothingUsed,
    TooFewRecords, TooManyRecords.
    """
    held = await held_line(session, actor, line_id)
    if not held.holding.role.sees_usage:
        raise NotFound
    line = held.line
    tariff = await session.get(Tariff, line.tariff_id) if line.tariff_id is not None else None
    if tariff is None:
        raise NoTariff
    reach = await _reach(session, line, at)
    start, end = reach.months[0].period.start, reach.months[-1].period.end
    fees = await _fees(session, line_id, start - _BEFORE, end)
    begun = max((fee.at for fee in fees if fee.at <= start), default=start)
    return Case(
        months=reach.months,
        current=Offer.of(tariff),
        offers=await _offers(session, line, tariff),
        uses=await _uses(session, line_id, reach.months, begun),
        services=await _services(session, line_id, begun, end),
        fees=[fee for fee in fees if fee.at >= begun],
        full_from=reach.full_from if reach.is_short else None,
    )


async def _reach(session: AsyncSession, line: Line, at: datetime) -> Reach:
    first = select(UsageRecord.started_at).where(UsageRecord.line_id == line.id)
    first_use = (await session.exec(first.order_by(col(UsageRecord.started_at)).limit(1))).first()
    if first_use is None:
        raise NothingUsed
    reach = Reach.of(activated_at=line.activated_at, first_use=first_use, at=at)
    if not reach.months:
        raise TooFewRecords(day=reach.first_advice)
    return reach


async def _offers(session: AsyncSession, line: Line, tariff: Tariff) -> Sequence[Offer]:
    """Whose contract is not known is taken to be a person."""
    alike = (Tariff.kind == tariff.kind, Tariff.brand == tariff.brand, col(Tariff.is_open))
    owner = select(Owner.kind).where(Owner.id == line.owner_id).scalar_subquery()
    fits = or_(col(Tariff.only_for).is_(None), col(Tariff.only_for) == func.coalesce(owner, OwnerKind.INDIVIDUAL.value))
    query = select(Tariff).where(*alike, fits).order_by(col(Tariff.position), col(Tariff.id)).limit(TARIFFS_MAX)
    return [Offer.of(each) for each in await session.exec(query)]


async def _uses(session: AsyncSession, line_id: int, months: Sequence[Month], since: datetime) -> Sequence[Use]:
    """Plain columns: thousands of rows are read, and none is kept."""
    table = table_of(UsageRecord)
    wanted = ("started_at", "category", "quantity", "cost", "rule")
    query = (
        select(*(table.c[name] for name in wanted))
        .where(
            table.c.line_id == line_id,
            table.c.started_at >= min(since, months[0].period.start),
            table.c.started_at < months[-1].period.end,
        )
        .order_by(table.c.started_at, table.c.ref)
        .limit(RECORDS_MAX + 1)
    )
    rows: Any = (await session.exec(query)).all()
    if len(rows) > RECORDS_MAX:
        raise TooManyRecords(most=RECORDS_MAX)
    place_of = places(months)
    return [
        Use(at, place_of(at), category, quantity, None if cost is None else cost.kopiykas, rule)
        for at, category, quantity, cost, rule in rows
    ]


async def _fees(session: AsyncSession, line_id: int, since: datetime, until: datetime) -> Sequence[TakenFee]:
    query = (
        select(Entry)
        .join(LedgerAccount, col(LedgerAccount.id) == Entry.account_id)
        .where(
            LedgerAccount.line_id == line_id,
            LedgerAccount.unit == Unit.UAH,
            Entry.kind == OperationKind.TARIFF_FEE,
            Entry.at >= since,
            Entry.at < until,
        )
        .order_by(col(Entry.at), col(Entry.id))
    )
    return [_fee(entry) for entry in await session.exec(query)]


def _fee(entry: Entry) -> TakenFee:
    code = str(entry.explanation.get("rule", "")).removeprefix("tariff/")
    return TakenFee(entry.at, _end_of(entry.explanation), code, -entry.amount)


def _end_of(explanation: Mapping[str, Any]) -> datetime | None:
    """The midnight after the last day that the fee paid for, if the entry says so."""
    try:
        last = date.fromisoformat(str(explanation.get("period", "")).partition("/")[2])
    except ValueError:
        return None
    return kyiv_midnight(last + timedelta(days=1))


async def _services(session: AsyncSession, line_id: int, since: datetime, until: datetime) -> Sequence[Grant]:
    """What was connected beside the tariff in these months, each time it was paid for; it is kept under any tariff."""
    query = (
        select(ServiceConnection, Service)
        .join(Service, col(Service.id) == ServiceConnection.service_id)
        .where(ServiceConnection.line_id == line_id, ServiceConnection.connected_at < until)
        .order_by(col(ServiceConnection.connected_at).desc())
        .limit(_SERVICES_MAX)
    )
    rows = (await session.exec(query)).all()
    return [
        grant for connection, service in rows for grant in _grants(connection, service, until) if grant.until > since
    ]


def _grants(connection: ServiceConnection, service: Service, until: datetime) -> Iterator[Grant]:
    at: datetime | None = connection.connected_at
    while at is not None and at < min(connection.ended_at or until, until):
        following = following_moment(at, service.fee_period)
        last = following or connection.ended_at or _end_of_days(at, service)
        yield Grant(at, last, service.code, service.package, service.fee)
        at = following


def _end_of_days(at: datetime, service: Service) -> datetime:
    """What is bought once lives for its own days."""
    return at + timedelta(days=max((int(part.get("days", 0)) for part in service.package), default=0))
