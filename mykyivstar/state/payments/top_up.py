"""The top-up form: whom, how much, with which card (D1). It only asks; the check page pays."""

from typing import Any

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import routes, terms, wiring
from mykyivstar.domain.overview.models import Part
from mykyivstar.domain.payments.errors import AmountOutOfRange
from mykyivstar.domain.payments.targets import find_target
from mykyivstar.guard import action, actor
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.money import Money
from mykyivstar.state.home import views
from mykyivstar.state.live import refreshes
from mykyivstar.state.overviews import overviews
from mykyivstar.state.payments.addresses import Wish, typed
from mykyivstar.state.payments.forms import PaysByCard
from mykyivstar.state.payments.rows import QuickRow, WhomRow, whom_rows
from mykyivstar.state.shell import ShellState, show

#: What the choice of "somebody else" sends.
OTHER = "other"
_ROUND = (50, 100, 200, 300)


class TopUpForm(TypedDict, total=False):
    """The whole form; a radio or checkbox that is not ticked is not sent."""

    to: str
    number: str
    amount: str
    card: str
    remember: str | bool
    email: str


class TopUpState(PaysByCard, rx.State):
    """Top-up form."""

    whom: list[WhomRow] = []
    to: str = ""
    number: str = ""
    amount: str = ""
    quick: list[QuickRow] = []

    @action
    async def load(self) -> None:
        """Open the form; the address may say for whom and how much (`?to=line:12&amount=100`)."""
        self._clear_refusals()
        query = self.router.url.query_parameters
        to, amount = query.get("to", ""), query.get("amount", "")
        if await self._open_with(f"{to} {amount}".strip()):
            await self._fill_in(to, amount)
        await self._refresh()

    @action
    async def refresh(self) -> None:
        """Bring balances, amounts and cards up to date; what is typed stays."""
        await self._refresh()

    @action
    async def choose(self, to: str) -> None:
        """Another one: its own amounts are offered."""
        self.to = to
        await self._refresh()

    @action
    async def check(self, form: TopUpForm) -> Any:
        """All is filled in: on to the page where it is checked."""
        self.to, self.number = form.get("to", OTHER), form.get("number", "")
        self.amount, self.card = form.get("amount", ""), form.get("card", "")
        self.remember, self.email = bool(form.get("remember")), form.get("email", "").strip()
        wanted = await self._order([await self._wish()])
        self._clear_refusals()
        return rx.redirect(wanted.address)

    async def _fill_in(self, to: str, amount: str) -> None:
        whole = await overviews.of(actor())
        in_hand = (await self.get_state(ShellState)).chosen
        self.number, self.amount = "", amount[:20]
        if whole.part(to) is not None:
            self.to = to
        elif to:
            self.to, self.number = OTHER, to[:40]
        else:
            self.to = in_hand.key if in_hand else OTHER

    async def _refresh(self) -> None:
        whole = await overviews.of(actor())
        shell = await self.get_state(ShellState)
        shell._show(whole)
        first = shell.chosen.key if shell.chosen else ""
        show(
            self,
            ready=True,
            whom=whom_rows(whole, first),
            cards=await self._own_cards(),
            quick=quick_amounts(whole.part(self.to)),
        )

    async def _wish(self) -> Wish:
        if self.to == OTHER:
            async with wiring.reading() as session:
                whom = (await find_target(session, self.number)).number
        elif (await overviews.of(actor())).part(self.to) is None:
            raise NotFound
        else:
            whom = self.to
        amount, limits = Money.parse(self.amount), terms.payment_limits()
        if not limits.top_up_least <= amount <= limits.top_up_most:
            raise AmountOutOfRange(least=limits.top_up_least, most=limits.top_up_most)
        return Wish(whom, amount)


def quick_amounts(part: Part | None) -> list[QuickRow]:
    """What this one lacks or costs first, then round amounts."""
    limits = terms.payment_limits()
    special: dict[int, str] = {}
    if part is not None:
        charge = views.charge(part)
        wanted = {"owed": views.hero(part).to_pay}
        wanted |= {"missing": charge.missing, "charge": charge.amount} if charge else {}
        for why, kopiykas in wanted.items():
            if kopiykas and limits.top_up_least.kopiykas <= kopiykas <= limits.top_up_most.kopiykas:
                special.setdefault(kopiykas, why)
    offered = [QuickRow(typed(Money(amount)), amount, why) for amount, why in special.items()]
    rounded = [Money.uah(hryvnias) for hryvnias in _ROUND]
    return offered + [QuickRow(typed(each), each.kopiykas, "") for each in rounded if each.kopiykas not in special]


refreshes(routes.TOP_UP, TopUpState.refresh)
