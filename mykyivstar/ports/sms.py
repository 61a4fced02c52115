"""What we need of whoever carries SMS: take a message, say whether it was taken, report what became of it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from mykyivstar.kit.msisdn import Msisdn


class SmsRejected(Exception):
    """The gateway will never take this message; trying again is useless. Its text is fit for a log."""


class SmsUnavailable(Exception):
    """The gateway did not take the message, and certainly did not send it; try again later."""


class SmsUnanswered(Exception):
    """The message was handed over and no answer came: it may or may not be on its way."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The gateway took the message. `refs` are its own ids of the parts, none when it reports no deliveries."""

    refs: tuple[str, ...]


class ReceiptState(StrEnum):
    """What became of a part that the gateway had taken."""

    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"


OnReceipt = Callable[[str, ReceiptState, datetime], Awaitable[None]]


class SmsGateway(Protocol):
    """Carries SMS. A submit may be repeated with the same key; a gateway is free to send it twice."""

    async def start(self, on_receipt: OnReceipt) -> None:
        """Begin to connect and return; `on_receipt(ref, state, at)` is awaited for each final report of a part."""
        ...

    async def stop(self) -> None:
        """Let go of the connection. Messages not answered yet end in SmsUnanswered or SmsUnavailable."""
        ...

    async def submit(self, *, key: str, to: Msisdn, text: str) -> Accepted:
        """Hand a message over, whatever its length and alphabet; `key` is ours and names it in logs.

        Raises SmsRejected, SmsUnavailable or SmsUnanswered, the last two within the gateway's own time-out.
        """
        ...
