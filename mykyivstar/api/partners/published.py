"""The description that is published at /api/partner/v1/openapi.json."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

ROOT = "/api/partner/v1"
KEY = "X-Partner-Key"
TIMESTAMP = "X-Partner-Timestamp"
NONCE = "X-Partner-Nonce"
SIGNATURE = "X-Partner-Signature"

_ABOUT = """
Top up any Kyivstar number or home internet account: check, pay, ask, cancel on the same day, compare registers.

Every request is signed: HMAC-SHA256, in hexadecimal, with the partner's key over five lines joined by a line feed:
method, path with query as it stands in the request line, time stamp, nonce, SHA-256 of the body in hexadecimal. Amounts
are whole kopiykas, moments are RFC 3339, days are days in Kyiv.
"""

_HEADERS = {
    KEY: "Which key signs: the partner's code, a dot, the number of the key.",
    TIMESTAMP: "Unix time in seconds, at most 300 from ours.",
    NONCE: "16 to 64 letters, digits, - and _, new for each request.",
    SIGNATURE: "64 small hexadecimal digits.",
}


def describe_api(app: FastAPI) -> dict[str, Any]:
    """OpenAPI 3.1. All four headers together are the one way in."""
    described = get_openapi(title="My Kyivstar partner API", version="1.0.0", description=_ABOUT, routes=app.routes)
    described["servers"] = [{"url": ROOT}]
    described["components"]["securitySchemes"] = {
        name: {"type": "apiKey", "in": "header", "name": name, "description": about} for name, about in _HEADERS.items()
    }
    described["security"] = [{name: [] for name in _HEADERS}]
    return described
