"""Keys of partners, and what is signed with them: keys are derived and nowhere stored, so no thief of data gets one."""

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from mykyivstar.domain.partners.models import Partner
from mykyivstar.kit.secret import keyed_hash, same

CODE = re.compile(r"[a-z][a-z0-9-]{1,38}[a-z0-9]")
#: How far the time stamp of a request may be from our clock, the edge included.
WINDOW = timedelta(minutes=5)

_KEY_ID = re.compile(rf"({CODE.pattern})\.([1-9][0-9]{{0,5}})")
_NONCE = re.compile(r"[A-Za-z0-9_-]{16,64}")
_TIMESTAMP = re.compile(r"[0-9]{1,11}")
_SIGNATURE = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class KeyId:
    """Which key: "demo-terminal.1" is the first one of that partner."""

    code: str
    version: int

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """None for what is no key id."""
        found = _KEY_ID.fullmatch(text)
        return cls(found[1], int(found[2])) if found else None

    def __str__(self) -> str:
        return f"{self.code}.{self.version}"


@dataclass(frozen=True, slots=True)
class Signed:
    """A request as it was signed; `path` as it stood in the request line, with its query."""

    method: str
    path: str
    timestamp: str
    nonce: str
    body: bytes

    @property
    def text(self) -> str:
        """The five lines that are signed."""
        digest = hashlib.sha256(self.body).hexdigest()
        return f"{self.method}\n{self.path}\n{self.timestamp}\n{self.nonce}\n{digest}"

    @property
    def is_well_formed(self) -> bool:
        """Whether time stamp and nonce are ones that a partner can have meant: plain ASCII."""
        return bool(_TIMESTAMP.fullmatch(self.timestamp) and _NONCE.fullmatch(self.nonce))

    def is_fresh(self, at: datetime) -> bool:
        """Whether it was signed within `WINDOW` of now, before or after."""
        return abs(int(at.timestamp()) - int(self.timestamp)) <= WINDOW.total_seconds()


def key_of(secret: bytes, key_id: KeyId) -> str:
    """The signing key, 64 hexadecimal digits that are used as they are written: derived, never stored."""
    return keyed_hash(secret, "partner-api", key_id.code, str(key_id.version))


def sign(key: str, request: Signed) -> str:
    """HMAC-SHA256 of the request's five lines, in hexadecimal."""
    return hmac.new(key.encode(), request.text.encode("utf-8", "surrogateescape"), hashlib.sha256).hexdigest()


def is_signed_by(key: str, request: Signed, signature: str) -> bool:
    """Compared in constant time."""
    expected = sign(key, request)
    return same(expected, signature if _SIGNATURE.fullmatch(signature) else "")


def current_key(partner: Partner) -> KeyId:
    """The key that a partner shall sign with."""
    return KeyId(partner.code, partner.key_version)


def may_sign(partner: Partner, key_id: KeyId, at: datetime) -> bool:
    """Whether this key counts now: the current one, and the one before it until its time is over."""
    if key_id.version == partner.key_version:
        return True
    until = partner.previous_key_until
    return key_id.version == partner.key_version - 1 and until is not None and at < until
