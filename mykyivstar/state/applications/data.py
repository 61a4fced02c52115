"""What we know of a person, and the way to change each of it (G3)."""

from dataclasses import dataclass

import reflex as rx

from mykyivstar import routes, wiring
from mykyivstar.domain.applications import data, queries
from mykyivstar.domain.applications.models import ApplicationKind
from mykyivstar.guard import action, actor
from mykyivstar.state.applications.addresses import of_application, of_change
from mykyivstar.state.live import refreshes


@dataclass(frozen=True, slots=True)
class DataRow:
    """One thing that can be changed, and its application that is open."""

    kind: str
    value: str
    # With which paper, where the value is its number.
    document: str
    change: str
    open_href: str
    open_number: str


class PersonalDataState(rx.State):
    """Page of personal data."""

    ready: bool = False
    rows: list[DataRow] = []

    @action
    async def load(self) -> None:
        """Read them."""
        await self._refresh()

    @action
    async def refresh(self) -> None:
        """Bring them up to date."""
        await self._refresh()

    async def _refresh(self) -> None:
        async with wiring.reading() as session:
            known = data.masked(await data.known(session, actor().profile_id))
            running = {each.kind: each for each in await queries.own(session, actor()) if each.state.is_open}
        rows = []
        for kind in ApplicationKind:
            application = running.get(kind)
            rows.append(
                DataRow(
                    kind=kind.value,
                    value=known[data.FIELDS[kind][-1]],
                    document=known["document_kind"] if kind is ApplicationKind.DOCUMENT else "",
                    change=of_change(kind),
                    open_href=of_application(application.code) if application else "",
                    open_number=application.number if application else "",
                )
            )
        self.rows, self.ready = rows, True


refreshes(routes.PROFILE_DATA, PersonalDataState.refresh)
