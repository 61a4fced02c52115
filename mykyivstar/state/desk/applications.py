"""Applications at the desk: the list by deadline, and one of them, read, compared, decided (G3, K6)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import routes, wiring
from mykyivstar.domain.applications import checking
from mykyivstar.domain.applications.checking import Entry, Opened
from mykyivstar.domain.applications.models import ApplicationState, Reason
from mykyivstar.domain.staff.models import StaffRole
from mykyivstar.guard import action, staff_actor
from mykyivstar.kit.errors import CustomerError, NotFound
from mykyivstar.state.applications.addresses import of_desk_application
from mykyivstar.state.applications.rows import FileRow, StepRow, ValueRow, file_rows, is_late, step_rows, value_rows
from mykyivstar.state.at_address import AtAddress
from mykyivstar.state.desk.work_list import WorkList
from mykyivstar.state.forms import Refusals
from mykyivstar.state.live import refreshes

_CONSULTANT = StaffRole.CONSULTANT
Shown = Literal["open", "mine", "over"]
Question = Literal["approve", "ask", "decline"]


@dataclass(frozen=True, slots=True)
class DeskApplicationRow:
    """An application in the desk's list: nothing of the person."""

    href: str
    number: str
    kind: str
    state: str
    filed_at: str
    deadline_at: str
    decided_at: str
    is_late: bool
    is_open: bool
    is_mine: bool
    checked_by: str
    reason: str


class AskForm(TypedDict, total=False):
    """What is missing, and of which application."""

    shown_for: str
    words: str


class DeclineForm(TypedDict, total=False):
    """Why not, and which one."""

    shown_for: str
    reason: Literal["unreadable", "does_not_prove", "somebody_elses", "other"]
    words: str


class DeskApplicationsState(WorkList, rx.State):
    """The list of applications."""

    applications: list[DeskApplicationRow] = []

    @action(staff=_CONSULTANT)
    async def show_only(self, shown: Shown) -> None:
        """Open ones, one's own, or those that are over."""
        self.shown = shown
        await self._refresh()

    async def _refresh(self) -> None:
        who, at = staff_actor(), wiring.clock().now()
        async with wiring.reading() as session:
            found = await checking.work_list(session, who, mine=self.shown == "mine", over=self.shown == "over")
        self.applications = [desk_application_row(each, who.staff_id, at) for each in found]


