"""Conversations, cards, colleagues as the desk shows them."""

from collections.abc import Mapping
from dataclasses import dataclass

from mykyivstar.domain.support.card import Card, Thing
from mykyivstar.domain.support.desk import Colleague
from mykyivstar.domain.support.reading import DeskEntry, Listed


@dataclass(frozen=True, slots=True)
class QueueRow:
    """Somebody who waits."""

    code: str
    name: str
    specialism: str
    queued_at: str


@dataclass(frozen=True, slots=True)
class ChatRow:
    """A conversation that runs."""

    code: str
    name: str
    specialism: str
    last_at: str
    unread: int
    is_open: bool
    is_mine: bool
    # Whose it is; "" for one's own.
    by: str


@dataclass(frozen=True, slots=True)
class ColleagueRow:
    """To whom one may hand over."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class AnswerChip:
    """A prepared answer, filled in."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class ThingRow:
    """A line or account of the customer; the balance in kopiykas, None when it is not known."""

    kind: str
    number: str
    state: str
    tariff: dict[str, str]
    balance: int | None
    is_asked_about: bool


@dataclass(frozen=True, slots=True)
class CardRow:
    """The customer."""

    name: str
    language: str
    since: str
    conversations: int
    open_tickets: int
    things: list[ThingRow]


def queue_row(conversation: Listed) -> QueueRow:
    """A conversation in the queue."""
    return QueueRow(
        code=conversation.code,
        name=conversation.customer_name,
        specialism=conversation.specialism.value,
        queued_at=conversation.queued_at.isoformat(),
    )


def chat_row(entry: DeskEntry, names: Mapping[int, str], *, staff_id: int, open_code: str) -> ChatRow:
    """A conversation in the list; `names` are those of whoever else has one."""
    conversation = entry.conversation
    return ChatRow(
        code=conversation.code,
        name=conversation.customer_name,
        specialism=conversation.specialism.value,
        last_at=conversation.last_at.isoformat(),
        unread=entry.unread,
        is_open=conversation.code == open_code,
        is_mine=conversation.staff_id == staff_id,
        by=names.get(conversation.staff_id or 0, ""),
    )


def colleague_row(member: Colleague) -> ColleagueRow:
    """A colleague in the list of whom to hand over to."""
    return ColleagueRow(str(member.id), member.name)


def card_row(card: Card) -> CardRow:
    """The customer as the desk shows them."""
    return CardRow(
        name=card.name,
        language=card.language,
        since=card.since.isoformat(),
        conversations=card.conversations,
        open_tickets=card.open_tickets,
        things=[_thing(thing) for thing in card.things],
    )


def _thing(thing: Thing) -> ThingRow:
    return ThingRow(
        kind=thing.kind,
        number=thing.number,
        state=thing.state,
        tariff=dict(thing.tariff or {}),
        balance=None if thing.balance is None else thing.balance.kopiykas,
        is_asked_about=thing.is_asked_about,
    )
