"""Stores and service centres."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.imports import cells
from mykyivstar.domain.imports.columns import Column
from mykyivstar.domain.imports.hours import opening_hours
from mykyivstar.domain.imports.kind import Kind, Occasion, Outcome, Row, Values
from mykyivstar.domain.imports.kinds.catalogue import texts, with_texts
from mykyivstar.domain.imports.registers import upsert
from mykyivstar.domain.stores.models import Store, StoreKind
from mykyivstar.kit.text import search_key

# Ukraine with a little sea around it.
_LATITUDES: Final = (44.0, 52.5)
_LONGITUDES: Final = (22.0, 40.3)
_SEARCH_KEY_MAX: Final = 400


def _check(values: Values, _at: datetime) -> Iterable[tuple[str, str]]:
    latitude, longitude = values["latitude"], values["longitude"]
    if _within(latitude, _LATITUDES) and _within(longitude, _LONGITUDES):
        return
    if _within(longitude, _LATITUDES) and _within(latitude, _LONGITUDES):
        yield "latitude", f"{latitude}, {longitude}: latitude and longitude are interchanged"
    else:
        yield "latitude", f"{latitude}, {longitude} is not in Ukraine"


def _within(value: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= value <= bounds[1]


def _searchable(values: Mapping[str, Any]) -> Mapping[str, Any]:
    found = [text for column in ("city", "name", "address") for text in values[column].values()]
    return {"search_key": search_key(" ".join(found))[:_SEARCH_KEY_MAX]}


async def _store(session: AsyncSession, rows: Sequence[Row], _occasion: Occasion) -> Outcome:
    shaped = [with_texts(row.values, "name", "city", "address", "note") for row in rows]
    done = await upsert(session, Store, shaped, key=["code"], derive=_searchable)
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
