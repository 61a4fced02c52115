"""Stores are kept by shift leads: made, changed, closed for good; who, when and what is written down each time (K6)."""

import re
from collections.abc import Mapping
from datetime import date, datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import changed
from mykyivstar.domain.staff.actor import StaffActor
from mykyivstar.domain.staff.models import StaffRole
from mykyivstar.domain.stores.columns import COLUMNS, HOURS_MOST, attribute, put, written
from mykyivstar.domain.stores.different_days import DifferentDay, with_day, without_day
from mykyivstar.domain.stores.errors import (
    StoreChangedMeanwhile,
    StoreClosedAlready,
    StoreCodeMalformed,
    StoreCodeTaken,
    StoreHoursTooLong,
)
from mykyivstar.domain.stores.looking_again import look_again
from mykyivstar.domain.stores.models import Store, StoreChange, StoreKind
from mykyivstar.kit.clock import kyiv_date
from mykyivstar.kit.errors import NotFound

KEEPER = StaffRole.LEAD
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{1,47}")


async def add(session: AsyncSession, staff: StaffActor, *, code: str, texts: Mapping[str, str], at: datetime) -> Store:
    """A new store; `texts` has every column. Nothing of it is an import's to change.

    Raises StaffRoleNeeded, StoreCodeMalformed, StoreCodeTaken, the refusals of `columns.put`.
    """
    staff.require(KEEPER)
    if _CODE.fullmatch(code) is None:
        raise StoreCodeMalformed(example="kyiv-01")
    if (await session.exec(select(Store.id).where(Store.code == code))).first() is not None:
        raise StoreCodeTaken
    store = Store(code=code, kind=StoreKind.STORE, name={}, city={}, address={}, latitude=0.0, longitude=0.0)
    put(store, {column: texts.get(column, "") for column in COLUMNS})
    store.kept = sorted({"closed_at", *map(attribute, COLUMNS)})
    session.add(store)
    await session.flush()
    await _note(session, staff, store, {}, written(store), at=at)
    return store


async def change(
    session: AsyncSession, staff: StaffActor, code: str, *, texts: Mapping[str, str], known_version: int, at: datetime
) -> Store:
    """Change these columns of a store. What the same texts say already is no change.

    `known_version` is the newest one whose changes whoever asks has seen: raises StoreChangedMeanwhile when there is a
    newer one, and nothing is changed. Raises StaffRoleNeeded, NotFound, the refusals of `columns.put`.
    """
    staff.require(KEEPER)
    store = await _locked(session, code)
    if store.version != known_version:
        raise StoreChangedMeanwhile
    was = written(store)
    put(store, {column: text for column, text in texts.items() if was.get(column) != text})
    await _keep(session, staff, store, was, at=at)
    return store


async def set_day(session: AsyncSession, staff: StaffActor, code: str, one: DifferentDay, *, at: datetime) -> None:
    """Other hours on one day. Raises StaffRoleNeeded, NotFound, StoreHoursTooLong, StoreHoursUnreadable."""
    store = await _keepers(session, staff, code)
    await _set_hours(session, staff, store, with_day(store.opening_hours, one, today=kyiv_date(at)), at=at)


async def remove_day(session: AsyncSession, staff: StaffActor, code: str, day: date, *, at: datetime) -> None:
    """The usual hours on this day again. Raises StaffRoleNeeded, NotFound."""
    store = await _keepers(session, staff, code)
    await _set_hours(session, staff, store, without_day(store.opening_hours, day), at=at)


async def close(session: AsyncSession, staff: StaffActor, code: str, *, at: datetime) -> None:
    """Closed for good: it leaves the map. Raises StaffRoleNeeded, NotFound, StoreClosedAlready."""
    store = await _keepers(session, staff, code)
    if is_closed(store, at):
        raise StoreClosedAlready
    await _set_closed(session, staff, store, at, at=at)


async def open_again(session: AsyncSession, staff: StaffActor, code: str, *, at: datetime) -> None:
    """On the map again. Raises StaffRoleNeeded, NotFound, StoreClosedAlready when it is open."""
    store = await _keepers(session, staff, code)
    if not is_closed(store, at):
        raise StoreClosedAlready
    await _set_closed(session, staff, store, None, at=at)


async def let_imports_change(session: AsyncSession, staff: StaffActor, code: str, *, at: datetime) -> None:
    """What the desk has changed is an import's to change again. Raises StaffRoleNeeded, NotFound."""
    store = await _keepers(session, staff, code)
    if store.kept:
        before, store.kept = {"kept": " ".join(store.kept)}, []
        store.version += 1
        await _note(session, staff, store, before, {"kept": ""}, at=at)


def is_closed(store: Store, at: datetime) -> bool:
    """Whether it is closed for good at this moment."""
    return store.closed_at is not None and store.closed_at <= at


async def _keepers(session: AsyncSession, staff: StaffActor, code: str) -> Store:
    staff.require(KEEPER)
    return await _locked(session, code)


async def _locked(session: AsyncSession, code: str) -> Store:
    """The store, with nobody else changing it until the end of the transaction."""
    rows = await session.exec(
        select(Store).where(col(Store.code) == code).with_for_update().execution_options(populate_existing=True)
    )
    if (store := rows.first()) is None:
        raise NotFound
    return store


async def _set_hours(session: AsyncSession, staff: StaffActor, store: Store, hours: str, *, at: datetime) -> None:
    if len(hours) > HOURS_MOST:
        raise StoreHoursTooLong(most=HOURS_MOST)
    was = written(store)
    put(store, {"opening_hours": hours})
    await _keep(session, staff, store, was, at=at)


async def _set_closed(
    session: AsyncSession, staff: StaffActor, store: Store, closed_at: datetime | None, *, at: datetime
) -> None:
    before = {"closed_at": store.closed_at.isoformat() if store.closed_at else ""}
    store.closed_at, store.version = closed_at, store.version + 1
    store.kept = sorted({*store.kept, "closed_at"})
    await _note(session, staff, store, before, {"closed_at": closed_at.isoformat() if closed_at else ""}, at=at)


async def _keep(
    session: AsyncSession, staff: StaffActor, store: Store, was: Mapping[str, str], *, at: datetime
) -> None:
    now = written(store)
    differing = [column for column in COLUMNS if was[column] != now[column]]
    if not differing:
        return
    store.version += 1
    store.kept = sorted({*store.kept, *map(attribute, differing)})
    await _note(
        session,
        staff,
        store,
        {column: was[column] for column in differing},
        {column: now[column] for column in differing},
        at=at,
    )


async def _note(
    session: AsyncSession,
    staff: StaffActor,
    store: Store,
    before: Mapping[str, str],
    after: Mapping[str, str],
    *,
    at: datetime,
) -> None:
    assert store.id is not None
    session.add(store)
    session.add(StoreChange(store_id=store.id, staff_id=staff.staff_id, before=dict(before), after=dict(after), at=at))
    changed(session, Subject(Topic.STORES, 0))
    await look_again(session, store, after, at=at)
