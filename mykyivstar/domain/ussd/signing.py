"""How the operator's gateway proves that a request is its own: HMAC-SHA256 over the time and the body (I5)."""

import hashlib
import hmac
from datetime import datetime, timedelta

FRESH_FOR = timedelta(seconds=300)


def signature(key: bytes, timestamp: str, body: bytes) -> str:
    """What goes with a request: hexadecimal, over the Unix time in seconds, a line feed and the body as it is sent."""
    return hmac.new(key, timestamp.encode() + b"\n" + body, hashlib.sha256).hexdigest()


def is_signed(key: bytes, timestamp: str, body: bytes, given: str, *, at: datetime) -> bool:
    """Whether somebody who has the key signed this in the last or next five minutes."""
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12 and given.isascii()):
        return False
    is_right = hmac.compare_digest(signature(key, timestamp, body), given.lower())
    return is_right and abs(at.timestamp() - int(timestamp)) <= FRESH_FOR.total_seconds()
