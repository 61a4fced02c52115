"""Television and other services: what there is, connecting and disconnecting, undoing within ten minutes (H2, O4)."""

from typing import Literal

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import routes, wiring
from mykyivstar.domain.internet import service_ends, services
from mykyivstar.domain.internet.queries import service_offers
from mykyivstar.domain.lines.models import HoldingRole
from mykyivstar.guard import action, actor
from mykyivstar.state.form_keys import new_form_key, own_key
from mykyivstar.state.forms import Refusals
from mykyivstar.state.internet.held import account_id, in_hand
from mykyivstar.state.internet.rows import ServiceCheck, ServiceRow
from mykyivstar.state.internet.views import connect_check, disconnect_check, service_rows
from mykyivstar.state.language import LanguageState
from mykyivstar.state.live import refreshes
from mykyivstar.state.shell import show


class ConfirmForm(TypedDict):
    """What the check page shows, sent back by it."""

    key: str
    account: str
    code: str


class TvState(Refusals, rx.State):
    """Television and services of home internet."""

    ready: bool = False
    step: Literal["list", "check", "done"] = "list"
    account: str = ""
    network: str = ""
    is_own: bool = True
    tv: list[ServiceRow] = []
    others: list[ServiceRow] = []
    checked: ServiceCheck | None = None
    form_key: str = ""

    @action
    async def load(self) -> None:
        """Open the list."""
        self._clear_refusals()
        self.step, self.checked = "list", None
        await self._refresh()

    @action
    async def refresh(self) -> None:
        """Another account in hand begins anew."""
        before = self.account
        await self._refresh()
        if self.account != before:
            self.step, self.checked = "list", None

    @action
    async def check_connect(self, account: str, code: str) -> None:
        """Show what connecting costs now and then."""
        part, _ = await in_hand(self)
        async with wiring.reading() as session:
            at = wiring.clock().now()
            whole = await services.check_connect(
                session, actor(), account_id=account_id(account), code=code[:48], at=at
            )
        self._check(connect_check(whole, part.balance if part is not None else None))

    @action
    async def check_disconnect(self, account: str, code: str) -> None:
        """Show until when it would work."""
        async with wiring.reading() as session:
            at = wiring.clock().now()
            whole = await service_ends.check_disconnect(
                session, actor(), account_id=account_id(account), code=code[:48], at=at
            )
        self._check(disconnect_check(whole))

    @action
    async def back(self) -> None:
        """Back to the list."""
        self._clear_refusals()
        self.step = "list"

    @action
    async def connect(self, form: ConfirmForm) -> None:
        """Connect it, once for one form."""
        async with wiring.unit_of_work() as session:
            await services.connect(
                session,
                actor(),
                key=own_key(form["key"]),
                account_id=account_id(form["account"]),
                code=form["code"][:48],
                language=(await self.get_state(LanguageState))._language.value,
                at=wiring.clock().now(),
            )
        await self._done()

    @action
    async def disconnect(self, form: ConfirmForm) -> None:
        """Take no further fee of it."""
        async with wiring.unit_of_work() as session:
            at = wiring.clock().now()
            await service_ends.disconnect(
                session, actor(), account_id=account_id(form["account"]), code=form["code"][:48], at=at
            )
        await self._done()

    @action
    async def undo(self, account: str, code: str) -> None:
        """Take a connection of the last ten minutes back, with its money."""
        async with wiring.unit_of_work() as session:
            at = wiring.clock().now()
            await service_ends.undo(session, actor(), account_id=account_id(account), code=code[:48], at=at)
        self._clear_refusals()
        self.step, self.checked = "list", None
        await self._refresh()

    def _check(self, checked: ServiceCheck) -> None:
        self._clear_refusals()
        self.checked, self.step, self.form_key = checked, "check", new_form_key()

    async def _done(self) -> None:
        self._clear_refusals()
        self.step = "done"
        await self._refresh()

    async def _refresh(self) -> None:
        part, _ = await in_hand(self)
        rows: list[ServiceRow] = []
        if part is not None:
            at = wiring.clock().now()
            async with wiring.reading() as session:
                rows = service_rows(await service_offers(session, actor(), part.key.id, at=at), at)
        show(
            self,
            ready=True,
            account=str(part.key) if part is not None else "",
            network=part.standing.state.value if part is not None else "",
            is_own=part is None or part.role is HoldingRole.OWNER,
            tv=[each for each in rows if each.is_tv],
            others=[each for each in rows if not each.is_tv],
        )


refreshes(routes.TV, TvState.refresh)
