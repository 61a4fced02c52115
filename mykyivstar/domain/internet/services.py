"""Television and other services of an internet account: connecting, disconnecting, undoing (H2, O4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import changed
from mykyivstar.db.turns import take_turn
from mykyivstar.domain.billing.terms import Holds, Price, Term, term
from mykyivstar.domain.catalogue.models import FeePeriod, Service, ServiceConnection, Tariff
from mykyivstar.domain.consents.models import ConsentTo
from mykyivstar.domain.consents.recording import consent_of, record_consent
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.internet import fees, returning
from mykyivstar.domain.internet.errors import (
    PayFirst,
    ResumeFirst,
    ServiceNotOffered,
)
from mykyivstar.domain.internet.fees import RunningFee
from mykyivstar.domain.internet.models import InternetAccount, InternetState
from mykyivstar.domain.internet.ordering import demand_money, own_held, own_seen
from mykyivstar.domain.internet.service_rules import (
    connected,
    offered,
    why_not_connect,
)
from mykyivstar.domain.internet.states import Held
from mykyivstar.domain.ledger.postings import Leg
from mykyivstar.domain.ledger.service import post
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.kit.clock import kyiv_date, kyiv_midnight
from mykyivstar.kit.money import Money


@dataclass(frozen=True, slots=True)
class Connecting:
    """What connecting would cost: `now` for the days to `next_day`, then `fee` with the tariff's."""

    code: str
    name: Mapping[str, str]
    fee: Money
    period: FeePeriod
    now: Money
    first_day: date
    next_day: date | None
    days: int
    of_days: int
    # What the next payment of the whole account is without it, and with it.
    next_before: Money
    next_after: Money


async def check_connect(session: AsyncSession, actor: Actor, *, account_id: int, code: str, at: datetime) -> Connecting:
    """What it would cost now and then. Raises NotFound, OnlyTheOwner, and what is in the way."""
    held = await own_seen(session, actor, account_id)
    service, due, _ = await _connectable(session, held, code, at=at)
    return await _connecting(session, held.account, service, due, at=at)


async def connect(
    session: AsyncSession, actor: Actor, *, key: str, account_id: int, code: str, language: str, at: datetime
) -> ServiceConnection:
    """Connect the service now; the same `key` (of one form) does it once.

    The part of its fee for the days to the next charge is taken at once, and the balance stays above the threshold.
    The consent is recorded with what was shown (O4). Raises NotFound, OnlyTheOwner, and what is in the way.
    """
    await take_turn(session, key)
    held, operators = await own_held(session, actor, account_id)
    if (known := await consent_of(session, actor, key)) is not None:
        return await session.get_one(ServiceConnection, known.shown["connection_id"])
    service, due, again = await _connectable(session, held, code, at=at)
    whole = await _connecting(session, held.account, service, due, at=at)
    if again is not None:
        connection, connection.ended_at = again, None
    else:
        connection = ServiceConnection(
            service_id=service.id or 0,
            internet_account_id=account_id,
            connected_at=at,
            next_charge_at=due.next_at if service.fee else None,
            charge_day=due.charge_day,
        )
    session.add(connection)
    await session.flush()
    if due.amount and again is None:
        legs = [Leg(held.pot.id or 0, -due.amount, due.explanation), Leg(operators, due.amount, due.explanation)]
        kind = Price.of(service).kind
        await post(session, key=first_key(connection), kind=kind, at=at, legs=legs, respect_floors=False)
    shown: dict[str, Any] = {"connection_id": connection.id, "now": whole.now.kopiykas, "fee": whole.fee.kopiykas}
    shown |= {"next_day": whole.next_day.isoformat() if whole.next_day else None, "language": language}
    shown |= {"next_before": whole.next_before.kopiykas, "next_after": whole.next_after.kopiykas}
    of = HoldingKey(HoldingKind.INTERNET, account_id)
    record_consent(session, actor, key=key, of=of, to=ConsentTo.SERVICE, ref=code, shown=shown, at=at)
    changed(session, Subject(Topic.INTERNET, account_id))
    return connection


async def _connectable(
    session: AsyncSession, held: Held, code: str, *, at: datetime
) -> tuple[Service, Term, ServiceConnection | None]:
    """The service, its first fee, and the connection that is running out and would be kept."""
    service = (await session.exec(select(Service).where(col(Service.code) == code))).first()
    if service is None or not (service.for_internet and service.is_open):
        raise ServiceNotOffered
    await _demand_active(session, held, at=at)
    has = await connected(session, held.id, at=at)
    names = {each.code: each.name for each in await offered(session)}
    if (why := why_not_connect(service, has, names)) is not None:
        raise why
    again = next((each.connection for each in has if each.service.code == code), None)
    due = await _first_fee(session, held.account, service, at=at)
    if again is None:
        demand_money(held, due.amount)
    return service, due, again


async def _demand_active(session: AsyncSession, held: Held, *, at: datetime) -> None:
    match held.account.state:
        case InternetState.SUSPENDED:
            until = held.account.suspended_until or at
            raise ResumeFirst(day=kyiv_date(until) - timedelta(days=1))
        case InternetState.OFF_FOR_DEBT:
            rests = returning.total(await returning.rests_of(session, held.account, at=at))
            raise PayFirst(missing=held.account.disconnect_threshold + rests - held.pot.balance)
        case InternetState.ACTIVE:
            return


async def _first_fee(session: AsyncSession, account: InternetAccount, service: Service, *, at: datetime) -> Term:
    """For the days to the tariff's next charge where both come by the same rhythm, else for a whole period."""
    today, price = kyiv_date(at), Price.of(service)
    tariff = await session.get(Tariff, account.tariff_id) if account.tariff_id is not None else None
    paid_until = account.next_charge_at
    if tariff is not None and paid_until is not None and tariff.fee_period is service.fee_period:
        begun = fees.begun(RunningFee(Price.of(tariff), tariff.name, paid_until, account.charge_day))
        if begun <= today < kyiv_date(paid_until):
            return term(price, kyiv_midnight(begun), account.charge_day, day=today, holds=Holds.INTERNET)
    return term(price, kyiv_midnight(today), None, day=today, holds=Holds.INTERNET)


async def _connecting(
    session: AsyncSession, account: InternetAccount, service: Service, due: Term, *, at: datetime
) -> Connecting:
    today = kyiv_date(at)
    next_day = kyiv_date(due.next_at) if due.next_at is not None else None
    running = await fees.fees_of(session, account)
    soonest = min((fee.paid_until for fee in running), default=None)
    before = [fee.price.fee for fee in running if soonest and kyiv_date(fee.paid_until) == kyiv_date(soonest)]
    joins = next_day is not None and (soonest is None or kyiv_date(soonest) == next_day)
    next_before = sum(before, Money.ZERO)
    days = (next_day - today).days if next_day is not None else 0
    return Connecting(
        code=service.code,
        name=service.name,
        fee=service.fee,
        period=service.fee_period,
        now=due.amount,
        first_day=today,
        next_day=next_day,
        days=days,
        of_days=int(due.explanation.get("of_days", days)),
        next_before=next_before,
        next_after=next_before + (service.fee if joins else Money.ZERO),
    )


def first_key(connection: ServiceConnection) -> str:
    """The key of the operation that took its first part."""
    return f"service:{connection.id}:first"
