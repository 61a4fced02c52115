"""The transfer form: from which own line, to whom, how much (D5, D6). It only asks; the check page does it."""

from typing import Any

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import routes, terms, wiring
from mykyivstar.domain.lines.keys import HoldingKey
from mykyivstar.domain.overview.models import Overview
from mykyivstar.domain.transfers import beginning, queries
from mykyivstar.domain.transfers.beginning import Order
from mykyivstar.guard import action, actor
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.money import Money
from mykyivstar.state.at_address import AtAddress
from mykyivstar.state.form_keys import new_form_key
from mykyivstar.state.forms import Refusals
from mykyivstar.state.live import refreshes
from mykyivstar.state.overviews import overviews
from mykyivstar.state.payments.rows import WhomRow
from mykyivstar.state.payments.top_up import OTHER
from mykyivstar.state.shell import ShellState, show
from mykyivstar.state.transfer.addresses import Wanted, of_transfer
from mykyivstar.state.transfer.rows import GiverRow, WaitingRow, getter_rows, giver_rows


class TransferForm(TypedDict, total=False):
    """The whole form; a radio that is not ticked is not sent."""

    giver: str
    to: str
    number: str
    amount: str


class TransferState(AtAddress, Refusals, rx.State):
    """Transfer form."""

    ready: bool = False
    # Rises with every form that begins anew: the fields take their first values from the state then.
    opened: int = 0
    givers: list[GiverRow] = []
    whom: list[WhomRow] = []
    giver: str = ""
    to: str = OTHER
    number: str = ""
    amount: str = ""
    # Kopiykas: what is left of the month for the line that gives, and the rules as they are configured.
    month_left: int = 0
    month_most: int = 0
    least: int = 0
    most: int = 0
    code_above: int = 0
    waiting: WaitingRow | None = None
    _is_over: bool = True

    @action
    async def load(self) -> None:
        """Open the form; the address may say from whom, to whom and how much (`?from=line:12&to=067…&amount=100`)."""
        self._clear_refusals()
        query = {name: text[:80] for name, text in self.router.url.query_parameters.items()}
        await self._refresh()
        if self._is_over or {"from", "to", "amount"} & set(query):
            self._fill_in(query.get("from", ""), query.get("to", ""), query.get("amount", ""))
            await self._refresh()
        self._take_address()

    @action
    async def refresh(self) -> None:
        """Bring balances and what is left of the month up to date; what is typed stays."""
        await self._refresh()

    @action
    async def choose_giver(self, giver: str) -> None:
        """Another line gives: its own month is shown."""
        self.giver = giver
        await self._refresh()

    @action
    async def choose_getter(self, to: str) -> None:
        """Somebody else gets it."""
        self.to = to
        await self._refresh()

    @action
    async def check(self, form: TransferForm) -> Any:
        """All is filled in: on to the page where it is checked."""
        self.giver, self.to = form.get("giver", ""), form.get("to", OTHER)
        self.number, self.amount = form.get("number", ""), form.get("amount", "")
        order = Order("", HoldingKey.parse(self.giver), await self._whom(), Money.parse(self.amount))
        async with wiring.reading() as session:
            seen = await beginning.look_over(
                session, actor(), order, limits=terms.payment_limits(), at=wiring.clock().now()
            )
        self._clear_refusals()
        self._is_over = True
        return rx.redirect(Wanted(new_form_key(), order.giver, seen.number, order.amount).address)

    async def _whom(self) -> str:
        if self.to == OTHER:
            return self.number
        if (part := (await overviews.of(actor())).part(self.to)) is None:
            raise NotFound
        return part.number

    def _fill_in(self, giver: str, to: str, amount: str) -> None:
        wanted = next((row for row in self.givers if giver and giver in {row.key, row.number}), None)
        able = next((row for row in self.givers if not row.is_blocked), None)
        self.giver = (wanted or able or self.givers[0]).key if self.givers else ""
        own = next((row for row in self.whom if to and to in {row.key, row.number} and row.key != self.giver), None)
        self.to, self.number = (own.key, "") if own else (OTHER, to)
        self.amount, self._is_over = amount, False
        self.opened += 1

    async def _refresh(self) -> None:
        at, limits = wiring.clock().now(), terms.payment_limits()
        whole = await overviews.of(actor())
        (await self.get_state(ShellState))._show(whole)
        async with wiring.reading() as session:
            givers = giver_rows(await queries.givers(session, actor(), limits=limits, at=at), whole)
            waiting = await queries.pending(session, actor(), at=at)
        chosen = next((row for row in givers if row.key == self.giver), None)
        show(
            self,
            ready=True,
            givers=givers,
            whom=getter_rows(whole, self.giver, chosen=self.to),
            month_left=chosen.month_left if chosen else 0,
            month_most=limits.transfer_month_most.kopiykas,
            least=limits.transfer_least.kopiykas,
            most=limits.transfer_most.kopiykas,
            code_above=limits.transfer_code_above.kopiykas,
            waiting=_waiting(waiting, whole) if waiting else None,
        )


def _waiting(transfer: queries.Transfer, whole: Overview) -> WaitingRow:
    part = whole.part(str(transfer.to))
    return WaitingRow(
        address=of_transfer(transfer.code),
        kind=transfer.to.kind.value,
        nickname=part.nickname if part else "",
        number=transfer.number,
        amount=transfer.amount.kopiykas,
    )


refreshes(routes.TRANSFER, TransferState.refresh)
