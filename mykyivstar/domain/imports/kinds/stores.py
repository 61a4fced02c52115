"""Stores and service centres."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import changed
from mykyivstar.domain.imports import cells
from mykyivstar.domain.imports.columns import Column
from mykyivstar.domain.imports.hours import opening_hours
from mykyivstar.domain.imports.kind import Kind, Occasion, Outcome, Row, Values
from mykyivstar.domain.imports.kinds.catalogue import texts, with_texts
from mykyivstar.domain.imports.registers import upsert
from mykyivstar.domain.stores.columns import searchable
from mykyivstar.domain.stores.geo import Point, misplaced
from mykyivstar.domain.stores.looking_again import look_again
from mykyivstar.domain.stores.models import Store, StoreKind


def _check(values: Values, _at: datetime) -> Iterable[tuple[str, str]]:
    latitude, longitude = values["latitude"], values["longitude"]
    match misplaced(Point(latitude, longitude)):
        case "interchanged":
            yield "latitude", f"{latitude}, {longitude}: latitude and longitude are interchanged"
        case "outside":
            yield "latitude", f"{latitude}, {longitude} is not in Ukraine"


def _searchable(values: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"search_key": searchable(values)}


async def _store(session: AsyncSession, rows: Sequence[Row], occasion: Occasion) -> Outcome:
    shaped = [with_texts(row.values, "name", "city", "address", "note") for row in rows]
    codes = {values["code"] for values in shaped}
    known = {each.code: each for each in await session.exec(select(Store).where(col(Store.code).in_(codes)))}
    for values in shaped:
        if (store := known.get(values["code"])) is not None:
            # What the desk has changed stays, until the desk lets imports change it again.
            values.update({name: getattr(store, name) for name in store.kept if name in values})
    done = await upsert(session, Store, shaped, key=["code"], derive=_searchable)
    for store, differing in done.updated:
        store.version += 1
        await look_again(session, store, differing, at=occasion.at)
    if done.created or done.updated:
        changed(session, Subject(Topic.STORES, 0))
    return Outcome(len(done.created), len(done.updated), done.unchanged)


STORES = Kind(
    name="stores",
    columns=(
        Column("code", cells.code(), required=True),
        Column("kind", cells.one_of(StoreKind), blank=StoreKind.STORE),
        *texts("name", 200, required=True),
        *texts("city", 100, required=True),
        *texts("address", 300, required=True),
        Column("latitude", cells.degrees(90), required=True),
        Column("longitude", cells.degrees(180), required=True),
        Column("opening_hours", cells.checked(opening_hours, 300), blank=""),
        Column("services", cells.codes(), blank=[]),
        Column("phone", cells.text(20), blank=""),
        *texts("note", 1_000),
        Column("closed_at", cells.moment),
    ),
    store=_store,
    check=_check,
    identity=lambda values: values["code"],
)
