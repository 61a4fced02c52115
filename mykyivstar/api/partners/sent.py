"""Reading what was sent, before anybody trusts it: how much, what kind, and JSON that means one thing only."""

import json
from collections.abc import Iterable
from typing import Any

from starlette.requests import ClientDisconnect
from starlette.types import Message, Receive, Scope

from mykyivstar.api.partners.answers import Refused

BODY_MAX = 16 * 1024

_TOO_LARGE = Refused(413, "body_too_large", "A body has at most 16 kB.")


def header(scope: Scope, name: str) -> str:
    """The header where it stands exactly once and is ASCII, else ""."""
    wanted = name.lower().encode()
    values = [bytes(value) for key, value in scope["headers"] if bytes(key).lower() == wanted]
    if len(values) != 1 or not values[0].isascii():
        return ""
    return values[0].decode("ascii").strip()


async def body(scope: Scope, receive: Receive) -> bytes:
    """The whole body. Raises Refused where it is too large, whatever its headers say; ClientDisconnect."""
    length = header(scope, "content-length")
    if length.isdigit() and int(length[:10]) > BODY_MAX:
        raise _TOO_LARGE
    read = bytearray()
    while True:
        message: Message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        read += message.get("body", b"")
        if len(read) > BODY_MAX:
            raise _TOO_LARGE
        if not message.get("more_body", False):
            return bytes(read)


def demand_plain_json(scope: Scope, content: bytes) -> None:
    """Raises Refused unless the body is one flat JSON object of media type application/json, or there is none.

    Names that stand twice, NaN, other encodings than UTF-8 and nesting are refused: two readers of such a body might
    understand two things.
    """
    if not content:
        return
    kind, _, parameters = header(scope, "content-type").lower().partition(";")
    if kind.strip() != "application/json" or parameters.replace('"', "").strip() not in {"", "charset=utf-8"}:
        raise Refused(415, "not_json", "Send application/json in UTF-8.")
    if header(scope, "content-encoding").lower() not in {"", "identity"}:
        raise Refused(415, "not_json", "Send the body uncompressed.")
    try:
        sent = json.loads(content.decode("utf-8"), object_pairs_hook=_once, parse_constant=_refuse)
    except (ValueError, RecursionError) as unreadable:
        raise Refused(400, "malformed_json", "The body is not JSON, or a name stands in it twice.") from unreadable
    if not isinstance(sent, dict) or any(isinstance(value, dict | list) for value in sent.values()):
        raise Refused(400, "invalid_request", "The body is one JSON object without others in it.")


def _once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError("a name stands twice")
        found[name] = value
    return found


def _refuse(_constant: str) -> Any:
    raise ValueError("not a number of JSON")
