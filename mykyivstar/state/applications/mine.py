"""One's own applications: the list, and one with its history and what happens next (F4)."""

import asyncio

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import routes, wiring
from mykyivstar.domain.applications import documents, filing, queries
from mykyivstar.domain.notices import inbox
from mykyivstar.domain.support import reading
from mykyivstar.guard import action, actor
from mykyivstar.kit.errors import NotFound
from mykyivstar.state.applications.addresses import of_files
from mykyivstar.state.applications.rows import (
    ApplicationRow,
    FileRow,
    StepRow,
    ValueRow,
    application_row,
    file_rows,
    step_rows,
    value_rows,
)
from mykyivstar.state.at_address import AtAddress
from mykyivstar.state.forms import Refusals
from mykyivstar.state.live import refreshes


class MoreForm(TypedDict, total=False):
    """What the customer says beside the files, on the page of an address."""

    shown_for: str
    words: str


class ApplicationsState(rx.State):
    """List of applications."""

    ready: bool = False
    applications: list[ApplicationRow] = []

    @action
    async def load(self) -> None:
        """Show them."""
        await self._refresh()

    @action
    async def refresh(self) -> None:
        """Bring them up to date."""
        await self._refresh()

    async def _refresh(self) -> None:
        async with wiring.reading() as session:
            own = await queries.own(session, actor())
        self.applications = [application_row(each, wiring.clock().now()) for each in own]
        self.ready = True


class OwnApplicationState(AtAddress, Refusals, rx.State):
    """One application's page."""

    standing: str = "loading"
    application: ApplicationRow | None = None
    checked_by: str = ""
    values: list[ValueRow] = []
    # Sent ones, and those that are attached and not sent yet.
    files: list[FileRow] = []
    unsent: list[FileRow] = []
    steps: list[StepRow] = []
    takes_files: str = ""
    # Grows with every addition that was sent, so that the field is empty again.
    added: int = 0

    @action
    async def load(self) -> None:
        """Show it."""
        self._clear_refusals()
        self._take_address()
        self.standing, self.application = "loading", None
        await self._refresh()
        await self._note_seen()

    @action
    async def refresh(self) -> None:
        """Has anything gone on?"""
        if self._is_here:
            await self._refresh()
            await self._note_seen()

    @action
    async def take_away(self, code: str) -> None:
        """Take back a file that was not sent."""
        async with wiring.unit_of_work() as session:
            name = await documents.take_away(session, actor(), code)
            await asyncio.to_thread((wiring.attachments_folder() / name).unlink, missing_ok=True)
        self._clear_refusals()
        await self._refresh()

    @action
    async def add(self, form: MoreForm) -> None:
        """Send what was asked for."""
        self._demand_here(form.get("shown_for", ""))
        async with wiring.unit_of_work() as session:
            await filing.add(session, actor(), self._code, words=form.get("words", ""), at=wiring.clock().now())
        self._clear_refusals()
        self.added += 1
        await self._refresh()

    @action
    async def withdraw(self, shown_for: str) -> None:
        """Think better of it."""
        self._demand_here(shown_for)
        async with wiring.unit_of_work() as session:
            await filing.withdraw(session, actor(), self._code, at=wiring.clock().now())
        self._clear_refusals()
        await self._refresh()

    async def _refresh(self) -> None:
        try:
            async with wiring.reading() as session:
                found = await queries.of_customer(session, actor(), self._code)
                files = await queries.files(session, found)
                history = await queries.history(session, found)
                self.checked_by = await reading.name_of(session, found.staff_id)
        except NotFound:
            self.standing = "nothing"
            return
        self.application = application_row(found, wiring.clock().now())
        self.values, self.steps = value_rows(found, hides_old=True, hides_new=True), step_rows(history)
        self.files = file_rows([file for file in files if file.sent_at is not None])
        self.unsent = file_rows([file for file in files if file.sent_at is None])
        self.takes_files = of_files(found.code)
        self.standing = "ready"

    async def _note_seen(self) -> None:
        about = f"{inbox.APPLICATION}:{self._code}"
        async with wiring.reading() as session:
            is_news = await inbox.is_news(session, actor(), about)
        if is_news:
            async with wiring.unit_of_work() as session:
                await inbox.saw(session, actor(), at=wiring.clock().now(), about=about)

    @property
    def _code(self) -> str:
        return self.rx_router_url.path.rpartition("/")[2][:32]


refreshes(routes.APPLICATIONS, ApplicationsState.refresh)
refreshes(routes.APPLICATION, OwnApplicationState.refresh)
