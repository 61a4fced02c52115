"""A partner's program: signs as docs/partner-api.md says and sends."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import httpx

from mykyivstar.domain.partners.keys import KeyId, key_of
from mykyivstar.kit.clock import Clock

ROOT = "/api/partner/v1"
SECRET = b"0123456789abcdef0123456789abcdef"

_nonces = count(1)


@dataclass
class Program:
    """Written from the document, not from our code: but for the key, which it was given."""

    client: httpx.AsyncClient
    clock: Clock
    code: str = "terminal"
    version: int = 1
    # Bent by tests.
    skew: int = 0
    nonce: str = ""
    instead: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return key_of(SECRET, KeyId(self.code, self.version))

    def headers(self, method: str, target: str, body: bytes) -> dict[str, str]:
        stamp = str(int(self.clock.now().timestamp()) + self.skew)
        nonce = self.nonce or f"nonce-{next(_nonces):012}"
        text = "\n".join([method, target, stamp, nonce, hashlib.sha256(body).hexdigest()])
        signature = hmac.new(self.key.encode(), text.encode(), hashlib.sha256).hexdigest()
        return {
            "X-Partner-Key": f"{self.code}.{self.version}",
            "X-Partner-Timestamp": stamp,
            "X-Partner-Nonce": nonce,
            "X-Partner-Signature": signature,
        } | self.instead

    async def send(
        self, method: str, path: str, content: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        request = self.client.build_request(method, ROOT + path, content=content)
        target = request.url.raw_path.decode()
        kind = {"Content-Type": "application/json"} if content else {}
        request.headers.update(kind | self.headers(method, target, content) | dict(headers or {}))
        return await self.client.send(request)

    async def post(self, path: str, body: Any = None, **more: Any) -> httpx.Response:
        content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        return await self.send("POST", path, content, **more)

    async def get(self, path: str) -> httpx.Response:
        return await self.send("GET", path)

    async def pay(
        self, ref: str = "T-1", amount: Any = 5_000, account: Any = "0671000001", **more: Any
    ) -> httpx.Response:
        return await self.post("/payments", {"id": ref, "account": account, "amount": amount} | more)
