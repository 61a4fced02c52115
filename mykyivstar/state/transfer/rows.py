"""What the transfer pages show, as plain values: kopiykas, ISO moments, codes of states."""

from collections.abc import Sequence
from dataclasses import dataclass

from mykyivstar.domain.overview.models import Overview
from mykyivstar.domain.transfers.queries import Giver
from mykyivstar.state.payments.rows import WhomRow, whom_rows


@dataclass(frozen=True, slots=True)
class GiverRow:
    """An own line to transfer from."""

    key: str
    kind: str
    nickname: str
    number: str
    colour: str
    balance: int
    # Of the balance, what is set aside for the tariff.
    locked: int
    month_left: int
    is_blocked: bool


@dataclass(frozen=True, slots=True)
class SideRow:
    """Who gives, or who gets."""

    kind: str
    nickname: str
    number: str


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A transfer that waits for its code, and where to type it."""

    address: str
    kind: str
    nickname: str
    number: str
    amount: int


def giver_rows(givers: Sequence[Giver], whole: Overview) -> list[GiverRow]:
    """In the actor's own order."""
    colours = {str(part.key): part.colour.value for part in whole.parts}
    return [
        GiverRow(
            key=str(giver.key),
            kind=giver.key.kind.value,
            nickname=giver.nickname,
            number=giver.number,
            colour=colours.get(str(giver.key), ""),
            balance=giver.balance.kopiykas,
            locked=giver.locked.kopiykas,
            month_left=giver.month_left.kopiykas,
            is_blocked=giver.is_blocked,
        )
        for giver in givers
    ]


def getter_rows(whole: Overview, giver: str, *, chosen: str) -> list[WhomRow]:
    """Everything among the actor's own but the giver itself; what is ticked already does not vanish."""
    return [row for row in whom_rows(whole) if row.key != giver or row.key == chosen]
