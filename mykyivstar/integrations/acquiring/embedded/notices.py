"""Telling shops: a signed notice is tried three times, from the file, so that a restart goes on where it was."""

import asyncio
import base64
import logging
import sqlite3
from datetime import datetime, timedelta
from urllib.parse import urlsplit, urlunsplit

import httpx
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from mykyivstar.integrations.acquiring.embedded import rows
from mykyivstar.integrations.acquiring.embedded.records import Notice, Records

TRIES_MAX = 3
PAUSES = (timedelta(seconds=2), timedelta(seconds=15))
_ANSWER_WITHIN_S = 10.0
# A process that died while it sent one lost it for so long.
_LEASE = timedelta(seconds=30)
_KEY = "key"

log = logging.getLogger(__name__)


class Signer:
    """The bank's own key, made once and kept in its file."""

    def __init__(self, kept: Records) -> None:
        self._records = kept
        self._key: EllipticCurvePrivateKey | None = None

    def sign(self, body: bytes) -> str:
        """The X-Sign of a body."""
        return base64.b64encode(self._private().sign(body, ECDSA(SHA256()))).decode()

    def public_key(self) -> str:
        """Base64 of the PEM of the public key, as shops ask for it."""
        public = self._private().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        return base64.b64encode(public).decode()

    def _private(self) -> EllipticCurvePrivateKey:
        if self._key is None:
            with self._records.open() as connection:
                pem = rows.fact(connection, _KEY)
                if pem is None:
                    fresh = generate_private_key(SECP256R1())
                    pem = fresh.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
                    rows.put_fact(connection, _KEY, pem)
            loaded = load_pem_private_key(pem, password=None)
            assert isinstance(loaded, EllipticCurvePrivateKey)
            self._key = loaded
        return self._key


class Messenger:
    """Sends what is due."""

    def __init__(
        self, kept: Records, signer: Signer, *, via: str = "", transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        """`via` is where shops are reached if not at the address they gave; `transport` stands in for the network."""
        self._records = kept
        self._signer = signer
        self._via = urlsplit(via)
        self._transport = transport

    async def send_due(self, at: datetime) -> int:
        """Try every notice that is due, once; how many there were."""
        sent = 0
        while (notice := await asyncio.to_thread(self._claim, at)) is not None:
            taken = await self._send(notice)
            await asyncio.to_thread(self._settle, notice, at, taken=taken)
            sent += 1
        return sent

    def _claim(self, at: datetime) -> Notice | None:
        with self._records.open() as connection:
            return rows.claim_notice(connection, at=at, until=at + _LEASE)

    def _settle(self, notice: Notice, at: datetime, *, taken: bool) -> None:
        with self._records.open() as connection:
            if taken or notice.tries >= TRIES_MAX:
                rows.end_notice(connection, notice.id)
            else:
                rows.put_off_notice(connection, notice.id, at + PAUSES[notice.tries - 1])

    async def _send(self, notice: Notice) -> bool:
        try:
            signature = await asyncio.to_thread(self._signer.sign, notice.body)
            headers = {"Content-Type": "application/json", "X-Sign": signature}
            async with httpx.AsyncClient(timeout=_ANSWER_WITHIN_S, transport=self._transport) as client:
                answer = await client.post(self._address(notice.url), content=notice.body, headers=headers)
        except (httpx.HTTPError, httpx.InvalidURL, sqlite3.Error) as error:
            log.warning("a shop could not be told", extra={"error": type(error).__name__, "attempt": notice.tries})
            return False
        if answer.status_code != httpx.codes.OK:
            log.warning("a shop did not take a notice", extra={"status": answer.status_code, "attempt": notice.tries})
        return answer.status_code == httpx.codes.OK

    def _address(self, url: str) -> str:
        if not self._via.netloc:
            return url
        return urlunsplit(urlsplit(url)._replace(scheme=self._via.scheme, netloc=self._via.netloc))
