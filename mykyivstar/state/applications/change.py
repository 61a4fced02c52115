"""The form of an application: what shall be instead (G3). It is kept, and sent from the page where it is checked."""

from typing import Any

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import wiring
from mykyivstar.domain.applications import data, filing, queries
from mykyivstar.domain.applications.models import ApplicationKind, ApplicationState
from mykyivstar.guard import action, actor
from mykyivstar.kit.errors import Malformed, NotFound
from mykyivstar.state.applications.addresses import of_application, of_check
from mykyivstar.state.at_address import AtAddress
from mykyivstar.state.form_keys import demand_form_key, new_form_key
from mykyivstar.state.forms import Refusals
from mykyivstar.state.language import LanguageState


class ChangeForm(TypedDict, total=False):
    """The new values of one kind, and a remark; the framework sends the fields of the other kinds as null."""

    form_key: str
    what: str
    full_name: str | None
    document_kind: str | None
    document_number: str | None
    address: str | None
    email: str | None
    phone: str | None
    words: str


class DataChangeState(AtAddress, Refusals, rx.State):
    """Form of an application to change personal data."""

    standing: str = "loading"
    what: str = ""
    form_key: str = ""
    # Rises with every form that begins anew: the fields take their first values from the state then.
    opened: int = 0
    full_name: str = ""
    document_kind: str = ""
    address: str = ""
    email: str = ""
    phone: str = ""
    words: str = ""
    open_href: str = ""
    open_number: str = ""

    @action
    async def load(self) -> None:
        """Open the form; the address says what shall be changed, and perhaps with which form it was begun."""
        self._clear_refusals()
        query = self.router.url.query_parameters
        try:
            kind = ApplicationKind(query.get("what", ""))
        except ValueError:
            self.standing = "lost"
            self._take_address()
            return
        async with wiring.reading() as session:
            own = await queries.own(session, actor())
            values = await data.known(session, actor().profile_id)
        begun = next((each for each in own if each.key == query.get("form", "") and each.kind is kind), None)
        is_begun = begun is not None and begun.state is ApplicationState.DRAFT
        running = next((each for each in own if each.open_kind is kind), None)
        self.form_key = begun.key if begun and is_begun else new_form_key()
        # The number of the new document is another one; what we know of the old one is not shown here.
        values |= {"document_number": "", "email": "", "phone": ""} | (begun.new if begun and is_begun else {})
        self._fill_in(kind, values, words=begun.words if begun and is_begun else "")
        self.open_href, self.open_number = (of_application(running.code), running.number) if running else ("", "")
        self.standing = "open" if running else "ready"
        self._take_address()

    @action
    async def check(self, form: ChangeForm) -> Any:
        """All is filled in: keep it, and on to the page where it is checked."""
        try:
            kind = ApplicationKind(form.get("what", ""))
        except ValueError as unfit:
            raise Malformed from unfit
        key = demand_form_key(form.get("form_key", ""))
        async with wiring.unit_of_work() as session:
            application = await filing.write(
                session,
                actor(),
                key=key,
                kind=kind,
                typed={name: text for name, text in form.items() if isinstance(text, str)},
                words=form.get("words", ""),
                language=(await self.get_state(LanguageState))._language,
                at=wiring.clock().now(),
            )
        if application.kind is not kind:
            raise NotFound
        self._clear_refusals()
        return rx.redirect(of_check(key))

    def _fill_in(self, kind: ApplicationKind, values: dict[str, str], *, words: str) -> None:
        self.what, self.words = kind.value, words
        self.full_name, self.address = values["full_name"], values["address"]
        self.document_kind = values["document_kind"] or "id_card"
        self.email, self.phone = values["email"], values["phone"]
        self.opened += 1
