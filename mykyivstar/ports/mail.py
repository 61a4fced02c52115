"""What we need of whoever carries e-mail: take a letter, or say why not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


class MailRejected(Exception):
    """The letter will never be taken (no such mailbox, too large); trying again is useless. Fit for a log."""


class MailUnavailable(Exception):
    """The letter was not taken now, or nobody knows; try again later."""


class MailUnanswered(MailUnavailable):
    """The letter was handed over and no answer came: it may or may not be on its way."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in a letter; `media_type` as in "application/pdf"."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter. `key` is ours: the same key is the same letter, and becomes its Message-ID."""

    key: str
    to: str
    subject: str
    text: str
    html: str = ""
    attachments: Sequence[Attachment] = ()


class MailGateway(Protocol):
    """Carries e-mail."""

    async def send(self, letter: Letter) -> None:
        """Hand the letter over. Raises MailRejected, MailUnavailable, the latter within the gateway's own time-out."""
        ...
