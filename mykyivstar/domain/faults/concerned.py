"""Whom an event concerns: the accounts at its places, found by the parts of their addresses."""

from collections.abc import AsyncIterator, Sequence

from sqlalchemy import or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import UnitOfWork
from mykyivstar.db.statements import insert_into, table_of
from mykyivstar.domain.faults.models import AccountPlace, OutagePlace
from mykyivstar.domain.faults.outages import touches
from mykyivstar.domain.faults.places import Place, parse_address
from mykyivstar.domain.internet.models import InternetAccount

BATCH = 500


async def know_places(unit_of_work: UnitOfWork) -> int:
    """Take apart the addresses that are new or have changed; how many there were. A transaction for each batch."""
    total = after = 0
    while True:
        async with unit_of_work() as session:
            found = await _know_some(session, after)
        total += len(found)
        if len(found) < BATCH:
            return total
        after = found[-1]


async def concerned(unit_of_work: UnitOfWork, outage_id: int) -> AsyncIterator[Sequence[int]]:
    """The ids of the accounts that an event touches, in batches; call `know_places` first."""
    async with unit_of_work() as session:
        spots = (await session.exec(select(OutagePlace).where(OutagePlace.outage_id == outage_id))).all()
    if not spots:
        return
    after = 0
    while True:
        async with unit_of_work() as session:
            rows = await _next(session, spots, after)
        touched = [
            row.internet_account_id
            for row in rows
            if any(touches(spot, Place(row.city_key, row.street_key, row.house)) for spot in spots)
        ]
        if touched:
            yield touched
        if len(rows) < BATCH:
            return
        after = rows[-1].internet_account_id


async def _next(session: AsyncSession, spots: Sequence[OutagePlace], after: int) -> Sequence[AccountPlace]:
    theirs = or_(
        *(
            (col(AccountPlace.city_key) == spot.city_key)
            & ((col(AccountPlace.street_key) == spot.street_key) if spot.street_key else True)
            for spot in spots
        )
    )
    beyond = col(AccountPlace.internet_account_id) > after
    query = select(AccountPlace).where(theirs, beyond).order_by(col(AccountPlace.internet_account_id)).limit(BATCH)
    return (await session.exec(query)).all()


async def _know_some(session: AsyncSession, after: int) -> Sequence[int]:
    unknown = or_(col(AccountPlace.id).is_(None), col(AccountPlace.address) != col(InternetAccount.address))
    rows = await session.exec(
        select(col(InternetAccount.id), col(InternetAccount.address))
        .outerjoin(AccountPlace, col(AccountPlace.internet_account_id) == col(InternetAccount.id))
        .where(unknown, col(InternetAccount.id) > after)
        .order_by(col(InternetAccount.id))
        .limit(BATCH)
    )
    found = [_row(account_id, address) for account_id, address in rows if account_id is not None]
    if found:
        adding = insert_into(session, AccountPlace)
        parts = {name: adding.excluded[name] for name in ("address", "city_key", "street_key", "house")}
        keyed = table_of(AccountPlace).c.internet_account_id
        await (await session.connection()).execute(
            adding.on_conflict_do_update(index_elements=[keyed], set_=parts), found
        )
    return [int(str(row["internet_account_id"])) for row in found]


def _row(account_id: int, address: str) -> dict[str, object]:
    place = parse_address(address)
    return {
        "internet_account_id": account_id,
        "address": address,
        "city_key": place.city[:100],
        "street_key": place.street[:150],
        "house": place.house,
    }
