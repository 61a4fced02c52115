"""The universal account: every balance with the total, and one top-up split over several (B3)."""

from dataclasses import dataclass
from typing import Any, Literal

import reflex as rx

from mykyivstar import routes, terms
from mykyivstar.domain.lines.keys import HoldingKey
from mykyivstar.domain.overview.models import Overview
from mykyivstar.domain.payments.errors import AmountOutOfRange, NothingToSplit, TooManyShares
from mykyivstar.domain.payments.splitting import Split, bring_to, by_hand, equally
from mykyivstar.guard import action, actor
from mykyivstar.kit.errors import CustomerError, Malformed
from mykyivstar.kit.money import Money, NotAnAmount
from mykyivstar.state.live import refreshes
from mykyivstar.state.overviews import overviews
from mykyivstar.state.payments.addresses import Wanted, Wish, typed
from mykyivstar.state.payments.cards import CardsState
from mykyivstar.state.payments.forms import PaysByCard
from mykyivstar.state.payments.rows import WhomRow, whom_rows
from mykyivstar.state.shell import ShellState, show

Way = Literal["equally", "by_hand", "bring_to"]
_FIELDS_MAX = 300
# "way", "amount", "card", "remember", "email", and for each own one "in-line:12" and "gets-line:12". A field that was
# on the screen before and is not now comes as nothing.
SplitForm = dict[str, str | bool | None]


@dataclass(frozen=True, slots=True)
class SplitRow:
    """One of the payer's own: whether it takes part, what was typed for it, and what it would get."""

    whom: WhomRow
    takes_part: bool
    typed: str
    gets: int | None


