"""Tariffs of home internet side by side, and the change from the next fee on (H2, N3)."""

from typing import Literal

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import routes, wiring
from mykyivstar.domain.internet import tariff_changes
from mykyivstar.domain.internet.queries import account_details, tariffs_on_offer
from mykyivstar.domain.lines.models import HoldingRole
from mykyivstar.guard import action, actor
from mykyivstar.state.form_keys import new_form_key, own_key
from mykyivstar.state.forms import Refusals
from mykyivstar.state.internet.held import account_id, in_hand
from mykyivstar.state.internet.rows import TariffCheck, TariffRow
from mykyivstar.state.internet.views import tariff_check, tariff_rows
from mykyivstar.state.language import LanguageState
from mykyivstar.state.live import refreshes
from mykyivstar.state.shell import show


class ChangeForm(TypedDict):
    """What the check page shows, sent back by it."""

    key: str
    account: str
    code: str


class InternetTariffState(Refusals, rx.State):
    """Tariffs of home internet."""

    ready: bool = False
    step: Literal["list", "check", "done"] = "list"
    account: str = ""
    is_own: bool = True
    tariffs: list[TariffRow] = []
    # A change is ordered already: its day.
    ordered_for: str = ""
    checked: TariffCheck | None = None
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
    async def check(self, account: str, code: str) -> None:
        """One is chosen: show what the change means."""
        async with wiring.reading() as session:
            at = wiring.clock().now()
            change = await tariff_changes.check(session, actor(), account_id=account_id(account), code=code[:48], at=at)
        self._clear_refusals()
        self.checked, self.step, self.form_key = tariff_check(change), "check", new_form_key()

    @action
    async def back(self) -> None:
        """Back to the list."""
        self._clear_refusals()
        self.step = "list"

    @action
    async def order(self, form: ChangeForm) -> None:
        """Order it, once for one form."""
        async with wiring.unit_of_work() as session:
            await tariff_changes.order(
                session,
                actor(),
                key=own_key(form["key"]),
                account_id=account_id(form["account"]),
                code=form["code"][:48],
                language=(await self.get_state(LanguageState))._language.value,
                at=wiring.clock().now(),
            )
        self._clear_refusals()
        self.step = "done"
        await self._refresh()

    async def _refresh(self) -> None:
        part, _ = await in_hand(self)
        async with wiring.reading() as session:
            offers = await tariffs_on_offer(session)
            details = await account_details(session, actor(), part.key.id) if part is not None else None
        change = details.change if details is not None else None
        show(
            self,
            ready=True,
            account=str(part.key) if part is not None else "",
            is_own=details is None or details.role is HoldingRole.OWNER,
            tariffs=tariff_rows(offers, details.account.tariff_id if details is not None else None),
            ordered_for=change.from_day.isoformat() if change is not None else "",
        )


refreshes(routes.INTERNET_TARIFF, InternetTariffState.refresh)
