"""A network that can be made to fail, between our client and a bank in the same process."""

import asyncio
from enum import StrEnum

import httpx


class Trouble(StrEnum):
    """How a bank is not there."""

    DOWN = "down"
    SLOW = "slow"
    CUT = "cut"
    HTML = "html"
    NONSENSE = "nonsense"
    LIST = "list"
    BROKEN_JSON = "broken json"
    NO_BODY = "no body"
    ERROR_500 = "500"
    BAD_GATEWAY = "502"
    TOO_MANY = "429"


_ANSWERS = {
    Trouble.HTML: httpx.Response(200, html="<h1>Technical works</h1>"),
    Trouble.NONSENSE: httpx.Response(200, json={"hello": 1}),
    Trouble.LIST: httpx.Response(200, json=[1, 2]),
    Trouble.BROKEN_JSON: httpx.Response(200, content=b'{"invoiceId": "p2'),
    Trouble.NO_BODY: httpx.Response(200),
    Trouble.ERROR_500: httpx.Response(500, json={"errText": "internal"}),
    Trouble.BAD_GATEWAY: httpx.Response(502, html="<h1>Bad gateway</h1>"),
    Trouble.TOO_MANY: httpx.Response(429, json={"errCode": "TMR"}),
}


class Network(httpx.AsyncBaseTransport):
    """Hands requests on, unless there is trouble."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self._inner = inner
        self.trouble: Trouble | None = None
        self.requests = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.requests += 1
        match self.trouble:
            case None:
                return await self._inner.handle_async_request(request)
            case Trouble.DOWN:
                raise httpx.ConnectError("refused")
            case Trouble.CUT:
                raise httpx.RemoteProtocolError("cut")
            case Trouble.SLOW:
                await asyncio.sleep(30)
                raise AssertionError
            case trouble:
                canned = _ANSWERS[trouble]
                return httpx.Response(canned.status_code, headers=canned.headers, content=canned.content)
