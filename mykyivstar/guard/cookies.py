"""The cookies: none of them can be read by a script."""

from starlette.requests import cookie_parser
from starlette.responses import Response

from mykyivstar.settings import settings

# "__Host-" binds a cookie to this host, HTTPS and the whole site; browsers refuse it over plain HTTP.
_PREFIX = "__Host-"
SESSION = "session"
DEVICE = "device"
VISITOR = "visitor"
# A member of the staff at the desk.
STAFF = "staff"

YEAR_S = 365 * 24 * 3600


def name(plain: str) -> str:
    """The cookie's name as it is sent by this installation."""
    return f"{_PREFIX}{plain}" if settings().is_https else f"mk_{plain}"


def read(header: str, plain: str) -> str:
    """The value in a Cookie header, "" for none."""
    [value] = read_all(header, plain)
    return value


def read_all(header: str, *plain: str) -> list[str]:
    """The values of several in a Cookie header, "" for none."""
    found = cookie_parser(header)
    return [found.get(name(each), "") for each in plain]


def put(response: Response, plain: str, value: str, *, max_age_s: int | None) -> None:
    """Set a cookie; without `max_age_s` it ends with the browser."""
    response.set_cookie(
        name(plain), value, max_age=max_age_s, path="/", httponly=True, secure=settings().is_https, samesite="lax"
    )


def drop(response: Response, plain: str) -> None:
    """Delete a cookie."""
    response.delete_cookie(name(plain), path="/", httponly=True, secure=settings().is_https, samesite="lax")
