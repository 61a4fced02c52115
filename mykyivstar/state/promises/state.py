"""Taking a promised payment: for whom and how much, checked, taken (N2)."""

import re
from typing import Literal

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import routes, terms, wiring
from mykyivstar.domain.lines.keys import HoldingKey
from mykyivstar.domain.promises import queries
from mykyivstar.domain.promises.conditions import offers
from mykyivstar.domain.promises.errors import SumNotOffered
from mykyivstar.domain.promises.giving import give
from mykyivstar.guard import action, actor
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.money import Money
from mykyivstar.state.at_address import AtAddress
from mykyivstar.state.form_keys import new_form_key, own_key
from mykyivstar.state.forms import Refusals
from mykyivstar.state.language import LanguageState
from mykyivstar.state.live import refreshes
from mykyivstar.state.promises.rows import OfferRow, PromiseRow, offer_rows, promise_rows
from mykyivstar.state.shell import ShellState, show

_KOPIYKAS = re.compile(r"[1-9][0-9]{0,8}")


class AskForm(TypedDict, total=False):
    """For whom and how much; a radio that is not chosen is not sent."""

    to: str
    sum: str


class TakeForm(TypedDict):
    """What the check page shows, sent back by it: a server that has forgotten the page still knows what is taken."""

    key: str
    to: str
    sum: str


class PromisedState(AtAddress, Refusals, rx.State):
    """Promised payment page."""

    ready: bool = False
    step: Literal["form", "check", "done"] = "form"
    offers: list[OfferRow] = []
    to: str = ""
    chosen: OfferRow | None = None
    amount: int = 0
    form_key: str = ""
    # Of the payment that has just been taken.
    taken_code: str = ""
    past: list[PromiseRow] = []

    @action
    async def load(self) -> None:
        """Open the form; the address may say for whom (`?to=line:12`)."""
        self._clear_refusals()
        self.step, self.form_key = "form", new_form_key()
        wanted = self.router.url.query_parameters.get("to", "")
        await self._refresh(wanted)
        self._take_address()

    @action
    async def refresh(self) -> None:
        """Bring the offers up to date; a step that is open stays open."""
        await self._refresh()

    @action
    async def choose(self, to: str) -> None:
        """Another number: its own sums and terms are shown."""
        self._clear_refusals()
        await self._refresh(to)

    @action
    async def check(self, form: AskForm) -> None:
        """All is chosen: show what it means."""
        await self._refresh(form.get("to", ""))
        if self.chosen is None or form.get("to", "") != self.chosen.key:
            raise NotFound
        amount = _kopiykas(form.get("sum", ""))
        if amount not in self.chosen.sums:
            raise SumNotOffered
        self._clear_refusals()
        self.amount, self.step = amount, "check"

    @action
    async def back(self) -> None:
        """Back to the form, filled in as it was."""
        self._clear_refusals()
        self.step = "form"

    @action
    async def take(self, form: TakeForm) -> None:
        """Take it, once for one form."""
        async with wiring.unit_of_work() as session:
            payment = await give(
                session,
                actor(),
                key=f"promise:{own_key(form['key'])}",
                to=HoldingKey.parse(form["to"]),
                amount=Money(_kopiykas(form["sum"])),
                language=(await self.get_state(LanguageState))._language,
                terms=terms.promise_terms(),
                limits=terms.payment_limits(),
                at=wiring.clock().now(),
            )
        self._clear_refusals()
        self.taken_code, self.amount, self.step = payment.code, payment.amount.kopiykas, "done"
        await self._refresh()

    @action
    async def another(self) -> None:
        """Another form."""
        self._clear_refusals()
        self.step, self.form_key = "form", new_form_key()
        await self._refresh()

    async def _refresh(self, wanted: str = "") -> None:
        async with wiring.reading() as session:
            found = offer_rows(await offers(session, actor(), terms.promise_terms(), at=wiring.clock().now()))
            past = promise_rows(await queries.own(session, actor()))
        in_hand = (await self.get_state(ShellState)).chosen
        by_key = {offer.key: offer for offer in found}
        likely = [wanted, self.to, in_hand.key if in_hand else "", *[each.key for each in found if each.sums]]
        to = next((key for key in likely if key in by_key), found[0].key if found else "")
        show(self, ready=True, offers=found, past=past, to=to, chosen=by_key.get(to))


def _kopiykas(typed: str) -> int:
    """The sum as the form sends it. Raises SumNotOffered for anything else."""
    if not _KOPIYKAS.fullmatch(typed):
        raise SumNotOffered
    return int(typed)


refreshes(routes.PROMISED_PAYMENT, PromisedState.refresh)
