"""The account page of home internet (H1, H2)."""

from typing import Any

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import routes, terms, wiring
from mykyivstar.domain.internet import suspending, tariff_changes
from mykyivstar.domain.internet.models import InternetState
from mykyivstar.domain.internet.queries import account_details
from mykyivstar.domain.lines.keys import HoldingKey
from mykyivstar.domain.overview.models import InternetPart
from mykyivstar.domain.promises.conditions import Offer, offers
from mykyivstar.guard import action, actor
from mykyivstar.kit.money import Money
from mykyivstar.state.forms import Refusals
from mykyivstar.state.internet.held import account_id, account_rows, in_hand
from mykyivstar.state.internet.rows import AccountRow, AccountView
from mykyivstar.state.internet.views import account_view
from mykyivstar.state.live import refreshes
from mykyivstar.state.shell import show


class AmountForm(TypedDict, total=False):
    """How much to top up."""

    amount: str


class InternetPageState(Refusals, rx.State):
    """Home internet account."""

    ready: bool = False
    view: AccountView | None = None
    accounts: list[AccountRow] = []
    # What has just been done here, for the note above: "" or "resumed", "off", "cancelled".
    done: str = ""

    @action
    async def load(self) -> None:
        """Open the page of the account in hand."""
        self._clear_refusals()
        self.done = ""
        await self._refresh()

    @action
    async def refresh(self) -> None:
        """Bring it up to date."""
        await self._refresh()

    @action
    async def top_up(self, form: AmountForm) -> Any:
        """On to the top-up of this account, filled in. Raises NotAnAmount."""
        amount = Money.parse(form.get("amount", ""))
        part, _ = await in_hand(self)
        self._clear_refusals()
        to = f"&to={part.key}" if part is not None else ""
        hryvnias = f"{amount.kopiykas // 100}.{amount.kopiykas % 100:02d}"
        return rx.redirect(f"{routes.TOP_UP}?amount={hryvnias}{to}")

    @action
    async def resume(self, key: str) -> None:
        """End the suspension today."""
        async with wiring.unit_of_work() as session:
            state = await suspending.resume(session, actor(), account_id(key), at=wiring.clock().now())
        self._clear_refusals()
        self.done = "resumed" if state is InternetState.ACTIVE else "off"
        await self._refresh()

    @action
    async def cancel_suspension(self, suspension: int) -> None:
        """Give up a suspension that has not begun."""
        async with wiring.unit_of_work() as session:
            await suspending.cancel(session, actor(), suspension, at=wiring.clock().now())
        self._clear_refusals()
        self.done = "cancelled"
        await self._refresh()

    @action
    async def cancel_change(self, change: int) -> None:
        """Keep the tariff after all."""
        async with wiring.unit_of_work() as session:
            await tariff_changes.cancel(session, actor(), change, at=wiring.clock().now())
        self._clear_refusals()
        self.done = "kept"
        await self._refresh()

    async def _refresh(self) -> None:
        part, parts = await in_hand(self)
        if part is None:
            show(self, ready=True, view=None, accounts=[])
            return
        async with wiring.reading() as session:
            details = await account_details(session, actor(), part.key.id)
            grace = await self._grace(session, part)
        show(self, ready=True, view=account_view(part, details, grace), accounts=account_rows(parts, part))

    async def _grace(self, session: Any, part: InternetPart) -> Offer | None:
        """What the grace week would lend; looked for only where money is missing."""
        if part.standing.state is InternetState.SUSPENDED or not part.standing.next_payment:
            return None
        found = await offers(session, actor(), terms.promise_terms(), at=wiring.clock().now())
        return next((each for each in found if each.key == HoldingKey.parse(str(part.key)) and each.sums), None)


refreshes(routes.INTERNET, InternetPageState.refresh)
