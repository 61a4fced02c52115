"""Before the endpoints: size, signature, time, nonce, rate and audit; nobody passes without all of them."""

import asyncio
import logging
import re
from collections import Counter
from datetime import datetime
from secrets import token_hex
from urllib.parse import quote

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mykyivstar import logs, wiring
from mykyivstar.api.partners import sent
from mykyivstar.api.partners.answers import Refused, answer, refused, unavailable
from mykyivstar.api.partners.application import DATABASE_DOWN
from mykyivstar.api.partners.caller import Caller
from mykyivstar.api.partners.published import KEY, NONCE, ROOT, SIGNATURE, TIMESTAMP
from mykyivstar.domain.partners import access
from mykyivstar.domain.partners.access import Asked
from mykyivstar.domain.partners.keys import KeyId, Signed
from mykyivstar.domain.partners.models import Partner
from mykyivstar.guard.address import client_address

#: Everything of a request happens in this time or not at all; registers rely on it.
TIME_LIMIT_S = 30
#: So many unsigned requests of one address, and of all, are written down in a minute; more are only refused.
STRANGERS_A_MINUTE = 60
ALL_STRANGERS_A_MINUTE = 600

_PUBLIC = f"{ROOT}/openapi.json"
_UNPRINTABLE = re.compile(r"[^!-~]")
_NOT_SIGNED = Refused(401, "not_authenticated", "The request is not signed with a key that counts.")
_STALE = Refused(401, "stale_timestamp", "The time stamp is more than 300 seconds from our clock.")
_TOO_MANY = Refused(429, "too_many_requests", "Too many refused requests in this minute.", {"Retry-After": "60"})

log = logging.getLogger(__name__)


class Gate:
    """ASGI: lets in what a partner has signed, and hands it on with its Caller in the state of the request."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._strangers: Counter[str] = Counter()
        self._minute = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        # Never the server's own dictionary: it is the same one for all requests.
        scope["state"] = {"request_id": token_hex(8)}
        reply = _Reply(scope, send)
        if scope["path"] == _PUBLIC:
            await self._app(scope, receive, reply)
            return
        try:
            await self._serve(scope, receive, reply)
        except Refused as refusal:
            await answer(scope, refusal)(scope, receive, reply)
        except ClientDisconnect:
            log.info("a partner hung up", extra={"request_id": scope["state"]["request_id"]})
        except DATABASE_DOWN as error:
            # Time that is up is among them.
            logs.report(error, "a partner's request met no database", request_id=scope["state"]["request_id"])
            if reply.status == 0:
                await answer(scope, unavailable())(scope, receive, reply)
        finally:
            await _write_down(scope, reply.status)

    async def _serve(self, scope: Scope, receive: Receive, reply: "_Reply") -> None:
        async with asyncio.timeout(TIME_LIMIT_S):
            at = wiring.clock().now()
            asked = _asked(scope, at)
            try:
                content = await _body(scope, receive)
            except Refused as why:
                await self._note(asked, None, why)
                raise
            partner = await self._signer(scope, content, asked)
            async with wiring.unit_of_work() as session:
                row_id, refusal = await access.admit(session, partner, sent.header(scope, NONCE), asked)
            scope["state"] |= {"row_id": row_id, "partner": partner.code, "caller": Caller(partner, at)}
            if refusal is not None:
                raise refused(refusal)
            if _takes_body(scope):
                sent.demand_plain_json(scope, content)
            await self._app(scope, _replayed(content, receive), reply)

    async def _signer(self, scope: Scope, content: bytes, asked: Asked) -> Partner:
        """The partner who signed. Raises Refused, having written that down."""
        signed = Signed(
            method=scope["method"],
            path=_request_line(scope),
            timestamp=sent.header(scope, TIMESTAMP),
            nonce=sent.header(scope, NONCE),
            body=content,
        )
        key_id = KeyId.parse(sent.header(scope, KEY))
        signature = sent.header(scope, SIGNATURE)
        async with wiring.reading() as session:
            partner, is_right = await access.signer(
                session, wiring.secret_key(), key_id, signed, signature, at=asked.at
            )
        why = _NOT_SIGNED
        if is_right and partner is not None and signed.is_well_formed:
            if signed.is_fresh(asked.at):
                return partner
            why = _STALE
        await self._note(asked, partner, why)
        raise why

    async def _note(self, asked: Asked, pretended: Partner | None, why: Refused) -> None:
        """Write down a request that nobody known has signed. Raises Refused where there are too many of them."""
        if self._is_flood(asked):
            raise _TOO_MANY
        async with wiring.unit_of_work() as session:
            partner_id = pretended.id if pretended else None
            await access.note_stranger(session, asked, partner_id=partner_id, outcome=why.code, status=why.status)

    def _is_flood(self, asked: Asked) -> bool:
        """Whether this address, or all together, have failed too often in this minute to be worth a row each time."""
        minute = int(asked.at.timestamp()) // 60
        if minute != self._minute:
            self._minute = minute
            self._strangers.clear()
        self._strangers[asked.address] += 1
        is_full = self._strangers.total() > ALL_STRANGERS_A_MINUTE
        return is_full or self._strangers[asked.address] > STRANGERS_A_MINUTE


class _Reply:
    """Sends, naming the request in each answer and remembering its status."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._scope = scope
        self._send = send
        self.status = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            named = (b"x-request-id", self._scope["state"]["request_id"].encode())
            message = {**message, "headers": [*message.get("headers", []), named]}
        await self._send(message)


