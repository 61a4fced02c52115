"""A browser's side of the contact form's puzzle, in Python."""

import hashlib
from itertools import count

from mykyivstar.domain.feedback.puzzle import SEARCHES


def solved(challenge: str) -> str:
    """What the browser sends for this challenge."""
    nonce, bits = challenge.split(".")[:2]
    return f"{challenge}~" + "".join(found(f"{nonce}{index:02x}", int(bits)) for index in range(SEARCHES))


def found(prefix: str, bits: int) -> str:
    for number in count():
        digest = hashlib.sha256(f"{prefix}{number:08x}".encode()).digest()
        if int.from_bytes(digest) >> (256 - bits) == 0:
            return f"{number:08x}"
    raise AssertionError
