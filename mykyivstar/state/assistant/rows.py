"""The talk with the assistant line by line, on the screen and as a person reads it who takes over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mykyivstar.domain.support.conversations import Said
from mykyivstar.domain.support.models import Author
from mykyivstar.i18n import tr
from mykyivstar.state.assistant.replies import LinkRow, Reply


@dataclass(frozen=True, slots=True)
class TalkRow:
    """A question, or the assistant's answer to it."""

    number: int
    is_mine: bool
    text: str
    at: str
    source: str
    links: list[LinkRow]
    is_lost: bool


def talk_row(reply: Reply, *, number: int, is_mine: bool, at: datetime) -> TalkRow:
    """A line of the talk."""
    return TalkRow(number, is_mine, reply.text, at.isoformat(), reply.source, list(reply.links), reply.is_lost)


def transcript(rows: Sequence[TalkRow], talk: str, lang: str) -> Sequence[Said]:
    """The talk as it begins a conversation; `talk` is its own key, so that it begins it once."""
    return [
        Said(
            author=Author.CUSTOMER if row.is_mine else Author.ASSISTANT,
            text=_with_source(row, lang),
            at=datetime.fromisoformat(row.at),
            key=f"{talk}-{row.number:04}",
        )
        for row in rows
    ]


def _with_source(row: TalkRow, lang: str) -> str:
    if row.source == "own":
        return f"{row.text}\n({tr(lang, 'From your own data')})"
    if row.source == "help" and row.links:
        return f"{row.text}\n({tr(lang, 'From the help: {title}', title=row.links[0].label)})"
    return row.text
