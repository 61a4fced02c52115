"""A store as the desk shows it: as it is, what was changed, and what somebody else has changed meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from mykyivstar.domain.stores.at_desk import Changed
from mykyivstar.domain.stores.columns import COLUMNS
from mykyivstar.domain.stores.different_days import days_of
from mykyivstar.domain.stores.hours import hours_of
from mykyivstar.domain.stores.keeping import is_closed
from mykyivstar.domain.stores.models import Store
from mykyivstar.domain.stores.register import NO_HOURS
from mykyivstar.state.stores.addresses import of_store
from mykyivstar.state.stores.rows import StandingRow, standing_row
from mykyivstar.state.stores.store import DayRow, week_rows


@dataclass(frozen=True, slots=True)
class HoursView:
    """What hours mean: now, and in the coming week."""

    text: str
    standing: StandingRow
    week: list[DayRow]


@dataclass(frozen=True, slots=True)
class DifferentDayRow:
    """A day with hours of its own; none: it is closed."""

    day: str
    hours: str
    reason: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One column: what it was and what it became; of services, which came and which went."""

    column: str
    before: str
    after: str
    added: list[str]
    removed: list[str]


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """Who did what: "made", "changed", "closed", "opened" or "released" to imports."""

    id: int
    at: str
    name: str
    what: str
    changes: list[ChangeRow]


@dataclass(frozen=True, slots=True)
class DeskStoreView:
    """A store with everything that the desk keeps of it."""

    code: str
    public: str
    kind: str
    name: dict[str, str]
    city: dict[str, str]
    address: dict[str, str]
    note: dict[str, str]
    phone: str
    services: list[str]
    coordinates: str
    is_closed: bool
    # Whether an import leaves anything of it as it is.
    is_kept: bool
    hours: HoursView
    days: list[DifferentDayRow]


def store_view(store: Store, at: datetime) -> DeskStoreView:
    """A store now."""
    return DeskStoreView(
        code=store.code,
        public=of_store(store.code),
        kind=store.kind.value,
        name=store.name,
        city=store.city,
        address=store.address,
        note=store.note,
        phone=store.phone,
        services=sorted(store.services),
        coordinates=f"{store.latitude:.10g}, {store.longitude:.10g}",
        is_closed=is_closed(store, at),
        is_kept=bool(store.kept),
        hours=hours_view(store.opening_hours, at),
        days=[DifferentDayRow(each.day.isoformat(), each.hours, each.reason) for each in days_of(store.opening_hours)],
    )


def hours_view(text: str, at: datetime) -> HoursView:
    """Hours now and in the coming week; an empty week for hours that nobody can read."""
    hours = hours_of(text)
    return HoursView(text, standing_row(hours.standing(at) if hours else NO_HOURS, at), week_rows(hours, at))


def history_row(changed: Changed) -> HistoryRow:
    """One change."""
    before, after = changed.change.before, changed.change.after
    return HistoryRow(
        id=changed.change.id or 0,
        at=changed.change.at.isoformat(),
        name=changed.name,
        what=_what(before, after),
        changes=change_rows(before, after) if before else [],
    )


def change_rows(before: Mapping[str, str], after: Mapping[str, str]) -> list[ChangeRow]:
    """What differs between two writings of a store, in the order of the form."""
    return [
        _change(column, before.get(column, ""), after.get(column, ""))
        for column in COLUMNS
        if before.get(column, "") != after.get(column, "")
    ]


def _change(column: str, before: str, after: str) -> ChangeRow:
    if column != "services":
        return ChangeRow(column, before, after, [], [])
    was, now = set(before.split()), set(after.split())
    return ChangeRow(column, "", "", sorted(now - was), sorted(was - now))


def _what(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    if not before:
        return "made"
    if "closed_at" in after:
        return "closed" if after["closed_at"] else "opened"
    return "released" if "kept" in after else "changed"
