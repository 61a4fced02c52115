"""The code on every paper: which paper it is, our seal over what it says, and a check of typing errors (O6).

Twenty signs that a person can type from paper: what kind, which one, ten signs (50 bits) of an HMAC over the kind, the
number and every fact of the paper, and two check signs. Without the key nobody can make a code that passes.
"""

import hashlib
import hmac
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce

from mykyivstar.kit.secret import CODE_ALPHABET, TWINS, same

_ID_SIGNS, _SEAL_SIGNS, _CHECK_SIGNS = 7, 10, 2
LENGTH = 1 + _ID_SIGNS + _SEAL_SIGNS + _CHECK_SIGNS
_GROUP = 4
_PURPOSE = b"papers"


class PaperKind(StrEnum):
    """What papers there are; the value is the first sign of their codes."""

    RECEIPT = "R"
    REPORT = "D"  # details of calls and charges
    STATEMENT = "S"  # of an account
    INVOICE = "N"  # of a contract line's month


class Doubt(StrEnum):
    """Why a code proves nothing."""

    MALFORMED = "malformed"  # not twenty signs of ours
    MISTYPED = "mistyped"  # the check signs do not fit: some sign is another than on the paper, or was changed there
    FORGED = "forged"  # we never made this


@dataclass(frozen=True, slots=True)
class PaperCode:
    """A code that was typed without errors; whether it is ours is still to be proved."""

    kind: PaperKind
    paper_id: int
    seal: str


class Seal:
    """Makes and proves codes. The first key seals; papers under the others stay genuine."""

    def __init__(self, secret: bytes, *earlier: bytes) -> None:
        """The secrets are those of the installation; the keys derived from them serve papers only."""
        self._keys = [hmac.new(each, _PURPOSE, hashlib.sha256).digest() for each in (secret, *earlier)]

    def code(self, kind: PaperKind, paper_id: int, facts: str) -> str:
        """The code of this paper, whose unchanging contents are `facts`."""
        body = kind.value + _signs(paper_id, _ID_SIGNS)
        body += self._seal(self._keys[0], body, facts)
        return body + _check(body)

    def proves(self, code: PaperCode, facts: str) -> bool:
        """Whether we made this code, for a paper that says exactly this."""
        body = code.kind.value + _signs(code.paper_id, _ID_SIGNS)
        return any(same(self._seal(key, body, facts), code.seal) for key in self._keys)

    def _seal(self, key: bytes, body: str, facts: str) -> str:
        digest = hmac.new(key, f"{body}\x1f{facts}".encode(), hashlib.sha256).digest()
        return _signs(int.from_bytes(digest[:8], "big") >> (64 - 5 * _SEAL_SIGNS), _SEAL_SIGNS)


def read_code(text: str) -> PaperCode | Doubt:
    """What a person typed, in capitals or not, with spaces or dashes or without."""
    signs = "".join(sign for sign in text.upper().translate(TWINS) if not sign.isspace() and sign not in "-‐‑–—")
    if len(signs) != LENGTH or not set(signs) <= set(CODE_ALPHABET):
        return Doubt.MALFORMED
    body = signs[:-_CHECK_SIGNS]
    if signs[-_CHECK_SIGNS:] != _check(body):
        return Doubt.MISTYPED
    try:
        kind = PaperKind(body[0])
    except ValueError:
        return Doubt.FORGED
    return PaperCode(kind, _number(body[1 : 1 + _ID_SIGNS]), body[1 + _ID_SIGNS :])


def grouped(code: str) -> str:
    """The code as it is printed: `R222-2ABC-…`."""
    return "-".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))


def _signs(number: int, length: int) -> str:
    assert 0 <= number < 32**length, "an id that fits the code"
    return "".join(CODE_ALPHABET[number >> 5 * place & 31] for place in reversed(range(length)))


def _number(signs: str) -> int:
    return reduce(lambda number, sign: number << 5 | CODE_ALPHABET.index(sign), signs, 0)


def _check(body: str) -> str:
    """Reed-Solomon over GF(32) with two check signs: up to two wrong or swapped signs never pass."""
    first = second = 0
    for sign in body:
        feedback = CODE_ALPHABET.index(sign) ^ first
        # Division by x² + (α + α²)x + α³.
        first, second = second ^ _times(feedback, _ALPHA_SUM), _times(feedback, _ALPHA_PRODUCT)
    return CODE_ALPHABET[first] + CODE_ALPHABET[second]


def _times(left: int, right: int) -> int:
    """The product in GF(32), modulo x⁵ + x² + 1."""
    product = 0
    for place in range(5):
        if right >> place & 1:
            product ^= left << place
    for place in range(8, 4, -1):
        if product >> place & 1:
            product ^= 0b100101 << place - 5
    return product


_ALPHA = 2
_ALPHA_SUM = _ALPHA ^ _times(_ALPHA, _ALPHA)
_ALPHA_PRODUCT = _times(_ALPHA, _times(_ALPHA, _ALPHA))
