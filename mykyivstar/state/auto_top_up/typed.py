"""The form of a rule as it is typed, and the wish that it means."""

from dataclasses import dataclass
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession
from typing_extensions import TypedDict

from mykyivstar.domain.auto_top_up.errors import CardNeeded, DayMalformed
from mykyivstar.domain.auto_top_up.models import AutoTopUpRule, RuleKind
from mykyivstar.domain.auto_top_up.wishes import Wish
from mykyivstar.domain.lines.keys import HoldingKey
from mykyivstar.domain.overview.models import Overview
from mykyivstar.domain.payments.targets import find_target
from mykyivstar.kit.errors import CustomerError, Malformed, NotFound
from mykyivstar.kit.money import Money, NotAnAmount
from mykyivstar.state.payments.addresses import typed

#: What the choice of "somebody else" sends.
OTHER = "other"
_AMOUNTS = ("amount", "below", "month_most")


class RuleForm(TypedDict, total=False):
    """Everything that is asked. A browser sends null for a field that its kind of rule does not show."""

    key: str
    rule: str
    to: str
    number: str | None
    what: str
    amount: str | None
    below: str | None
    day: str | None
    month_most: str | None
    card: str


class BelowMalformed(NotAnAmount):
    """The same for the balance at which a rule acts."""

    code = "auto_top_up.below_malformed"
    field = "below"


class MonthMostMalformed(NotAnAmount):
    """The same for the limit of a month."""

    code = "auto_top_up.month_most_malformed"
    field = "month_most"


_REFUSALS: dict[str, type[CustomerError]] = {
    "amount": NotAnAmount,
    "below": BelowMalformed,
    "month_most": MonthMostMalformed,
}


@dataclass(frozen=True, slots=True)
class Meant:
    """A wish, and whom it is for in digits."""

    wish: Wish
    number: str


async def meant(session: AsyncSession, form: RuleForm, whole: Overview) -> Meant:
    """What the form means. Raises Malformed for what no form of ours sends, NotAnAmount and its kinds, DayMalformed,
    CardNeeded, NotFound, UnknownTarget, NotALogin.
    """
    try:
        kind = RuleKind(form.get("what", ""))
    except ValueError:
        raise Malformed from None
    target, number = await _target(session, form, whole)
    wanted = {
        RuleKind.BELOW: ("amount", "below", "month_most"),
        RuleKind.MONTHLY: ("amount",),
        RuleKind.TARIFF: ("month_most",),
    }[kind]
    sums: dict[str, Any] = {name: _money(form, name) for name in _AMOUNTS if name in wanted}
    day = _day(form) if kind is RuleKind.MONTHLY else None
    card = form.get("card", "")
    if not card.isascii() or not card.isdigit() or len(card) > 18:
        raise CardNeeded
    return Meant(Wish(target=target, kind=kind, card_id=int(card), day=day, **sums), number)


def typed_again(rule: AutoTopUpRule, number: str, whole: Overview) -> RuleForm:
    """The form filled in with a rule."""
    is_mine = whole.part(str(rule.target)) is not None
    return RuleForm(
        rule=str(rule.id),
        to=str(rule.target) if is_mine else OTHER,
        number="" if is_mine else number,
        what=rule.kind.value,
        amount=typed(rule.amount) if rule.amount is not None else "",
        below=typed(rule.below) if rule.below is not None else "",
        day=str(rule.day or ""),
        month_most=typed(rule.month_most) if rule.month_most is not None else "",
        card=str(rule.saved_card_id),
    )


async def _target(session: AsyncSession, form: RuleForm, whole: Overview) -> tuple[HoldingKey, str]:
    to = form.get("to", OTHER)
    if to == OTHER:
        found = await find_target(session, form.get("number") or "")
        return found.key, found.number
    if (part := whole.part(to)) is None:
        raise NotFound
    return part.key, part.number


def _money(form: RuleForm, name: str) -> Money:
    try:
        return Money.parse(str(form.get(name) or ""))
    except NotAnAmount:
        raise _REFUSALS[name] from None


def _day(form: RuleForm) -> int:
    day = (form.get("day") or "").strip()
    if not day.isascii() or not day.isdigit() or len(day) > 2:
        raise DayMalformed
    return int(day)
