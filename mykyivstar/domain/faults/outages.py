"""The state of the network at an address: what is broken now and what is planned (H6, N7)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, true
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import changed
from mykyivstar.db.statements import insert_into
from mykyivstar.domain.faults.errors import NothingToWatch
from mykyivstar.domain.faults.models import Outage, OutageKind, OutagePlace, OutageWatch
from mykyivstar.domain.faults.places import Place, is_touched, parse_address
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.lines.queries import HeldAccount, held_account

#: How far ahead works are shown.
AHEAD = timedelta(days=14)
NEARBY_MAX = 20


@dataclass(frozen=True, slots=True)
class Event:
    """Something with the network, as its subscriber sees it; `places` only where it is somewhere else in the city."""

    id: int
    kind: OutageKind
    reason: dict[str, str]
    starts_at: datetime
    expected_at: datetime | None
    is_now: bool
    is_watched: bool = False
    places: Sequence[str] = ()

    def is_late(self, at: datetime) -> bool:
        """Whether it goes on longer than was said."""
        return self.is_now and self.expected_at is not None and self.expected_at <= at


@dataclass(frozen=True, slots=True)
class NetworkState:
    """What is the matter at one address, the running ones first, and elsewhere in its city."""

    here: Sequence[Event]
    nearby: Sequence[Event]

    @property
    def now(self) -> Sequence[Event]:
        return [event for event in self.here if event.is_now]

    @property
    def planned(self) -> Sequence[Event]:
        return [event for event in self.here if not event.is_now]


def end_of(outage: Outage) -> datetime | None:
    """When it was, or will be, over; None while nobody knows. Works end by themselves, an outage when the file says."""
    if outage.ended_at is not None:
        return outage.ended_at
    return outage.expected_at if outage.kind is OutageKind.WORKS else None


async def network_state(session: AsyncSession, held: HeldAccount, *, at: datetime) -> NetworkState:
    """What runs or is planned for the next two weeks at this account's address and in its city."""
    place = parse_address(held.account.address)
    if not place.city:
        return NetworkState((), ())
    watched = select(OutageWatch.outage_id).where(OutageWatch.internet_account_id == held.key.id)
    mine = set((await session.exec(watched)).all())
    here: list[Event] = []
    nearby: list[Event] = []
    for outage, places in (await running(session, at, city=place.city)).values():
        assert outage.id is not None
        if any(touches(each, place) for each in places):
            here.append(_event(outage, at, is_watched=outage.id in mine))
        else:
            nearby.append(_event(outage, at, places=[_written(each) for each in places]))
    order = sorted(here, key=lambda event: (not event.is_now, event.starts_at))
    return NetworkState(order, sorted(nearby, key=lambda event: (not event.is_now, event.starts_at))[:NEARBY_MAX])


async def watch(session: AsyncSession, actor: Actor, *, account_id: int, outage_id: int, at: datetime) -> None:
    """Have the actor told by SMS when this event is over; asked twice, told once. Raises NotFound, NothingToWatch."""
    held = await held_account(session, actor, account_id)
    state = await network_state(session, held, at=at)
    if outage_id not in {event.id for event in state.now}:
        raise NothingToWatch
    values = {"outage_id": outage_id, "internet_account_id": account_id, "profile_id": actor.profile_id}
    await session.exec(insert_into(session, OutageWatch).values(**values, asked_at=at).on_conflict_do_nothing())
    changed(session, held.key.subject)


def touches(spot: OutagePlace, place: Place) -> bool:
    """Whether this place of an event is, or holds, the address."""
    return is_touched(place, city=spot.city_key, street=spot.street_key, houses=spot.houses)


async def running(
    session: AsyncSession, at: datetime, *, city: str = ""
) -> dict[int, tuple[Outage, list[OutagePlace]]]:
    """Everything that runs or is planned for the next two weeks, with its places; of one city (its key), or of all."""
    found: dict[int, tuple[Outage, list[OutagePlace]]] = {}
    rows = await session.exec(
        select(Outage, OutagePlace)
        .join(OutagePlace, col(OutagePlace.outage_id) == col(Outage.id))
        .where(
            OutagePlace.city_key == city if city else true(),
            col(Outage.is_cancelled).is_(False),
            or_(col(Outage.ended_at).is_(None), col(Outage.ended_at) > at),
            Outage.starts_at <= at + AHEAD,
        )
        .order_by(col(Outage.id), col(OutagePlace.id))
    )
    for outage, spot in rows:
        end = end_of(outage)
        if end is None or end > at:
            found.setdefault(outage.id or 0, (outage, []))[1].append(spot)
    return found


def _event(outage: Outage, at: datetime, *, is_watched: bool = False, places: Iterable[str] = ()) -> Event:
    return Event(
        id=outage.id or 0,
        kind=outage.kind,
        reason=outage.reason,
        starts_at=outage.starts_at,
        expected_at=outage.ended_at or outage.expected_at,
        is_now=outage.starts_at <= at,
        is_watched=is_watched,
        places=tuple(dict.fromkeys(places)),
    )


def _written(spot: OutagePlace) -> str:
    return ", ".join(part for part in (spot.street or spot.city, spot.houses) if part)