async def _body(scope: Scope, receive: Receive) -> bytes:
    try:
        async with asyncio.timeout(TIME_LIMIT_S / 2):
            return await sent.body(scope, receive)
    except TimeoutError as slow:
        raise Refused(408, "too_slow", "The body did not come in time.") from slow


async def _write_down(scope: Scope, status: int) -> None:
    """Complete the audit of an admitted request; the answer stands whether that succeeds or not."""
    state = scope["state"]
    outcome = state.get("outcome") or ("ok" if 200 <= status < 300 else "failed")
    facts = {name: state[name] for name in ("request_id", "partner") if name in state}
    log.info("partner request", extra=facts | {"outcome": outcome, "status": status})
    if "row_id" not in state:
        return
    try:
        async with wiring.unit_of_work() as session:
            await access.note_outcome(session, state["row_id"], outcome=outcome, status=status)
    except DATABASE_DOWN as error:
        logs.report(error, "the outcome of a partner's request is not written down", **facts)


def _asked(scope: Scope, at: datetime) -> Asked:
    path = _UNPRINTABLE.sub("?", _raw_path(scope).decode("latin-1"))
    return Asked(
        request_id=scope["state"]["request_id"],
        method=_UNPRINTABLE.sub("?", scope["method"]),
        # The query is left out: it has no business there, so whatever stands in it may be private.
        path=logs.mask(path),
        address=client_address(scope),
        at=at,
    )


def _request_line(scope: Scope) -> str:
    """The path with its query as the partner sent them, bytes that are no text included."""
    query = bytes(scope.get("query_string", b""))
    return (_raw_path(scope) + (b"?" + query if query else b"")).decode("utf-8", "surrogateescape")


def _raw_path(scope: Scope) -> bytes:
    raw = scope.get("raw_path")
    return bytes(raw) if raw else quote(scope["path"]).encode()


def _takes_body(scope: Scope) -> bool:
    return scope["method"] == "POST" and scope["path"] in {f"{ROOT}/check", f"{ROOT}/payments"}


def _replayed(content: bytes, receive: Receive) -> Receive:
    """The body that was read, and after it whatever the server has to say."""
    messages: list[Message] = [{"type": "http.request", "body": content, "more_body": False}]

    async def again() -> Message:
        return messages.pop() if messages else await receive()

    return again
