"""What a phone can be shown, and where in the menu its owner is then; the words are the edge's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from mykyivstar.kit.errors import CustomerError


class Place(StrEnum):
    """Where in the menu somebody is: what their next answer means."""

    MENU = "menu"
    PROMISE_SUM = "promise_sum"
    PROMISE_CHECK = "promise_check"
    TRANSFER_TO = "transfer_to"
    TRANSFER_AMOUNT = "transfer_amount"
    TRANSFER_CHECK = "transfer_check"
    TRANSFER_AGAIN = "transfer_again"
    TRANSFER_CODE = "transfer_code"
    TARIFF = "tariff"
    INTERNET_CHOICE = "internet_choice"
    INTERNET = "internet"
    GRACE_CHECK = "grace_check"
    BLOCK_CHECK = "block_check"
    BLOCK_WAITS = "block_waits"


class ScreenName(StrEnum):
    """Every text there is."""

    MENU = "menu"
    PROMISE_SUMS = "promise_sums"
    PROMISE_CHECK = "promise_check"
    PROMISE_DONE = "promise_done"
    TRANSFER_TO = "transfer_to"
    TRANSFER_AMOUNT = "transfer_amount"
    TRANSFER_CHECK = "transfer_check"
    TRANSFER_AGAIN = "transfer_again"
    TRANSFER_CODE = "transfer_code"
    TRANSFER_DONE = "transfer_done"
    TARIFF = "tariff"
    INTERNET_CHOICE = "internet_choice"
    INTERNET = "internet"
    GRACE_CHECK = "grace_check"
    GRACE_DONE = "grace_done"
    BLOCK_CHECK = "block_check"
    BLOCK_WAITS = "block_waits"
    BLOCK_DONE = "block_done"
    NO_INTERNET = "no_internet"
    NO_PROFILE = "no_profile"
    NOT_OURS = "not_ours"
    BLOCKED = "blocked"
    UNKNOWN_CODE = "unknown_code"
    NOTHING_DONE = "nothing_done"
    GOODBYE = "goodbye"
    TIME_OVER = "time_over"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Screen:
    """One text with its values. Without a place the dialogue is over; `typed` is what later answers build on.

    `is_again`: the answer before was none of the choices. `refusal` belongs to REFUSED, and only to it.
    """

    name: ScreenName
    values: Mapping[str, Any] = field(default_factory=dict)
    place: Place | None = None
    typed: Mapping[str, Any] = field(default_factory=dict)
    is_again: bool = False
    refusal: CustomerError | None = None
