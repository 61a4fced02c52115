"""Outages and planned works, with the places that they touch (N7)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import or_, true
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import changed
from mykyivstar.domain.faults.models import AccountPlace, Outage, OutageKind, OutagePlace
from mykyivstar.domain.faults.places import HousesUnreadable, are_houses, city_key, street_key
from mykyivstar.domain.imports import cells
from mykyivstar.domain.imports.columns import Column
from mykyivstar.domain.imports.kind import Kind, Occasion, Outcome, Row, Values
from mykyivstar.domain.imports.kinds.catalogue import texts, with_texts
from mykyivstar.domain.imports.problems import BadValue
from mykyivstar.domain.imports.registers import upsert

# Open pages that are refreshed by one batch of a file; the others see it when they are opened.
_TOLD_MAX = 2_000
_OF_PLACE = ("city", "street", "houses")


def _houses(cell: str) -> str:
    try:
        return are_houses(cell)
    except HousesUnreadable as reason:
        raise BadValue(str(reason)) from reason


def _check(values: Values, _at: datetime) -> Iterable[tuple[str, str]]:
    for name in ("expected_at", "ended_at"):
        end = values.get(name)
        if end is not None and end <= values["starts_at"]:
            yield name, "is not after starts_at"
    if values["kind"] is OutageKind.WORKS and not (values.get("expected_at") or values.get("ended_at")):
        yield "expected_at", "works need an end: until when the internet may be off"
    if values.get("houses") and not values.get("street"):
        yield "houses", "are houses of no street"


def _identity(values: Values) -> str:
    return f"{values['code']} {city_key(values['city'])} {street_key(values.get('street', ''))}"


async def _store(session: AsyncSession, rows: Sequence[Row], _occasion: Occasion) -> Outcome:
    shaped = [with_texts(row.values, "reason") for row in rows]
    # Rows of one code are places of one event; what the last of them says of the event counts.
    events = {values["code"]: {name: values[name] for name in values if name not in _OF_PLACE} for values in shaped}
    done = await upsert(session, Outage, list(events.values()), key=["code"])
    known = await session.exec(select(col(Outage.code), col(Outage.id)).where(col(Outage.code).in_(events)))
    ids = dict(known.all())
    places = [_place(values, ids[values["code"]]) for values in shaped]
    kept = await upsert(session, OutagePlace, places, key=["outage_id", "city_key", "street_key"])
    touched = {event.code for event in done.created} | {event.code for event, _ in done.updated}
    by_id = {outage_id: code for code, outage_id in ids.items()}
    new = {by_id[place.outage_id] for place in [*kept.created, *(place for place, _ in kept.updated)]}
    await _tell(session, [values for values in places if by_id[values["outage_id"]] in touched | new])
    return _outcome(shaped, kept.created, kept.updated, touched)


def _place(values: Mapping[str, Any], outage_id: int | None) -> dict[str, Any]:
    city, street = values["city"], values.get("street", "")
    return {
        "outage_id": outage_id,
        "city": city,
        "street": street,
        "houses": values.get("houses", ""),
        "city_key": city_key(city)[:100],
        "street_key": street_key(street)[:150],
    }


def _outcome(
    shaped: Sequence[Mapping[str, Any]], created: Sequence[OutagePlace], updated: Sequence[object], touched: set[str]
) -> Outcome:
    """Counted by rows: a row is new with its place, and changed with its place or its event."""
    changed_rows = max(sum(values["code"] in touched for values in shaped) - len(created), len(updated))
    return Outcome(len(created), changed_rows, len(shaped) - len(created) - changed_rows)


async def _tell(session: AsyncSession, places: Sequence[Mapping[str, Any]]) -> None:
    """The map and open pages of these places look again; of a whole city so many as anybody would wait for."""
    if not places:
        return
    changed(session, Subject(Topic.NETWORK, 0))
    theirs = or_(
        *(
            (col(AccountPlace.city_key) == place["city_key"])
            & (col(AccountPlace.street_key) == place["street_key"] if place["street_key"] else true())
            for place in places
        )
    )
    known = await session.exec(select(AccountPlace.internet_account_id).where(theirs).limit(_TOLD_MAX))
    changed(session, *(Subject(Topic.INTERNET, account_id) for account_id in known))


OUTAGES = Kind(
    name="outages",
    columns=(
        Column("code", cells.code(), required=True),
        Column("kind", cells.one_of(OutageKind), required=True, repeats=True),
        Column("city", cells.text(100), required=True, repeats=True),
        Column("street", cells.text(150), blank=""),
        Column("houses", cells.checked(_houses, 300), blank=""),
        Column("starts_at", cells.moment, required=True, repeats=True),
        Column("expected_at", cells.moment, repeats=True),
        Column("ended_at", cells.moment, repeats=True),
        Column("is_cancelled", cells.boolean, blank=False, repeats=True),
        *texts("reason", 300),
    ),
    store=_store,
    check=_check,
    identity=_identity,
)
