"""What schemathesis is told: to sign as a partner does, and to hit what is there about every other time."""

import hashlib
import hmac
import os
import re
import time
import zlib
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import schemathesis
from requests import PreparedRequest
from requests.auth import AuthBase

from benchmarks.partner_api.names import ACCOUNT, LINE, PARTNER

KEY = os.environ["PARTNER_KEY"]

_nonces = count(1)
_ACCOUNTS = (LINE, ACCOUNT, "+380 67 100-00-01", "(067) 100 00 01")
# As described: what does not fit must stay as it is.
_ANY_ACCOUNT = re.compile(r"[0-9+(][0-9()+ ./-]{5,30}")
_ANY_REF = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}")
_ANY_DAY = re.compile(r"2[0-9]{3}-[01][0-9]-[0-2][0-9]")


class Signed(AuthBase):
    """Signs the request as it goes out."""

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        body = request.body or b""
        content = body.encode() if isinstance(body, str) else bytes(body)
        stamp, nonce = str(int(time.time())), f"{os.getpid():08}-{next(_nonces):012}"
        digest = hashlib.sha256(content).hexdigest()
        text = f"{request.method}\n{request.path_url}\n{stamp}\n{nonce}\n{digest}"
        request.headers.update(
            {
                "X-Partner-Key": f"{PARTNER}.1",
                "X-Partner-Timestamp": stamp,
                "X-Partner-Nonce": nonce,
                "X-Partner-Signature": hmac.new(KEY.encode(), text.encode(), hashlib.sha256).hexdigest(),
            }
        )
        return request


schemathesis.auth.set_from_requests(Signed())


def _chance(value: object) -> int:
    """Drawn from the value itself, so that a case can be repeated."""
    return zlib.crc32(repr(value).encode())


def _is(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


@schemathesis.hook
def map_body(_context: Any, body: Any) -> Any:
    """Most accounts that can be drawn are nobody's, and no id is drawn twice."""
    if not isinstance(body, dict):
        return body
    chance = _chance(body)
    if _is(_ANY_ACCOUNT, body.get("account")) and chance % 2:
        body = body | {"account": _ACCOUNTS[chance % len(_ACCOUNTS)]}
    if _is(_ANY_REF, body.get("id")) and chance % 3:
        body = body | {"id": f"T-{chance % 200}"}
    if type(amount := body.get("amount")) is float and amount.is_integer():
        # For a JSON Schema 50.0 is a whole number. We refuse it, as our own tests show.
        body = body | {"amount": int(amount)}
    if type(amount := body.get("amount")) is int and 500_000 < amount <= 100_000_000 and chance % 5:
        body = body | {"amount": 100 + chance % 499_000}
    return body


@schemathesis.hook
def map_path_parameters(_context: Any, path_parameters: Any) -> Any:
    """As for bodies; and days of this week."""
    if not path_parameters:
        return path_parameters
    chance = _chance(path_parameters)
    if _is(_ANY_REF, path_parameters.get("id")) and chance % 3:
        return {"id": f"T-{chance % 200}"}
    if _is(_ANY_DAY, path_parameters.get("day")) and chance % 2:
        return {"day": (datetime.now(UTC) - timedelta(days=chance % 9)).date().isoformat()}
    return path_parameters
