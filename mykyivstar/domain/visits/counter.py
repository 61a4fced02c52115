"""What is written down of somebody who shows a document at the counter (A8, G1)."""

import re
from dataclasses import dataclass

from mykyivstar.domain.support.texts import cleaned
from mykyivstar.domain.visits.errors import DocumentNoteMissing
from mykyivstar.domain.visits.models import ProofDocument

_NOTE_LEAST, _NOTE_MOST = 5, 200
_VISIT_NUMBER = re.compile(r"V-[2-9A-Z]{6}")


@dataclass(frozen=True, slots=True)
class Seen:
    """The document that was seen, and which one exactly."""

    document: ProofDocument
    note: str


def note_of(seen: Seen) -> str:
    """The note as it is kept. Raises DocumentNoteMissing when it says too little."""
    note = " ".join(cleaned(seen.note).split())[:_NOTE_MOST]
    if len(note) < _NOTE_LEAST:
        raise DocumentNoteMissing
    return note


def visit_number(asked: str) -> str:
    """The number of the visit that they came for, "" for what is none."""
    return asked if _VISIT_NUMBER.fullmatch(asked) else ""
