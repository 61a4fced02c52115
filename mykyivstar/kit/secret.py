"""Random secrets, and what we keep of them."""

import hashlib
import hmac
import secrets

# 32 signs without the look-alikes 0/O and 1/I: four of them are 20 bits (A2).
CODE_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
# People read a code from an SMS and type it with whatever keyboard is on: Cyrillic twins count as Latin.
TWINS = str.maketrans("АВСЕНІКМОРТХУ", "ABCEHIKMOPTXY")


def new_token() -> str:
    """256 random bits for a cookie or a ticket."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What is stored of a token. It has 256 random bits, so a plain hash suffices."""
    return hashlib.sha256(token.encode()).hexdigest()


def keyed_hash(key: bytes, *parts: str) -> str:
    """What is stored of a short code: useless to a thief of the database without the server's key."""
    return hmac.new(key, "\x1f".join(parts).encode(), hashlib.sha256).hexdigest()


def same(left: str, right: str) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(left.encode(), right.encode())


def new_code(alphabet: str, length: int) -> str:
    """A short code for people to type, each sign drawn evenly."""
    return "".join(secrets.choice(alphabet) for _ in range(length))


def typed_code(text: str) -> str:
    """A code as it was meant: upper case, without spaces and dashes, Cyrillic twins of Latin letters folded."""
    return "".join(text.upper().translate(TWINS).replace("-", "").split())[:16]