class DeskApplicationState(AtAddress, Refusals, rx.State):
    """One application at the desk."""

    standing: str = "loading"
    application: DeskApplicationRow | None = None
    # Whether this member may read it now: theirs and open, or a lead's look.
    is_readable: bool = False
    can_decide: bool = False
    # Also while its customer is awaited.
    can_decline: bool = False
    customer: str = ""
    since: str = ""
    values: list[ValueRow] = []
    has_changed: bool = False
    files: list[FileRow] = []
    steps: list[StepRow] = []
    question: str = ""
    # Where it stood when the question was asked.
    _seen: str = ""

    @action(staff=_CONSULTANT)
    async def load(self) -> None:
        """Show it; the look is written down."""
        self._clear_refusals()
        self._take_address()
        self.standing, self.application, self.question = "loading", None, ""
        await self._look(is_new=True)

    @action(staff=_CONSULTANT)
    async def refresh(self) -> None:
        """Has anything gone on?"""
        if self._is_here:
            await self._look(is_new=False)

    @action(staff=_CONSULTANT)
    async def take(self, shown_for: str) -> None:
        """It is mine now."""
        self._demand_here(shown_for)
        async with wiring.unit_of_work() as session:
            await checking.take(session, staff_actor(), self._code, at=wiring.clock().now())
        self._clear_refusals()
        await self._look(is_new=True)

    @action(staff=_CONSULTANT)
    async def ask_for(self, question: Question) -> None:
        """Open one of the decisions."""
        self._clear_refusals()
        self.question, self._seen = question, self.application.state if self.application else ""

    @action(staff=_CONSULTANT)
    async def put_away(self) -> None:
        """Not this decision."""
        self._clear_refusals()
        self.question = ""

    @action(staff=_CONSULTANT)
    async def approve(self, shown_for: str) -> None:
        """Grant it."""
        self._demand_here(shown_for)
        async with wiring.unit_of_work() as session:
            await checking.approve(session, staff_actor(), self._code, at=wiring.clock().now())
        await self._done()

    @action(staff=_CONSULTANT)
    async def ask(self, form: AskForm) -> None:
        """Something is missing."""
        self._demand_here(form.get("shown_for", ""))
        async with wiring.unit_of_work() as session:
            await checking.ask(session, staff_actor(), self._code, words=form.get("words", ""), at=wiring.clock().now())
        await self._done()

    @action(staff=_CONSULTANT)
    async def decline(self, form: DeclineForm) -> None:
        """Refuse it."""
        self._demand_here(form.get("shown_for", ""))
        async with wiring.unit_of_work() as session:
            await checking.decline(
                session,
                staff_actor(),
                self._code,
                reason=Reason(form.get("reason", "other")),
                words=form.get("words", ""),
                seen=ApplicationState(self._seen or ApplicationState.IN_CHECK),
                at=wiring.clock().now(),
            )
        await self._done()

    async def _refuse(self, refusal: CustomerError, *rest: Any) -> Any:
        """A colleague was quicker, perhaps: say so, and show how it stands now."""
        followed = await super()._refuse(refusal, *rest)
        if self.standing == "ready":
            await self._look(is_new=False)
            is_as_it_was = self.application is not None and self.application.state == self._seen
            self.question = self.question if self.can_decline and is_as_it_was else ""
        return followed

    async def _done(self) -> None:
        self._clear_refusals()
        self.question = ""
        await self._look(is_new=False)

    async def _look(self, *, is_new: bool) -> None:
        who, at = staff_actor(), wiring.clock().now()
        door = wiring.unit_of_work if is_new else wiring.reading
        try:
            async with door() as session:
                entry = await checking.entry(session, self._code)
                is_readable = checking.may_read(entry.application, who)
                seen = None
                if is_readable:
                    seen = await checking.opened(session, who, self._code, at=at, is_new_look=is_new)
        except NotFound:
            self.standing = "nothing"
            return
        self.application = desk_application_row(entry, who.staff_id, at)
        self.is_readable = is_readable
        state = entry.application.state
        self.can_decide = self.application.is_mine and state is ApplicationState.IN_CHECK
        self.can_decline = self.can_decide or (self.application.is_mine and state is ApplicationState.NEEDS_MORE)
        self._show(seen)
        self.standing = "ready"

    def _show(self, seen: Opened | None) -> None:
        self.customer, self.since = (seen.customer, seen.since.isoformat()) if seen else ("", "")
        self.files, self.steps = (file_rows(seen.files), step_rows(seen.history)) if seen else ([], [])
        self.values = value_rows(seen.application, meanwhile=seen.meanwhile) if seen else []
        self.has_changed = bool(seen and seen.meanwhile)

    @property
    def _code(self) -> str:
        return self.rx_router_url.path.rpartition("/")[2][:32]


def desk_application_row(entry: Entry, staff_id: int, at: datetime) -> DeskApplicationRow:
    """An application for this member."""
    application = entry.application
    return DeskApplicationRow(
        href=of_desk_application(application.code),
        number=application.number,
        kind=application.kind.value,
        state=application.state.value,
        filed_at=application.filed_at.isoformat() if application.filed_at else "",
        deadline_at=application.deadline_at.isoformat() if application.deadline_at else "",
        decided_at=application.decided_at.isoformat() if application.decided_at else "",
        is_late=is_late(application, at),
        is_open=application.state.is_open,
        is_mine=application.staff_id == staff_id,
        checked_by=entry.name,
        reason=application.reason.value if application.reason else "",
    )


refreshes(routes.DESK_APPLICATIONS, DeskApplicationsState.refresh)
refreshes(routes.DESK_APPLICATION, DeskApplicationState.refresh)
