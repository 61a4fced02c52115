"""What a payer typed on the demo bank's page. The number and the CVV live in one request and are written nowhere."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from mykyivstar.integrations.acquiring.embedded.cards import TestCard, card_of, is_luhn
from mykyivstar.kit.clock import kyiv_date

_SPACES = re.compile(r"[\s\u00a0\u202f-]+")
_NUMBER = re.compile(r"[0-9]{13,19}")
_EXPIRY = re.compile(r"(0[1-9]|1[0-2])\s*[/.\-]?\s*(?:20)?([0-9]{2})")
_CVV = re.compile(r"[0-9]{3,4}")
_HOLDER_MAX = 60


class Fault(StrEnum):
    """What is wrong with a field."""

    NUMBER = "number"
    NOT_A_TEST_CARD = "not_a_test_card"
    EXPIRY = "expiry"
    CVV = "cvv"
    HOLDER = "holder"


@dataclass(frozen=True, slots=True)
class Typed:
    """The card, or what is wrong by field; `holder` and `expiry` may be shown again, the rest never is."""

    card: TestCard | None = field(repr=False)
    holder: str = ""
    expiry: str = ""
    faults: Mapping[str, Fault] = field(default_factory=dict)


def read_card(form: Mapping[str, str], at: datetime) -> Typed:
    """Check what was typed."""
    number = _SPACES.sub("", form.get("number", ""))
    expiry, holder = form.get("expiry", "").strip()[:10], " ".join(form.get("holder", "").split())[:_HOLDER_MAX]
    faults: dict[str, Fault] = {}
    if not _NUMBER.fullmatch(number) or not is_luhn(number):
        faults["number"] = Fault.NUMBER
    elif card_of(number) is None:
        faults["number"] = Fault.NOT_A_TEST_CARD
    if not _is_to_come(expiry, at):
        faults["expiry"] = Fault.EXPIRY
    if not _CVV.fullmatch(form.get("cvv", "").strip()):
        faults["cvv"] = Fault.CVV
    if len(holder) < 2:
        faults["holder"] = Fault.HOLDER
    return Typed(card=None if faults else card_of(number), holder=holder, expiry=expiry, faults=faults)


def _is_to_come(expiry: str, at: datetime) -> bool:
    found = _EXPIRY.fullmatch(expiry)
    if found is None:
        return False
    today = kyiv_date(at)
    return (2000 + int(found[2]), int(found[1])) >= (today.year, today.month)
