"""A visit that was booked, on its page that nobody else finds: looked at, moved, cancelled (A8)."""

from dataclasses import dataclass
from typing import Any, Literal

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import wiring
from mykyivstar.domain.visits import own
from mykyivstar.domain.visits.errors import NoSuchTime, TimeTaken
from mykyivstar.domain.visits.models import VisitState
from mykyivstar.domain.visits.own import VisitAt
from mykyivstar.domain.visits.times import can_be_kept, takes_visits
from mykyivstar.guard import action
from mykyivstar.kit.errors import NotFound
from mykyivstar.settings import settings
from mykyivstar.state.at_address import AtAddress
from mykyivstar.state.visits.addresses import CENTRES, of_booking
from mykyivstar.state.visits.choosing import ChoosesTime
from mykyivstar.state.visits.rows import PlaceRow, moment_of, place_row


class MoveForm(TypedDict, total=False):
    """When instead, of the visit of which address; a radio that is not chosen is not sent."""

    shown_for: str
    time: str


@dataclass(frozen=True, slots=True)
class VisitView:
    """The visit; most of its number is hidden from whoever looks over somebody's shoulder."""

    number: str
    state: str
    is_open: bool
    purpose: str
    name: str
    phone: str
    starts_at: str
    place: PlaceRow
    # Cancelled, and the centre is closed then.
    is_called_off: bool
    # Where another one is booked.
    again: str


class OwnVisitState(AtAddress, ChoosesTime, rx.State):
    """One visit's page."""

    standing: Literal["loading", "ready", "nothing"] = "loading"
    visit: VisitView | None = None
    is_moving: bool = False
    is_cancelling: bool = False
    done: int = 0

    @action(public=True)
    async def load(self) -> None:
        """Show it."""
        self._clear_refusals()
        self.is_moving = self.is_cancelling = False
        await self._refresh()
        self._take_address()

    @action(public=True)
    async def ask_move(self) -> None:
        """When instead?"""
        self._put_away()
        async with wiring.reading() as session:
            found = await own.visit_of(session, self._code)
        self.time = found.visit.starts_at.isoformat()
        await self._show_times(found.store)
        self.is_moving = True

    @action(public=True)
    async def choose_day(self, day: str) -> None:
        """Show the times of this day."""
        self._show_day(day)

    @action(public=True)
    async def move(self, form: MoveForm) -> None:
        """Come then."""
        self._demand_here(form.get("shown_for", ""))
        await own.move(
            wiring.unit_of_work,
            self._code,
            moment_of(form.get("time", "")),
            places=settings().store_visits_at_once,
            at=wiring.clock().now(),
        )
        await self._done()

    @action(public=True)
    async def ask_cancel(self) -> None:
        """Really?"""
        self._put_away()
        self.is_cancelling = True

    @action(public=True)
    async def put_away(self) -> None:
        """It stays as it is."""
        self._put_away()

    @action(public=True)
    async def cancel(self, shown_for: str) -> None:
        """Give it up."""
        self._demand_here(shown_for)
        async with wiring.unit_of_work() as session:
            await own.cancel(session, self._code, at=wiring.clock().now())
        await self._done()

    async def _done(self) -> None:
        self._put_away()
        self.done += 1
        await self._refresh()

    def _put_away(self) -> None:
        self._clear_refusals()
        self.is_moving = self.is_cancelling = False

    async def _refresh(self) -> None:
        try:
            async with wiring.reading() as session:
                found = await own.visit_of(session, self._code)
        except NotFound:
            self.standing, self.visit = "nothing", None
            return
        self.visit = _view(found)
        self.standing = "ready"

    async def _refuse(self, refusal: Any, *rest: Any) -> Any:
        followed = await super()._refuse(refusal, *rest)
        await self._refresh()
        if self.is_moving and isinstance(refusal, NoSuchTime | TimeTaken):
            async with wiring.reading() as session:
                store = (await own.visit_of(session, self._code)).store
            await self._show_times(store)
        return followed

    @property
    def _code(self) -> str:
        return self.rx_router_url.path.rpartition("/")[2][:32]


def _view(found: VisitAt) -> VisitView:
    visit, store, at = found.visit, found.store, wiring.clock().now()
    is_cancelled = visit.state is VisitState.CANCELLED
    return VisitView(
        number=visit.number,
        state=visit.state.value,
        is_open=found.is_open(at),
        purpose=visit.purpose.value,
        name=visit.name,
        phone=visit.phone.masked,
        starts_at=visit.starts_at.isoformat(),
        place=place_row(store),
        is_called_off=is_cancelled and at < visit.starts_at and not can_be_kept(store, visit.starts_at),
        again=of_booking(store.code) if takes_visits(store, at) else CENTRES,
    )
