"""The reports a person ordered: how far each is, its files, sent again, deleted (E3)."""

import asyncio

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import routes, wiring
from mykyivstar.domain.identity import limits
from mykyivstar.domain.identity.proof import require_fresh
from mykyivstar.domain.reports import queries
from mykyivstar.guard import action, actor, caller
from mykyivstar.kit.email import parse_email
from mykyivstar.papers.reports.making import remove
from mykyivstar.state.forms import Refusals
from mykyivstar.state.live import refreshes
from mykyivstar.state.reports.rows import ReportRow, report_row
from mykyivstar.state.shell import show


class MailForm(TypedDict):
    """Where it shall go."""

    email: str


class ReportsState(Refusals, rx.State):
    """List of reports."""

    ready: bool = False
    reports: list[ReportRow] = []
    # The report whose letter is asked about, or which is to be deleted; "" for none.
    mailing: str = ""
    mailing_to: str = ""
    deleting: str = ""
    # Came for a file without a fresh proof, and has given it: the file can be taken now.
    is_proved: bool = False

    @action
    async def load(self) -> None:
        """Show the newest; who came for a file without a fresh proof is asked for one (`?prove=1`)."""
        self._clear_refusals()
        self.mailing, self.deleting, self.is_proved = "", "", False
        await self._refresh()
        if self.router.url.query_parameters.get("prove"):
            require_fresh(actor(), wiring.clock().now())
            self.is_proved = True

    @action
    async def refresh(self) -> None:
        """Has anything gone on?"""
        await self._refresh()

    @action
    async def ask_mail(self, code: str) -> None:
        """Open the form that sends it."""
        self._clear_refusals()
        require_fresh(actor(), wiring.clock().now())
        self.mailing = code
        self.mailing_to = next((row.email for row in self.reports if row.code == code), "")

    @action
    async def put_away(self) -> None:
        """Close what is open."""
        self._clear_refusals()
        self.mailing, self.deleting = "", ""

    @action
    async def send(self, form: MailForm) -> None:
        """Send it there."""
        self._clear_refusals()
        address, at = parse_email(form["email"]), wiring.clock().now()
        require_fresh(actor(), at)
        async with wiring.unit_of_work() as session:
            wait = await limits.hit(session, at, (limits.Rule.LETTERS_FOR_ADDRESS, caller().address))
        limits.refuse_if_over(wait)
        async with wiring.unit_of_work() as session:
            await queries.mail_again(session, actor(), self.mailing, to=address, at=at)
        self.mailing = ""
        await self._refresh()

    @action
    async def ask_delete(self, code: str) -> None:
        """Is it really not needed any more?"""
        self._clear_refusals()
        self.deleting = code

    @action
    async def delete(self) -> None:
        """It is not: its files go."""
        self._clear_refusals()
        async with wiring.unit_of_work() as session:
            names = await queries.delete(session, actor(), self.deleting, at=wiring.clock().now())
        await asyncio.to_thread(remove, wiring.reports_folder(), names)
        self.deleting = ""
        await self._refresh()

    async def _refresh(self) -> None:
        async with wiring.reading() as session:
            found = await queries.reports(session, actor())
        show(self, ready=True, reports=[report_row(view) for view in found])


refreshes(routes.REPORTS, ReportsState.refresh)
