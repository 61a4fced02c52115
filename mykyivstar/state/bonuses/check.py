"""The check page of a transfer of bonuses: what will happen, and then that it is on its way (I2)."""

from typing import Any

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import routes, terms, wiring
from mykyivstar.domain.bonuses.transferring import look_over, made, transfer
from mykyivstar.guard import action, actor
from mykyivstar.kit.errors import CustomerError
from mykyivstar.state.at_address import AtAddress
from mykyivstar.state.bonuses.addresses import Wanted
from mykyivstar.state.bonuses.rows import whole
from mykyivstar.state.forms import Refusals, in_all_languages
from mykyivstar.state.live import refreshes
from mykyivstar.state.overviews import overviews
from mykyivstar.state.shell import ShellState, show


class GiveForm(TypedDict):
    """The button on the order of an address."""

    shown_for: str


class BonusCheckState(AtAddress, Refusals, rx.State):
    """Check page of a transfer of bonuses. The order is in the page's address, so nothing is lost with this state."""

    # "ready", "on_the_way", "arrived", "returned", "ended"; "lost": the address is none of ours, or it is not allowed.
    standing: str = "loading"
    account: str = ""
    number: str = ""
    bonuses: int = 0
    # Left on the account, and what the number may get in this month afterwards.
    left: int = 0
    month_left: int = 0
    arrives_at: str = ""
    expires_at: str = ""
    back: str = routes.INTERNET_BONUSES

    @action
    async def load(self) -> None:
        """Show the order of the address, or how far it is."""
        self._clear_refusals()
        self._take_address()
        self.standing, self.back = "loading", routes.INTERNET_BONUSES
        (await self.get_state(ShellState))._show(await overviews.of(actor()))
        self.back = self._wanted.form
        await self._show()

    @action
    async def refresh(self) -> None:
        """They may have arrived, or have been confirmed in another tab."""
        if self.standing != "lost" and self._is_here:
            await self._show()

    @action
    async def give(self, form: GiveForm) -> None:
        """Do it; what was drawn for another address is not done, this one is shown instead."""
        self._demand_here(form["shown_for"])
        self._clear_refusals()
        async with wiring.unit_of_work() as session:
            at = wiring.clock().now()
            await transfer(session, actor(), self._wanted.order, terms=terms.bonus_terms(), at=at)
        await self._show()

    @property
    def _wanted(self) -> Wanted:
        query = self.router.url.query_parameters
        return Wanted.read(query.get("form", ""), query.get("from", ""), query.get("to", ""), query.get("bonuses", ""))

    async def _show(self) -> None:
        wanted, at = self._wanted, wiring.clock().now()
        async with wiring.reading() as session:
            known = await made(session, actor(), wanted.key)
            if known is None:
                seen = await look_over(session, actor(), wanted.order, terms=terms.bonus_terms(), at=at)
        if known is None:
            show(
                self,
                standing="ready",
                account=seen.account,
                number=seen.number,
                bonuses=whole(seen.bonuses),
                left=whole(seen.left),
                month_left=whole(seen.month_left),
                arrives_at=seen.arrives_at.isoformat(),
            )
            return
        show(
            self,
            standing=known.state.value,
            number=wanted.number,
            bonuses=whole(known.amount),
            arrives_at=known.arrives_at.isoformat(),
            expires_at=known.expires_at.isoformat() if known.expires_at else "",
        )

    async def _refuse(self, refusal: CustomerError, *rest: Any) -> Any:
        if self.standing == "loading":
            self.standing = "lost"
        followed = await super()._refuse(refusal, *rest)
        if refusal.field:
            # The fields are on the other page.
            self._clear_refusals()
            self.refusal = in_all_languages(refusal)
        return followed


refreshes(routes.INTERNET_BONUSES_CHECK, BonusCheckState.refresh)
