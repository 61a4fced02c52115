"""One store: where, when, what for (J1)."""

from dataclasses import dataclass
from datetime import datetime

import reflex as rx

from mykyivstar import wiring
from mykyivstar.domain.stores.hours import Hours
from mykyivstar.domain.stores.register import Place
from mykyivstar.domain.visits.times import SERVICE
from mykyivstar.guard import action
from mykyivstar.kit.clock import kyiv_date
from mykyivstar.state.at_address import AtAddress
from mykyivstar.state.shell import show
from mykyivstar.state.stores.rows import StandingRow, point_of, standing_row
from mykyivstar.state.visits.addresses import of_booking


@dataclass(frozen=True, slots=True)
class DayRow:
    """One day: its spans as "09:00–13:00", none when it is closed."""

    day: str
    is_today: bool
    spans: list[str]
    comment: str


@dataclass(frozen=True, slots=True)
class StoreView:
    """A store with everything that is known of it."""

    id: int
    kind: str
    name: dict[str, str]
    city: dict[str, str]
    address: dict[str, str]
    note: dict[str, str]
    phone: str
    services: list[str]
    # Where a visit is booked, "" where none is.
    booking: str
    standing: StandingRow
    week: list[DayRow]
    # A route to it: for the apps of a phone, and on the web.
    geo: str
    route: str


class StoreState(AtAddress, rx.State):
    """Page of a store."""

    ready: bool = False
    store: StoreView | None = None
    focus: list[list[float]] = []
    shown: list[int] = []

    @action(public=True)
    async def load(self) -> None:
        """Show the store of this address, or that there is none."""
        at = wiring.clock().now()
        register = await wiring.stores().current(at)
        place = register.place(self._code)
        show(
            self,
            ready=True,
            store=_view(place, at) if place else None,
            focus=[point_of(place)] if place else [],
            shown=[place.id] if place else [],
        )
        self._take_address()

    @property
    def _code(self) -> str:
        return self.router.url.path.rstrip("/").rpartition("/")[2]


def _view(place: Place, at: datetime) -> StoreView:
    where = f"{place.point.latitude},{place.point.longitude}"
    return StoreView(
        id=place.id,
        kind=place.kind.value,
        name=dict(place.name),
        city=dict(place.city),
        address=dict(place.address),
        note=dict(place.note),
        phone=place.phone,
        services=sorted(place.services),
        booking=of_booking(place.code) if SERVICE in place.services and place.hours else "",
        standing=standing_row(place.standing(at), at),
        week=week_rows(place.hours, at),
        geo=f"geo:{where}?q={where}",
        route=f"https://www.openstreetmap.org/directions?to={where}",
    )


def week_rows(hours: Hours | None, at: datetime) -> list[DayRow]:
    """The seven days from today on; nothing where the hours are not known."""
    if hours is None:
        return []
    today = kyiv_date(at)
    return [
        DayRow(
            day=day.day.isoformat(),
            is_today=day.day == today,
            spans=[f"{span.opens}–{span.closes}" for span in day.spans],
            comment=" ".join(dict.fromkeys([span.comment for span in day.spans if span.comment])) or day.comment,
        )
        for day in hours.week(today)
    ]
