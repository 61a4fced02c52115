"""What both sides of a conversation see alike: its messages, in order, each once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import reflex as rx

from mykyivstar.domain.support.models import Author
from mykyivstar.domain.support.reading import Line, Standing
from mykyivstar.kit.errors import CustomerError
from mykyivstar.state.forms import in_all_languages
from mykyivstar.state.support.addresses import Side, of_file

# A new message is sent with so many of its neighbours at most, and not with everything above them.
_FRESH_MOST = 20
_SHOWN_MOST = 200
_KEYS_MOST = 40


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A message as its reader sees it."""

    id: int
    key: str
    side: Literal["mine", "theirs", "note"]
    by: str
    # Who of the staff, "" for others.
    name: str
    text: str
    # What a note says, and of whom or what.
    note: str
    about: str
    at: str
    file_name: str = ""
    file_href: str = ""
    is_picture: bool = False
    kilobytes: int = 0


class Talk(rx.State, mixin=True):
    """Mixin: one conversation on a screen."""

    code: str = ""
    # Old ones that no longer change, and the newest, which are sent with every new one.
    settled: list[MessageRow] = []
    fresh: list[MessageRow] = []
    has_older: bool = False
    # Keys of own messages that are kept, for the browser to strike off its list, and those refused for good.
    kept: list[str] = []
    declined: dict[str, dict[str, str]] = {}
    newest: int = 0
    newest_theirs: int = 0
    # Up to where the other side has read.
    they_saw: int = 0
    # When the other side typed last.
    typed_at: str = ""

    def _show_from_the_start(
        self, conversation: Standing, lines: Sequence[Line], *, has_older: bool, side: Side
    ) -> None:
        """Another conversation, or the same one anew."""
        self.code, self.has_older = conversation.code, has_older
        self.fresh, self.declined, self.typed_at = [], {}, ""
        self.kept, self.newest, self.newest_theirs = [], 0, 0
        self.settled = [message_row(line, side) for line in lines]
        self._sum_up(self.settled)
        self._mark(conversation, side)

    def _show_more(self, conversation: Standing, lines: Sequence[Line], *, side: Side) -> None:
        """What came since."""
        known = {row.id for row in self.fresh}
        rows = [message_row(line, side) for line in lines if line.message.id not in known]
        if rows:
            if len(self.fresh) + len(rows) > _FRESH_MOST:
                whole = [*self.settled, *self.fresh]
                self.settled, self.fresh = whole[-_SHOWN_MOST:], rows
                self.has_older = self.has_older or len(whole) > _SHOWN_MOST
            else:
                self.fresh = [*self.fresh, *rows]
            self._sum_up(rows)
        self._mark(conversation, side)

    def _show_older(self, lines: Sequence[Line], *, has_older: bool, side: Side) -> None:
        self.settled = [*(message_row(line, side) for line in lines), *self.settled]
        self.has_older = has_older

    def _sum_up(self, rows: Sequence[MessageRow]) -> None:
        if not rows:
            return
        theirs = [row.id for row in rows if row.side != "mine"]
        mine = [row.key for row in rows if row.side == "mine"]
        self.newest = rows[-1].id
        if theirs:
            self.newest_theirs, self.typed_at = theirs[-1], ""
        if mine:
            self.kept = [*self.kept, *mine][-_KEYS_MOST:]

    def _mark(self, conversation: Standing, side: Side) -> None:
        saw = conversation.staff_saw if side == "customer" else conversation.customer_saw
        if self.they_saw != saw:
            self.they_saw = saw

    def _send_again_what_is_shown(self) -> None:
        """The browser has less than we think: a connection was lost in the middle of an answer."""
        self.settled, self.fresh = list(self.settled), list(self.fresh)
        self.kept, self.newest = list(self.kept), self.newest

    def _decline(self, key: str, refusal: CustomerError) -> None:
        """Say why a message is not kept and never will be."""
        self.declined = {**self.declined, key[:40]: in_all_languages(refusal)}

    @property
    def _token(self) -> str:
        return self.rx_router_session.client_token

    @property
    def _first_shown(self) -> int:
        rows = self.settled or self.fresh
        return rows[0].id if rows else 0


def message_row(line: Line, side: Side) -> MessageRow:
    """A message for whoever is on this side."""
    message, file = line.message, line.attachment
    mine = Author.CUSTOMER if side == "customer" else Author.STAFF
    return MessageRow(
        id=message.id,
        key=message.client_key,
        side="mine" if message.author is mine else "note" if message.author is Author.SYSTEM else "theirs",
        by=message.author.value,
        name=line.name,
        text=message.text,
        note=message.note.value if message.note else "",
        about=next(iter(map(str, message.about.values())), ""),
        at=message.at.isoformat(),
        file_name=file.name if file else "",
        file_href=of_file(file.code) if file else "",
        is_picture=file is not None and file.media_type.startswith("image/"),
        kilobytes=-(-file.size // 1024) if file else 0,
    )