class WalletState(PaysByCard, rx.State):
    """Universal account."""

    # The sum of all known balances; how many of them are not known.
    total: int | None = None
    unknown: int = 0
    rows: list[SplitRow] = []
    way: Way = "equally"
    amount: str = ""
    # What is to be paid together; None while what is typed is no amount yet.
    to_pay: int | None = None
    # That many of the first ones get one kopiyka more.
    rest: int = 0
    _part: dict[str, bool] = {}
    _typed: dict[str, str] = {}

    @action
    async def load(self) -> None:
        """Show the balances, and the form; the address may fill it in (`?for=line:1-5000_line:2-700`)."""
        self._clear_refusals()
        asked = self.router.url.query_parameters.get("for", "")
        if await self._open_with(asked):
            await self._fill_in(asked)
        await self._refresh()

    @action
    async def refresh(self) -> None:
        """Bring balances and what follows from them up to date; what is typed stays."""
        await self._refresh()

    @action
    async def choose_way(self, way: Way) -> None:
        """Equally, by hand, or bringing every balance to one level."""
        self._clear_refusals()
        self.way = way
        await self._refresh()

    @action
    async def take_part(self, key: str, is_in: bool) -> None:  # noqa: FBT001  what a checkbox sends
        """Let one take part, or not."""
        self._part = {**self._part, key: is_in}
        await self._refresh()

    @action
    async def type_amount(self, amount: str) -> None:
        """The total, or the level."""
        self.amount = amount
        await self._refresh()

    @action
    async def type_share(self, key: str, amount: str) -> None:
        """By hand: what this one gets."""
        self._typed = {**self._typed, key: amount}
        await self._refresh()

    @action
    async def check(self, form: SplitForm) -> Any:
        """All is filled in: on to the page where it is checked. The form holds everything, whatever is known here."""
        if len(form) > _FIELDS_MAX:
            raise Malformed
        self._keep(form)
        split = self._split(await overviews.of(actor()))
        _judge(split)
        wanted = await self._order([Wish(str(share.key), share.amount) for share in split.shares])
        self._clear_refusals()
        await self._refresh()
        return rx.redirect(wanted.address)

    async def _fill_in(self, asked: str) -> None:
        self.way, self.amount = "equally", ""
        whole = await overviews.of(actor())
        # All of them, unless that is more than one payment can be split over.
        all_fit = len(whole.parts) <= terms.payment_limits().shares_most
        self._part, self._typed = {str(part.key): all_fit for part in whole.parts}, {}
        if asked:
            wishes = Wanted.read(self._key, asked, "", remember=False).wishes
            self.way, self._part = "by_hand", {wish.whom: True for wish in wishes}
            self._typed = {wish.whom: typed(wish.amount) for wish in wishes}

    async def _refresh(self) -> None:
        whole = await overviews.of(actor())
        (await self.get_state(ShellState))._show(whole)
        try:
            split = self._split(whole)
        except CustomerError:
            # Somebody is still typing.
            split = None
        known = [part.balance for part in whole.parts if part.balance is not None]
        show(
            self,
            ready=True,
            cards=await self._own_cards(),
            total=sum(known, Money.ZERO).kopiykas if known else None,
            unknown=len(whole.parts) - len(known),
            to_pay=split.total.kopiykas if split else None,
            rest=split.rest.kopiykas if split else 0,
            rows=[self._row(row, split) for row in whom_rows(whole)],
        )

    def _row(self, whom: WhomRow, split: Split | None) -> SplitRow:
        gets = split.of(HoldingKey.parse(whom.key)).kopiykas if split else None
        return SplitRow(whom, self._part.get(whom.key, False), self._typed.get(whom.key, ""), gets)

    def _split(self, whole: Overview) -> Split:
        parts = [part for part in whole.parts if self._part.get(str(part.key), False)]
        match self.way:
            case "equally":
                return equally(Money.parse(self.amount), [part.key for part in parts])
            case "bring_to":
                return bring_to(Money.parse(self.amount), {part.key: part.balance for part in parts})
            case "by_hand":
                return by_hand({part.key: self._typed_amount(str(part.key)) for part in parts})

    def _typed_amount(self, key: str) -> Money:
        """Nothing typed is nothing wanted."""
        text = self._typed.get(key, "").strip()
        return Money.parse(text) if text.strip("0,. ") else Money.ZERO

    def _keep(self, form: SplitForm) -> None:
        texts = {name: value for name, value in form.items() if isinstance(value, str)}
        way = texts.get("way", self.way)
        if way not in {"equally", "by_hand", "bring_to"}:
            raise Malformed
        self.way = way  # type: ignore[assignment]
        self.amount = texts.get("amount", "")
        self._part = {
            name.removeprefix("in-"): True for name, is_in in form.items() if name.startswith("in-") and is_in
        }
        self._typed = {name.removeprefix("gets-"): text for name, text in texts.items() if name.startswith("gets-")}
        self.card, self.remember = texts.get("card", ""), bool(form.get("remember"))
        self.email = texts.get("email", "").strip()

    async def _refuse(self, refusal: CustomerError, *rest: Any) -> Any:
        """What is wrong with an amount typed by hand stands beside that amount."""
        followed = await super()._refuse(refusal, *rest)
        if self.way == "by_hand" and (texts := self.field_refusals.get("amount")):
            wrong = [key for key, text in self._typed.items() if self._part.get(key) and not _is_amount(text)]
            self.field_refusals = {f"gets-{key}": texts for key in wrong}
            self.refusal = {} if wrong else texts
        return followed


def _is_amount(text: str) -> bool:
    """Whether it is an amount, or nothing."""
    try:
        Money.parse(text)
    except NotAnAmount:
        return not text.strip("0,. ")
    return True


def _judge(split: Split) -> None:
    limits = terms.payment_limits()
    if not split.shares:
        raise NothingToSplit
    if len(split.shares) > limits.shares_most:
        raise TooManyShares(most=limits.shares_most)
    if not limits.top_up_least <= split.total <= limits.top_up_most:
        raise AmountOutOfRange(least=limits.top_up_least, most=limits.top_up_most)


refreshes(routes.WALLET, WalletState.refresh, CardsState.refresh)
