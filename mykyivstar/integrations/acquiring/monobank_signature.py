"""The signature of monobank's notices: ECDSA on P-256 with SHA-256 over the raw body."""

import asyncio
import base64
import binascii
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from mykyivstar.kit.clock import Clock
from mykyivstar.ports.acquiring import AcquirerUnavailable, ForgedNotice

# Whoever sends us rubbish must not make us ask the bank for its key each time.
KEY_AT_MOST_EVERY = timedelta(minutes=1)

FetchKey = Callable[[], Awaitable[str]]


class Signature:
    """Proves notices with the bank's key, which is asked for once, and again only when a signature fails."""

    def __init__(self, fetch_key: FetchKey, clock: Clock) -> None:
        """`fetch_key` asks the bank for base64 of its PEM and raises AcquirerUnavailable."""
        self._fetch_key = fetch_key
        self._clock = clock
        self._key: EllipticCurvePublicKey | None = None
        self._asked_at: datetime | None = None
        self._asking = asyncio.Lock()

    async def prove(self, signature: str, body: bytes) -> None:
        """Raises ForgedNotice when the bank did not sign this body, AcquirerUnavailable when its key cannot be had."""
        try:
            signed = base64.b64decode(signature, validate=True)
        except (binascii.Error, ValueError):
            raise ForgedNotice("the signature is not base64") from None
        tried = self._key
        if tried is not None and is_signed(tried, signed, body):
            return
        async with self._asking:
            # Another notice may have brought the new key while this one waited.
            if self._key is tried and self._may_ask():
                self._asked_at = self._clock.now()
                self._key = read_key(await self._fetch_key())
        if self._key is None:
            raise AcquirerUnavailable("the bank's key is not known")
        if self._key is tried or not is_signed(self._key, signed, body):
            raise ForgedNotice("the bank did not sign this")

    def _may_ask(self) -> bool:
        return self._asked_at is None or self._clock.now() - self._asked_at >= KEY_AT_MOST_EVERY


def read_key(text: str) -> EllipticCurvePublicKey:
    """The key in base64 of a PEM. Raises AcquirerUnavailable when it is none of the right kind."""
    try:
        key = load_pem_public_key(base64.b64decode(text, validate=True))
    except (binascii.Error, ValueError):
        raise AcquirerUnavailable("the bank's key cannot be read") from None
    if not isinstance(key, EllipticCurvePublicKey) or not isinstance(key.curve, SECP256R1):
        raise AcquirerUnavailable("the bank's key is of another kind")
    return key


def is_signed(key: EllipticCurvePublicKey, signature: bytes, body: bytes) -> bool:
    """Whether this key made the signature of this body."""
    try:
        key.verify(signature, body, ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True
