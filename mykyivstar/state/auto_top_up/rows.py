"""What the auto top-up page shows, as plain values: kopiykas, ISO moments, codes. None is "not known" or "none"."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mykyivstar.domain.auto_top_up.queries import RuleView
from mykyivstar.domain.overview.models import Overview
from mykyivstar.kit.money import Money
from mykyivstar.state.payments.rows import card_rows


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule: `what` it waits for, and what stands in its way, "" for nothing."""

    id: int
    what: str
    kind: str
    nickname: str
    number: str
    amount: int | None
    below: int | None
    day: int | None
    month_most: int | None
    card: str
    paused: str
    failure: str
    next_amount: int | None
    next_at: str
    is_retry: bool
    spent: int
    last_at: str
    last_code: str


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A rule that is not made yet, as its check shows it."""

    what: str
    kind: str
    nickname: str
    number: str
    amount: int
    below: int | None
    day: int | None
    month_most: int | None
    next_at: str


def rule_rows(views: Sequence[RuleView], whole: Overview | None = None) -> list[RuleRow]:
    """The newest first; with the names that their owner gave them in `whole`."""
    names = {str(part.key): part.nickname for part in whole.parts} if whole is not None else {}
    return [_row(view, names) for view in views]


def _row(view: RuleView, names: Mapping[str, str]) -> RuleRow:
    rule, coming, card = view.rule, view.next, card_rows([view.card])[0]
    return RuleRow(
        id=rule.id or 0,
        what=rule.kind.value,
        kind=rule.target.kind.value,
        nickname=names.get(str(rule.target), ""),
        number=view.number,
        amount=kopiykas(rule.amount),
        below=kopiykas(rule.below),
        day=rule.day,
        month_most=kopiykas(rule.month_most),
        card=card.name or card.mask,
        paused=view.paused.value if view.paused is not None else "",
        failure=rule.last_failure,
        next_amount=kopiykas(coming.amount) if coming is not None else None,
        next_at=coming.at.isoformat() if coming is not None and coming.at is not None else "",
        is_retry=view.is_retry,
        spent=view.spent.kopiykas,
        last_at=view.last_at.isoformat() if view.last_at is not None else "",
        last_code=view.last_code,
    )


def kopiykas(amount: Money | None) -> int | None:
    """An amount as the browser takes it."""
    return None if amount is None else amount.kopiykas
