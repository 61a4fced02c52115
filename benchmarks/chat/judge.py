"""What was typed, what was kept, what was shown: by these three everything is judged."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

Side = Literal["customer", "desk"]


@dataclass(frozen=True, slots=True)
class Typed:
    """A message as somebody typed it; no other has its text. Times in seconds of the client's own clock."""

    text: str
    conversation: int
    side: Side
    at: float


@dataclass(slots=True)
class Notebook:
    """What the clients saw; it knows nothing of the database."""

    typed: dict[str, Typed] = field(default_factory=dict)
    # When a text was on the other side's screen first.
    seen: dict[str, float] = field(default_factory=dict)
    # Refused for good; on the screen of another conversation; a screen with a message twice or out of order.
    refused: int = 0
    astray: int = 0
    jumbled: int = 0

    def type(self, message: Typed) -> None:
        """Somebody has typed this."""
        assert message.text not in self.typed, "texts are what messages are told apart by"
        self.typed[message.text] = message

    def show(self, conversation: int, side: Side, rows: Sequence[tuple[int, str]], at: float) -> None:
        """The screen of this side shows these messages: ids and texts, from the oldest to the newest."""
        ids = [number for number, _ in rows]
        texts = Counter(text for _, text in rows if text in self.typed)
        if ids != sorted(set(ids)) or any(count > 1 for count in texts.values()):
            self.jumbled += 1
        for text in texts:
            message = self.typed[text]
            if message.conversation != conversation:
                self.astray += 1
            elif message.side != side:
                self.seen.setdefault(text, at)


@dataclass(frozen=True, slots=True)
class Findings:
    """What the notebook and the database say together; everything but `typed` should be nothing."""

    typed: int
    # Typed and not kept; kept more than once; kept where it was not typed, or never typed at all.
    lost: int
    doubled: int
    astray: int
    # Kept, and never on the other side's screen; screens with a message twice or out of order; refused for good.
    unseen: int
    jumbled: int
    refused: int

    @property
    def wrong(self) -> int:
        """How much is wrong besides what was lost or doubled."""
        return self.astray + self.unseen + self.jumbled + self.refused

    @property
    def is_right(self) -> bool:
        """Whether every message was kept once and shown once, where it belongs."""
        return not (self.lost or self.doubled or self.wrong)


def judged(book: Notebook, kept: Iterable[tuple[int, str]]) -> Findings:
    """Compare; `kept` are the conversations and texts of the rows that people wrote."""
    rows = list(kept)
    counts = Counter(text for _, text in rows)
    elsewhere = sum(text not in book.typed or book.typed[text].conversation != where for where, text in rows)
    return Findings(
        typed=len(book.typed),
        lost=sum(text not in counts for text in book.typed),
        doubled=sum(count - 1 for count in counts.values()),
        astray=book.astray + elsewhere,
        unseen=sum(text in counts and text not in book.seen for text in book.typed),
        jumbled=book.jumbled,
        refused=book.refused,
    )


def deliveries(book: Notebook, begin: float, end: float) -> list[float]:
    """How long each message took that was typed within these moments and shown, in seconds, the quickest first."""
    typed = (message for message in book.typed.values() if begin <= message.at < end)
    return sorted(book.seen[message.text] - message.at for message in typed if message.text in book.seen)
