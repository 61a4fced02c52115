"""A puzzle that costs a browser a second and a robot the same for every message, sealed by us and kept nowhere.

A challenge is "nonce.bits.until.seal": the seal says that we made it, for this browser, until this moment. It is solved
by sixteen numbers: the SHA-256 of nonce, index and number, each written in hexadecimal, begins with `bits` zeros. Many
small searches take about as long every time; one large one sometimes takes five times as long.
`frontend/js/kit/puzzle.js` is the other side of it.
"""

import hashlib
import re
from datetime import datetime, timedelta
from secrets import token_urlsafe

from mykyivstar.domain.feedback.errors import PuzzleTooOld, PuzzleUnsolved
from mykyivstar.kit.secret import keyed_hash, same

SEARCHES = 16
BITS_MOST = 24
LIVES = timedelta(hours=2)
_DIGITS = 8
_CHALLENGE = re.compile(r"([A-Za-z0-9_-]{22})\.([0-9]{1,2})\.([0-9]{1,12})\.([0-9a-f]{64})")
_NUMBERS = re.compile(rf"[0-9a-f]{{{SEARCHES * _DIGITS}}}")


def new_challenge(key: bytes, *, bits: int, visitor: str, at: datetime) -> str:
    """A puzzle for this browser. `bits`: each more doubles the work; 0 is no work."""
    assert 0 <= bits <= BITS_MOST
    nonce, until = token_urlsafe(16), int((at + LIVES).timestamp())
    return f"{nonce}.{bits}.{until}.{_seal(key, nonce, bits, until, visitor)}"


def demand_solved(key: bytes, answer: str, *, bits: int, visitor: str, at: datetime) -> str:
    """The nonce of the puzzle that `answer` ("challenge~numbers") solves, good for one message.

    Raises PuzzleUnsolved, PuzzleTooOld.
    """
    challenge, _, numbers = answer.partition("~")
    parts = _CHALLENGE.fullmatch(challenge)
    if parts is None or not _NUMBERS.fullmatch(numbers):
        raise PuzzleUnsolved
    nonce, asked, until = parts[1], int(parts[2]), int(parts[3])
    if not same(parts[4], _seal(key, nonce, asked, until, visitor)):
        raise PuzzleUnsolved
    if until <= at.timestamp() or asked < bits:
        raise PuzzleTooOld
    if not all(_is_found(nonce, index, _number(numbers, index), asked) for index in range(SEARCHES)):
        raise PuzzleUnsolved
    return nonce


def _number(numbers: str, index: int) -> str:
    return numbers[index * _DIGITS : (index + 1) * _DIGITS]


def _is_found(nonce: str, index: int, number: str, bits: int) -> bool:
    digest = hashlib.sha256(f"{nonce}{index:02x}{number}".encode()).digest()
    return int.from_bytes(digest[:4]) >> (32 - bits) == 0


def _seal(key: bytes, nonce: str, bits: int, until: int, visitor: str) -> str:
    return keyed_hash(key, "contact form", nonce, str(bits), str(until), visitor)
