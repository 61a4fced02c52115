"""What the pages of bonuses show, as plain values: whole bonuses, ISO moments and days, codes of states."""

from collections.abc import Sequence
from dataclasses import dataclass

from mykyivstar.domain.bonuses.queries import Arrived, Bonuses, Event
from mykyivstar.domain.overview.models import LinePart, Overview
from mykyivstar.kit.money import Money


@dataclass(frozen=True, slots=True)
class AccountView:
    """The internet account whose bonuses are shown; `expected` None: nothing is earned for this month yet."""

    key: str
    nickname: str
    number: str
    there: int
    expected: int | None
    expected_on: str
    is_owner: bool
    is_suspended: bool


@dataclass(frozen=True, slots=True)
class EventRow:
    """Earned for a month (`kind` "earned"), or given to a number; `state` of what was given."""

    kind: str
    at: str
    bonuses: int
    month: str
    number: str
    is_masked: bool
    state: str


@dataclass(frozen=True, slots=True)
class ArrivedRow:
    """At a number of one's own."""

    kind: str
    nickname: str
    number: str
    left: int
    bonuses: int
    state: str
    expires_at: str


@dataclass(frozen=True, slots=True)
class NumberRow:
    """An own number to give to."""

    kind: str
    nickname: str
    number: str
    colour: str


def whole(amount: Money) -> int:
    """In whole bonuses; what usage has left of one is rounded down."""
    return amount.kopiykas // 100


def account_view(bonuses: Bonuses, key: str, nickname: str) -> AccountView:
    """As the domain found it."""
    return AccountView(
        key=key,
        nickname=nickname,
        number=bonuses.account.number,
        there=whole(bonuses.there),
        expected=None if bonuses.expected is None else whole(bonuses.expected),
        expected_on=bonuses.expected_on.isoformat(),
        is_owner=bonuses.is_owner,
        is_suspended=bonuses.is_suspended,
    )


def event_rows(events: Sequence[Event]) -> list[EventRow]:
    """In the domain's order."""
    return [
        EventRow(
            kind="earned" if event.state is None else "given",
            at=event.at.isoformat(),
            bonuses=whole(event.amount) if event.state is None else whole(-event.amount),
            month=f"{event.month}-01" if event.month else "",
            number=event.number,
            is_masked="•" in event.number,
            state=event.state.value if event.state else "",
        )
        for event in events
    ]


def arrived_rows(arrived: Sequence[Arrived]) -> list[ArrivedRow]:
    """In the domain's order: the soonest to end first."""
    return [
        ArrivedRow(
            kind="line",
            nickname=each.nickname,
            number=each.number,
            left=whole(each.left),
            bonuses=whole(each.amount),
            state=each.state.value,
            expires_at=each.expires_at.isoformat() if each.expires_at else "",
        )
        for each in arrived
    ]


def number_rows(overview: Overview) -> list[NumberRow]:
    """The actor's own lines, in their order."""
    return [
        NumberRow("line", part.nickname, part.number, part.colour.value)
        for part in overview.parts
        if isinstance(part, LinePart)
    ]
