"""Auto top-ups: the rules and what each will do next; making, changing, pausing and deleting one (N1)."""

import re
from typing import Any, Literal

import reflex as rx

from mykyivstar import routes, terms, wiring
from mykyivstar.domain.auto_top_up import queries, rules
from mykyivstar.domain.payments.saved_cards import saved_cards
from mykyivstar.guard import action, actor
from mykyivstar.kit.errors import CustomerError, Malformed, NotFound
from mykyivstar.state.auto_top_up.rows import PlanRow, RuleRow, kopiykas, rule_rows
from mykyivstar.state.auto_top_up.typed import OTHER, Meant, RuleForm, meant, typed_again
from mykyivstar.state.form_keys import new_form_key, own_key
from mykyivstar.state.forms import Refusals
from mykyivstar.state.live import refreshes
from mykyivstar.state.overviews import overviews
from mykyivstar.state.payments.rows import CardRow, WhomRow, card_rows, whom_rows
from mykyivstar.state.shell import ShellState, show

_RULE = re.compile(r"|[1-9][0-9]{0,17}")


class AutoState(Refusals, rx.State):
    """Auto top-up page."""

    ready: bool = False
    rules: list[RuleRow] = []
    whom: list[WhomRow] = []
    cards: list[CardRow] = []
    step: Literal["list", "form", "check"] = "list"
    # What stands in the form, and what its check shows. The form begins anew with each `opened`.
    form: dict[str, str] = {}
    opened: int = 0
    plan: PlanRow | None = None
    card: CardRow | None = None
    deleting: RuleRow | None = None
    saved: int = 0

    @action
    async def load(self) -> None:
        """Show the rules, no form open."""
        self._close()
        # What was saved before this page was loaded is no news.
        self.saved = 0
        await self._refresh()

    @action
    async def refresh(self) -> None:
        """Bring the rules up to date; an open form stays."""
        await self._refresh()

    @action
    async def new(self) -> None:
        """Open an empty form."""
        self._close()
        await self._refresh()
        in_hand = (await self.get_state(ShellState)).chosen
        first = {
            "to": in_hand.key if in_hand else OTHER,
            "what": "below",
            "card": self.cards[0].id if self.cards else "",
        }
        self._open({"key": new_form_key(), "rule": "", **first})

    @action
    async def edit(self, rule_id: int) -> None:
        """Open the form of a rule."""
        self._close()
        await self._refresh()
        whole = await overviews.of(actor())
        async with wiring.reading() as session:
            views = await queries.rules(session, actor(), at=wiring.clock().now())
        view = next((each for each in views if each.rule.id == rule_id), None)
        if view is None:
            raise NotFound
        self._open({"key": new_form_key(), **_strings(typed_again(view.rule, view.number, whole))})

    @action
    async def choose_what(self, what: Literal["below", "monthly", "tariff"]) -> None:
        """Another kind: other fields."""
        self.form = {**self.form, "what": what}

    @action
    async def cancel(self) -> None:
        """Back to the list, nothing changed."""
        self._close()

    @action
    async def back(self) -> None:
        """Back to the form, filled in as it was."""
        self._clear_refusals()
        self.step = "form"

    @action
    async def check(self, form: RuleForm) -> None:
        """All is filled in: show what it will do, and when first."""
        given = _strings(form)
        self.form = {**self.form, **given, "to": given.get("to", OTHER)}
        rule_id = _rule_id(self.form)
        whole = await overviews.of(actor())
        async with wiring.reading() as session:
            what = await meant(session, RuleForm(**self.form), whole)  # type: ignore[typeddict-item]
            first = await queries.preview(
                session,
                actor(),
                what.wish,
                limits=terms.payment_limits(),
                but=rule_id,
                at=wiring.clock().now(),
            )
        await self._refresh()
        self._clear_refusals()
        self.plan = _plan(what, first, {part.number: part.nickname for part in whole.parts})
        self.card = next((each for each in self.cards if each.id == str(what.wish.card_id)), None)
        self.step = "check"

    @action
    async def save(self, form: RuleForm) -> None:
        """Make or change the rule, after a fresh proof; the form travels with it (O9)."""
        given = _strings(form)
        key = own_key(given.get("key", ""))
        rule_id, at, limits = _rule_id(given), wiring.clock().now(), terms.payment_limits()
        whole = await overviews.of(actor())
        async with wiring.unit_of_work() as session:
            wish = (await meant(session, RuleForm(**given), whole)).wish  # type: ignore[typeddict-item]
            if rule_id:
                await rules.change(session, actor(), rule_id, wish, limits=limits, at=at)
            else:
                await rules.make(session, actor(), wish, key=f"rule:{key}", limits=limits, at=at)
        self._close()
        self.saved += 1
        await self._refresh()

    @action
    async def pause(self, rule_id: int) -> None:
        """Let it do nothing until it is resumed."""
        async with wiring.unit_of_work() as session:
            await rules.pause(session, actor(), rule_id, at=wiring.clock().now())
        self._close()
        await self._refresh()

    @action
    async def resume(self, rule_id: int) -> None:
        """Let it act again."""
        async with wiring.unit_of_work() as session:
            await rules.resume(session, actor(), rule_id, at=wiring.clock().now())
        self._close()
        await self._refresh()

    @action
    async def ask_delete(self, rule_id: int) -> None:
        """Ask whether it is really to go."""
        self._close()
        await self._refresh()
        self.deleting = next((rule for rule in self.rules if rule.id == rule_id), None)
        if self.deleting is None:
            raise NotFound

    @action
    async def delete(self, rule_id: int) -> None:
        """End it for good."""
        async with wiring.unit_of_work() as session:
            await rules.delete(session, actor(), rule_id, at=wiring.clock().now())
        self._close()
        await self._refresh()

    async def _refresh(self) -> None:
        whole = await overviews.of(actor())
        async with wiring.reading() as session:
            views = await queries.rules(session, actor(), at=wiring.clock().now())
            cards = card_rows(await saved_cards(session, actor()))
        in_hand = (await self.get_state(ShellState)).chosen
        whom = whom_rows(whole, in_hand.key if in_hand else "")
        show(self, ready=True, rules=rule_rows(views, whole), whom=whom, cards=cards)

    def _open(self, form: dict[str, str]) -> None:
        self.form, self.opened, self.step = form, self.opened + 1, "form"

    def _close(self) -> None:
        self._clear_refusals()
        self.step, self.deleting, self.plan = "list", None, None

    async def _refuse(self, refusal: CustomerError, *rest: Any) -> Any:
        # A field's refusal is shown beside its field, and the field is in the form.
        if refusal.field and self.step == "check":
            self.step = "form"
        return await super()._refuse(refusal, *rest)


def _plan(what: Meant, first: queries.Next, names: dict[str, str]) -> PlanRow:
    wish = what.wish
    return PlanRow(
        what=wish.kind.value,
        kind=wish.target.kind.value,
        nickname=names.get(what.number, ""),
        number=what.number,
        amount=first.amount.kopiykas,
        below=kopiykas(wish.below),
        day=wish.day,
        month_most=kopiykas(wish.month_most),
        next_at=first.at.isoformat() if first.at is not None else "",
    )


def _strings(form: RuleForm) -> dict[str, str]:
    return {name: str(value) for name, value in form.items() if value is not None}


def _rule_id(form: dict[str, str]) -> int:
    """The rule that is changed, 0 for a new one. Raises Malformed."""
    if not _RULE.fullmatch(form.get("rule", "")):
        raise Malformed
    return int(form.get("rule") or 0)


refreshes(routes.AUTO_TOP_UP, AutoState.refresh)
