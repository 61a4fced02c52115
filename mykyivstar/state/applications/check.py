"""Check and send: old and new side by side, the documents, the code to a new contact; sent once (G3)."""

import asyncio
from typing import Any

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import routes, wiring
from mykyivstar.domain.applications import confirming, documents, filing, queries
from mykyivstar.domain.applications.models import Application, ApplicationState
from mykyivstar.domain.identity.codes import CodeSent
from mykyivstar.guard import action, actor, caller
from mykyivstar.kit.errors import NotFound
from mykyivstar.state.applications.addresses import of_application, of_change, of_files
from mykyivstar.state.applications.rows import FileRow, ValueRow, file_rows, value_rows
from mykyivstar.state.asking import asking
from mykyivstar.state.at_address import AtAddress
from mykyivstar.state.form_keys import demand_form_key
from mykyivstar.state.forms import Refusals
from mykyivstar.state.live import refreshes


class SendForm(TypedDict):
    """Of the form that was checked."""

    form_key: str


class ContactCodeForm(TypedDict):
    """The code that came to the new contact."""

    contact_code: str


class DataCheckState(AtAddress, Refusals, rx.State):
    """Check page of an application."""

    standing: str = "loading"
    form_key: str = ""
    kind: str = ""
    values: list[ValueRow] = []
    words: str = ""
    files: list[FileRow] = []
    needs_documents: bool = False
    is_contact: bool = False
    contact: str = ""
    is_confirmed: bool = False
    expires_at: str = ""
    resend_at: str = ""
    # Where files are sent to, and the way back to the form.
    takes_files: str = ""
    back: str = routes.PROFILE_DATA
    _new: dict[str, str] = {}

    @action
    async def load(self) -> Any:
        """Show what was written with the form in the address; one that was sent has a page of its own."""
        self._clear_refusals()
        self._take_address()
        self.standing = "loading"
        return await self._look()

    @action
    async def refresh(self) -> Any:
        """Bring it up to date: files come in, perhaps from another tab."""
        return await self._look()

    @action
    async def take_away(self, code: str) -> None:
        """Take a file back."""
        async with wiring.unit_of_work() as session:
            name = await documents.take_away(session, actor(), code)
            await asyncio.to_thread((wiring.attachments_folder() / name).unlink, missing_ok=True)
        self._clear_refusals()
        await self._look()

    @action
    async def send_code(self) -> None:
        """Send a code to the new contact."""
        sent = await confirming.send(
            wiring.unit_of_work, wiring.secret_key(), actor(), form=self.form_key, **await asking(self)
        )
        self._clear_refusals()
        self._show_code(sent)

    @action
    async def enter_code(self, form: ContactCodeForm) -> None:
        """The code came back."""
        await confirming.confirm(
            wiring.unit_of_work,
            wiring.secret_key(),
            actor(),
            form=self.form_key,
            visitor=caller().visitor,
            code=form["contact_code"],
            at=wiring.clock().now(),
        )
        self._clear_refusals()
        await self._look()

    @action
    async def send(self, form: SendForm) -> Any:
        """Send it, once, as it was shown."""
        async with wiring.unit_of_work() as session:
            application = await filing.send(
                session, actor(), key=demand_form_key(form["form_key"]), shown=self._new, at=wiring.clock().now()
            )
        self._clear_refusals()
        return rx.redirect(of_application(application.code))

    async def _look(self) -> Any:
        at = wiring.clock().now()
        try:
            async with wiring.reading() as session:
                key = self.router.url.query_parameters.get("form", "")[:40]
                application = await queries.of_form(session, actor(), key)
                files = await queries.files(session, application)
                out = await confirming.pending(session, application, visitor=caller().visitor, at=at)
        except NotFound:
            self.standing = "lost"
            return None
        if application.state is not ApplicationState.DRAFT:
            return rx.redirect(of_application(application.code))
        self._show(application)
        self._show_code(out)
        self.files = file_rows(files)
        self.standing = "ready"
        return None

    def _show(self, application: Application) -> None:
        self.form_key, self.kind, self.words = application.key, application.kind.value, application.words
        # The new number has just been typed here; the one we have is shown by its end, as everywhere.
        self.values, self._new = value_rows(application, hides_old=True), dict(application.new)
        self.needs_documents, self.is_contact = application.kind.needs_documents, application.kind.is_contact
        self.contact = application.new.get("phone") or application.new.get("email", "")
        self.is_confirmed = application.confirmed_at is not None
        self.takes_files, self.back = of_files(application.code), of_change(application.kind, application.key)

    def _show_code(self, out: CodeSent | None) -> None:
        self.expires_at = out.expires_at.isoformat() if out else ""
        self.resend_at = out.resend_at.isoformat() if out else ""


refreshes(routes.PROFILE_DATA_CHECK, DataCheckState.refresh)
