"""Disconnecting a service of an internet account, and undoing a connection within ten minutes (H2, O4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import changed
from mykyivstar.domain.billing.terms import Price
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.internet import fees
from mykyivstar.domain.internet.errors import NotConnected, TooLateToUndo
from mykyivstar.domain.internet.fees import RunningFee
from mykyivstar.domain.internet.ordering import own_held, own_seen
from mykyivstar.domain.internet.service_rules import Connected, connected, why_not_disconnect
from mykyivstar.domain.internet.services import first_key
from mykyivstar.domain.ledger.queries import posted_keys
from mykyivstar.domain.ledger.reversal import reverse
from mykyivstar.kit.clock import kyiv_date
from mykyivstar.kit.money import Money

UNDO_FOR: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Disconnecting:
    """What disconnecting means: it works to `last_day`, and `fee` is not taken any more."""

    code: str
    name: Mapping[str, str]
    fee: Money
    last_day: date | None


async def undo(session: AsyncSession, actor: Actor, *, account_id: int, code: str, at: datetime) -> None:
    """Take a connection of the last ten minutes back, with its money (O4). Raises NotConnected, TooLateToUndo,
    ServiceIsNeeded, NotFound, OnlyTheOwner.
    """
    await own_held(session, actor, account_id)
    found, has = await _found(session, account_id, code, at=at)
    if at - found.connection.connected_at > UNDO_FOR or _was_taken_again(found, at):
        raise TooLateToUndo
    if (why := why_not_disconnect(found.service, has)) is not None:
        raise why
    found.connection.ended_at = at
    session.add(found.connection)
    key = first_key(found.connection)
    if await posted_keys(session, [key]):
        rule = {"rule": f"service_undone/{code}"}
        await reverse(session, key=f"{key}:undone", of=key, at=at, explanation=rule)
    changed(session, Subject(Topic.INTERNET, account_id))


async def check_disconnect(
    session: AsyncSession, actor: Actor, *, account_id: int, code: str, at: datetime
) -> Disconnecting:
    """Until when it would work. Raises NotFound, OnlyTheOwner, NotConnected, ServiceIsNeeded."""
    await own_seen(session, actor, account_id)
    found = await _disconnectable(session, account_id, code, at=at)
    return _disconnecting(found, at=at)


async def disconnect(session: AsyncSession, actor: Actor, *, account_id: int, code: str, at: datetime) -> Disconnecting:
    """Take no further fee of it; it works to the end of what is paid. Raises as `check_disconnect`."""
    await own_held(session, actor, account_id)
    found = await _disconnectable(session, account_id, code, at=at)
    whole = _disconnecting(found, at=at)
    paid_until = found.connection.next_charge_at
    found.connection.ended_at = max(paid_until, at) if paid_until is not None else at
    session.add(found.connection)
    changed(session, Subject(Topic.INTERNET, account_id))
    return whole


async def _found(
    session: AsyncSession, account_id: int, code: str, *, at: datetime
) -> tuple[Connected, Sequence[Connected]]:
    has = await connected(session, account_id, at=at)
    found = next((each for each in has if each.service.code == code and each.until is None), None)
    if found is None:
        raise NotConnected
    return found, has


async def _disconnectable(session: AsyncSession, account_id: int, code: str, *, at: datetime) -> Connected:
    found, has = await _found(session, account_id, code, at=at)
    if (why := why_not_disconnect(found.service, has)) is not None:
        raise why
    return found


def _disconnecting(found: Connected, *, at: datetime) -> Disconnecting:
    paid_until = found.connection.next_charge_at
    is_paid = paid_until is not None and paid_until > at
    last_day = kyiv_date(paid_until) - timedelta(days=1) if is_paid and paid_until is not None else None
    return Disconnecting(found.service.code, found.service.name, found.service.fee, last_day)


def _was_taken_again(found: Connected, at: datetime) -> bool:
    """Whether a midnight with a fee of its own lies between."""
    connection = found.connection
    if connection.next_charge_at is None:
        return False
    fee = RunningFee(Price.of(found.service), found.service.name, connection.next_charge_at, connection.charge_day)
    return kyiv_date(connection.connected_at) < fees.begun(fee) <= kyiv_date(at)
