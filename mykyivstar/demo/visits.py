"""Who comes to a service centre in Kyiv on the demo's next open day."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.statements import insert_into
from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.stores.hours import hours_of
from mykyivstar.domain.stores.models import Store
from mykyivstar.domain.visits.desk import centres
from mykyivstar.domain.visits.models import Visit, VisitPurpose, VisitSlot, VisitState
from mykyivstar.domain.visits.times import days_of, half_hours
from mykyivstar.kit.msisdn import Msisdn
from mykyivstar.kit.secret import CODE_ALPHABET

_CITY = "Київ"
# Who, their number, what for, which half-hour of the day; none of them is a demo person.
_COMING = (
    ("Ганна", "380501840001", VisitPurpose.ACCESS, 1),
    ("Роман Іваненко", "380631840002", VisitPurpose.SIM, 4),
    ("Лідія Петрівна", "380731840003", VisitPurpose.DATA, 4),
)


async def add_visits(session: AsyncSession, at: datetime) -> None:
    """Three visits, once for each day; those of an earlier one have come."""
    store = next((each for each in await centres(session, at) if each.city.get("uk") == _CITY), None)
    starts = _next_day(store, at) if store else []
    if store is None or not starts:
        return
    if (await session.exec(select(Visit.id).where(Visit.ref == _ref(starts[0], 0)))).first() is not None:
        return
    phones = [Msisdn(number) for _, number, _, _ in _COMING]
    past = update(Visit).where(col(Visit.open_phone).in_(phones), col(Visit.ref).startswith("demo:"))
    await session.exec(past.values(open_phone=None, state=VisitState.CAME))
    for place, (name, _, purpose, half_hour) in enumerate(_COMING):
        starts_at = starts[min(half_hour, len(starts) - 1)]
        ref = _ref(starts[0], place)
        session.add(
            Visit(
                number=_number(ref),
                code=hashlib.sha256(ref.encode()).hexdigest()[:16],
                ref=ref,
                store_id=store.id or 0,
                starts_at=starts_at,
                purpose=purpose,
                name=name,
                phone=phones[place],
                open_phone=phones[place],
                language=Language.UK,
                state=VisitState.BOOKED,
                booked_at=at - timedelta(hours=20),
                state_at=at - timedelta(hours=20),
            )
        )
        slot = insert_into(session, VisitSlot).values(store_id=store.id, starts_at=starts_at, booked=1)
        one_more = {"booked": col(VisitSlot.booked) + 1}
        await session.exec(slot.on_conflict_do_update(index_elements=["store_id", "starts_at"], set_=one_more))


def _next_day(store: Store, at: datetime) -> list[datetime]:
    """The half-hours of the first open day."""
    hours = hours_of(store.opening_hours)
    assert hours is not None
    return next((found for day in days_of(at) if (found := half_hours(hours, day, at))), [])


def _ref(first: datetime, place: int) -> str:
    return f"demo:{first:%Y-%m-%d}:{place}"


def _number(ref: str) -> str:
    digest = hashlib.sha256(ref.encode()).digest()
    return "V-" + "".join(CODE_ALPHABET[each % len(CODE_ALPHABET)] for each in digest[:6])
