"""Visits at the desk: who comes to a store on a day, and whether they came (A8)."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import routes, wiring
from mykyivstar.domain.staff.models import StaffRole
from mykyivstar.domain.visits import desk
from mykyivstar.domain.visits.models import Visit, VisitState
from mykyivstar.domain.visits.times import DAYS
from mykyivstar.guard import action, staff_actor
from mykyivstar.kit.clock import kyiv_date
from mykyivstar.kit.errors import NotFound
from mykyivstar.state.at_address import AtAddress
from mykyivstar.state.forms import Refusals

_BACK = 7


@dataclass(frozen=True, slots=True)
class CentreRow:
    """A place that takes visits; texts by language."""

    code: str
    city: dict[str, str]
    name: dict[str, str]


@dataclass(frozen=True, slots=True)
class DeskVisitRow:
    """A visit in the list."""

    number: str
    name: str
    phone: str
    purpose: str
    state: str
    starts_at: str
    # It is its day, or later.
    is_markable: bool
    # Where access is restored, for leads.
    restoring: str
    unblocking: str


class ChoiceForm(TypedDict):
    """Which store, which day."""

    store: str
    day: str


class DeskVisitsState(AtAddress, Refusals, rx.State):
    """The visits of a store and day."""

    ready: bool = False
    centres: list[CentreRow] = []
    days: list[str] = []
    store: str = ""
    day: str = ""
    visits: list[DeskVisitRow] = []

    @action(staff=StaffRole.CONSULTANT)
    async def load(self) -> None:
        """Show what the address asks for; without a store, the choice of one."""
        self._clear_refusals()
        at = wiring.clock().now()
        today = kyiv_date(at)
        asked = self.rx_router_url.query_parameters
        self.days = [(today + timedelta(days=number)).isoformat() for number in range(-_BACK, DAYS)]
        self.day = day if (day := asked.get("day", "")) in self.days else today.isoformat()
        async with wiring.reading() as session:
            found = await desk.centres(session, at)
        self.centres = [CentreRow(each.code, each.city, each.name) for each in found]
        self.store, self.visits = asked.get("store", "")[:48], []
        if self.store:
            await self._list()
        self.ready = True
        self._take_address()

    @action(staff=StaffRole.CONSULTANT)
    async def choose(self, form: ChoiceForm) -> Any:
        """Another store, another day."""
        return rx.redirect(f"{routes.DESK_VISITS}?{urlencode({'store': form['store'], 'day': form['day']})}")

    @action(staff=StaffRole.CONSULTANT)
    async def came(self, number: str) -> None:
        """They are here."""
        await self._mark(number, VisitState.CAME)

    @action(staff=StaffRole.CONSULTANT)
    async def absent(self, number: str) -> None:
        """They did not come."""
        await self._mark(number, VisitState.ABSENT)

    async def _mark(self, number: str, state: VisitState) -> None:
        async with wiring.unit_of_work() as session:
            await desk.mark(session, staff_actor(), number, state, at=wiring.clock().now())
        self._clear_refusals()
        # Only what changed: to read the list anew would be another look.
        self.visits = [replace(each, state=state.value) if each.number == number else each for each in self.visits]

    async def _list(self) -> None:
        at = wiring.clock().now()
        try:
            async with wiring.unit_of_work() as session:
                found = await desk.of_day(session, staff_actor(), self.store, date.fromisoformat(self.day), at=at)
        except NotFound:
            self.store = ""
            return
        self.visits = [_row(each, is_markable=kyiv_date(each.starts_at) <= kyiv_date(at)) for each in found]


def _row(visit: Visit, *, is_markable: bool) -> DeskVisitRow:
    return DeskVisitRow(
        number=visit.number,
        name=visit.name,
        phone=visit.phone.digits,
        purpose=visit.purpose.value,
        state=visit.state.value,
        starts_at=visit.starts_at.isoformat(),
        is_markable=is_markable and visit.state is not VisitState.CANCELLED,
        restoring=f"{routes.DESK_RESTORING}?visit={visit.number}",
        unblocking=f"{routes.DESK_UNBLOCKING}?visit={visit.number}",
    )
