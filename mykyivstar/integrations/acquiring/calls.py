"""One HTTP request to a bank: bounded in time, and every way in which it fails told apart."""

import asyncio
import ssl
from collections.abc import Mapping
from functools import cache
from typing import Any

import httpx

from mykyivstar.ports.acquiring import AcquirerRefused, AcquirerUnavailable

WITHIN_S = 10.0
_CONNECT_WITHIN_S = 4.0
_BODY_MAX = 8 * 1024 * 1024
# The bank has no time for us, or something between us and it: nobody understood the request.
_PASSING = {408, 425, 429}


class Refused(AcquirerRefused):
    """The bank's 4xx."""

    def __init__(self, path: str, status: int, words: str) -> None:
        self.status = status
        super().__init__(f"{path}: {status} {words}")


class Caller:
    """Calls one bank. Connections are not kept: calls are rare, and a kept one may be dead."""

    def __init__(
        self,
        base_url: str,
        headers: Mapping[str, str],
        *,
        within_s: float = WITHIN_S,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """`within_s` bounds a whole call; `transport` stands in for the network."""
        self._base_url = base_url.rstrip("/")
        self._headers = dict(headers)
        self._within_s = within_s
        self._transport = transport

    async def call(self, method: str, path: str, *, json: Any = None, params: Mapping[str, str] | None = None) -> bytes:
        """The body of the answer 200.

        Raises Refused when the bank understood and refused (4xx, with its words), else AcquirerUnavailable.
        """
        timeout = httpx.Timeout(self._within_s, connect=min(_CONNECT_WITHIN_S, self._within_s))
        try:
            async with (
                asyncio.timeout(self._within_s),
                httpx.AsyncClient(
                    headers=self._headers, timeout=timeout, transport=self._transport, verify=tls()
                ) as client,
            ):
                answer = await client.request(method, self._base_url + path, json=json, params=params)
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, OSError) as error:
            raise AcquirerUnavailable(f"{path}: {type(error).__name__}") from None
        if len(answer.content) > _BODY_MAX:
            raise AcquirerUnavailable(f"{path}: the answer is too long")
        if answer.status_code == httpx.codes.OK:
            return answer.content
        if 400 <= answer.status_code < 500 and answer.status_code not in _PASSING:
            raise Refused(path, answer.status_code, answer.text[:200])
        raise AcquirerUnavailable(f"{path}: {answer.status_code}")


@cache
def tls() -> ssl.SSLContext:
    """Whom we believe; made once, because reading all the certificates takes longer than a call."""
    return httpx.create_ssl_context()
