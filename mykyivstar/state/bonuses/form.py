"""The page of bonuses: what is there, what was earned and given, and the form of a transfer (I2). It only asks."""

from typing import Any

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import routes, terms, wiring
from mykyivstar.domain.bonuses.queries import arrived_at_own, bonuses_of
from mykyivstar.domain.bonuses.rules import LEAST, MONTH_MOST
from mykyivstar.domain.bonuses.transferring import Order, look_over, parse_bonuses
from mykyivstar.domain.lines.keys import HoldingKey
from mykyivstar.guard import action, actor
from mykyivstar.state.at_address import AtAddress
from mykyivstar.state.bonuses.addresses import Wanted
from mykyivstar.state.bonuses.rows import (
    AccountView,
    ArrivedRow,
    EventRow,
    NumberRow,
    account_view,
    arrived_rows,
    event_rows,
    number_rows,
    whole,
)
from mykyivstar.state.form_keys import new_form_key
from mykyivstar.state.forms import Refusals
from mykyivstar.state.internet.held import account_rows, in_hand
from mykyivstar.state.internet.rows import AccountRow
from mykyivstar.state.live import refreshes
from mykyivstar.state.overviews import overviews
from mykyivstar.state.shell import ShellState, show

#: What the form sends for a number that is typed.
OTHER = "other"


class BonusForm(TypedDict, total=False):
    """The whole form; a radio that is not ticked is not sent."""

    to: str
    number: str
    amount: str


class BonusesState(AtAddress, Refusals, rx.State):
    """Bonuses of home internet."""

    ready: bool = False
    # Rises with every form that begins anew: the fields take their first values from the state then.
    opened: int = 0
    view: AccountView | None = None
    accounts: list[AccountRow] = []
    events: list[EventRow] = []
    arrived: list[ArrivedRow] = []
    own: list[NumberRow] = []
    to: str = OTHER
    number: str = ""
    amount: str = ""
    least: int = whole(LEAST)
    month_most: int = whole(MONTH_MOST)

    @action
    async def load(self) -> None:
        """Open the page; the address may fill in the form (`?to=380…&bonuses=50`)."""
        self._clear_refusals()
        await self._refresh()
        query = {name: text[:40] for name, text in self.router.url.query_parameters.items()}
        to = query.get("to", "")
        is_own = any(row.number == to for row in self.own)
        first = self.own[0].number if self.own else OTHER
        self.to = to if is_own else OTHER if to else first
        self.number, self.amount = "" if is_own else to, query.get("bonuses", "")
        self.opened += 1
        self._take_address()

    @action
    async def refresh(self) -> None:
        """Bring balances up to date; what is typed stays."""
        await self._refresh()

    @action
    async def choose(self, key: str) -> None:
        """Another account of one's own."""
        self._clear_refusals()
        shell = await self.get_state(ShellState)
        await shell.choose.fn(shell, key)
        await self._refresh()

    @action
    async def choose_getter(self, to: str) -> None:
        """Another number gets them."""
        self.to = to

    @action
    async def check(self, form: BonusForm) -> Any:
        """All is filled in: on to the page where it is checked."""
        self.to, self.number, self.amount = form.get("to", OTHER), form.get("number", ""), form.get("amount", "")
        part, _ = await in_hand(self)
        key = HoldingKey.parse(str(part.key) if part is not None else "")
        order = Order("", key, self.number if self.to == OTHER else self.to, parse_bonuses(self.amount))
        async with wiring.reading() as session:
            seen = await look_over(session, actor(), order, terms=terms.bonus_terms(), at=wiring.clock().now())
        self._clear_refusals()
        return rx.redirect(Wanted(new_form_key(), key, seen.number, whole(order.bonuses)).address)

    async def _refresh(self) -> None:
        at = wiring.clock().now()
        part, parts = await in_hand(self)
        view, events = None, []
        async with wiring.reading() as session:
            if part is not None:
                found = await bonuses_of(session, actor(), part.key.id, at=at)
                view, events = account_view(found, str(part.key), part.nickname), event_rows(found.events)
            arrived = arrived_rows(await arrived_at_own(session, actor(), at=at))
        show(
            self,
            ready=True,
            view=view,
            accounts=account_rows(parts, part),
            events=events,
            arrived=arrived,
            own=number_rows(await overviews.of(actor())),
        )


refreshes(routes.INTERNET_BONUSES, BonusesState.refresh)
