"""Reading delivery receipts. Their text is a custom, not a standard, and every centre bends it in its own way."""

import re
from dataclasses import dataclass
from typing import Literal

from aiosmpplib import DeliverSm

from mykyivstar.ports.sms import ReceiptState

# "same": receipts name a part as the answer to its submit did. "decimal": the answer was hexadecimal, they are not.
ReceiptIds = Literal["same", "decimal"]

_RECEIPTED_MESSAGE_ID = 0x001E
_MESSAGE_STATE = 0x0427
_ID = re.compile(r"\bid:\s*([^\s]+)", re.IGNORECASE)
_STAT = re.compile(r"\bstat:\s*([a-z]+)", re.IGNORECASE)
# What is neither here is on its way still.
_STATES = {
    "DELIVRD": ReceiptState.DELIVERED,
    "EXPIRED": ReceiptState.UNDELIVERED,
    "DELETED": ReceiptState.UNDELIVERED,
    "UNDELIV": ReceiptState.UNDELIVERED,
    "REJECTD": ReceiptState.UNDELIVERED,
}
_STATE_NUMBERS = {
    2: ReceiptState.DELIVERED,
    3: ReceiptState.UNDELIVERED,
    4: ReceiptState.UNDELIVERED,
    5: ReceiptState.UNDELIVERED,
    8: ReceiptState.UNDELIVERED,
}


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one part."""

    ref: str
    state: ReceiptState


def read_receipt(message: DeliverSm, ids: ReceiptIds) -> Receipt | None:
    """The receipt in this message; None when it is none, names no part, or says that it is not over yet."""
    if not message.is_receipt():
        return None
    params = {param.tag: param.value for param in message.optional_params or []}
    text = message.short_message or message.message_payload
    state = _STATE_NUMBERS.get(params.get(_MESSAGE_STATE, 0)) or _STATES.get(_first(_STAT, text).upper())
    if ref := str(params.get(_RECEIPTED_MESSAGE_ID, "")):
        ref = canonical(ref)
    elif ref := _first(_ID, text):
        ref = canonical(f"{int(ref):x}" if ids == "decimal" and ref.isdecimal() else ref)
    return Receipt(ref, state) if ref and state else None


def canonical(ref: str) -> str:
    """An id as we keep it: centres are not consistent about case and leading zeros."""
    return ref.strip().lower().lstrip("0") or "0"


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1] if found else ""
