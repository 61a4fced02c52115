"""What the payment pages show, as plain values: kopiykas, ISO moments, codes of states. None is "not known"."""

from collections.abc import Sequence
from dataclasses import dataclass

from mykyivstar.domain.overview.models import Overview, Part
from mykyivstar.domain.payments.models import SavedCard


@dataclass(frozen=True, slots=True)
class WhomRow:
    """One of the payer's own to choose from."""

    key: str
    kind: str
    nickname: str
    number: str
    colour: str
    balance: int | None


@dataclass(frozen=True, slots=True)
class CardRow:
    """A saved card; `id` as forms send it, `mask` as the payer knows it: Visa •••• 4242."""

    id: str
    mask: str
    name: str


@dataclass(frozen=True, slots=True)
class QuickRow:
    """An amount to take at a touch, as it is typed, and why just that: "" for a round one."""

    typed: str
    kopiykas: int
    why: str


@dataclass(frozen=True, slots=True)
class ShareRow:
    """Somebody who gets a part; `after` is their balance when it has arrived, for the payer's own only."""

    kind: str
    nickname: str
    number: str
    amount: int
    after: int | None = None


def whom_rows(whole: Overview, first: str = "") -> list[WhomRow]:
    """Everything the payer has, the one in hand at the top."""
    return [_whom(part) for part in sorted(whole.parts, key=lambda part: str(part.key) != first)]


def card_rows(cards: Sequence[SavedCard]) -> list[CardRow]:
    """As the domain gives them, the newest first."""
    return [
        CardRow(str(card.id), f"{card.brand.capitalize()} •••• {card.mask[-4:]}".strip(), card.name) for card in cards
    ]


def _whom(part: Part) -> WhomRow:
    return WhomRow(
        key=str(part.key),
        kind=part.key.kind.value,
        nickname=part.nickname,
        number=part.number,
        colour=part.colour.value,
        balance=None if part.balance is None else part.balance.kopiykas,
    )
