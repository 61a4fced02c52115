"""The session cookie: set and taken away over HTTP, the only way a script-proof cookie can be."""

from json import JSONDecodeError
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from mykyivstar import wiring
from mykyivstar.domain.identity import living_sessions, notices, sessions
from mykyivstar.domain.identity.remembering import remember_here
from mykyivstar.domain.identity.security_errors import ProofNeeded
from mykyivstar.guard import cookies
from mykyivstar.guard.address import client_address
from mykyivstar.guard.browser import browser_name
from mykyivstar.kit.secret import token_hash
from mykyivstar.settings import settings

_BODY_MAX = 1000


async def open_(request: Request) -> Response:
    """Trade the ticket of a finished way in for the session cookie."""
    ticket = await ticket_of(request)
    visitor = cookies.read(request.headers.get("cookie", ""), cookies.VISITOR)
    device = cookies.read(request.headers.get("cookie", ""), cookies.DEVICE)
    if not is_same_origin(request) or not ticket or not visitor:
        return JSONResponse({"error": "refused"}, status_code=403)
    at = wiring.clock().now()
    browser = browser_name(request.headers.get("user-agent", ""))
    async with wiring.unit_of_work() as session:
        opened = await sessions.open_session(
            session,
            ticket=ticket,
            visitor=token_hash(visitor),
            browser=browser,
            address=client_address(request.scope),
            at=at,
            device=token_hash(device) if device else "",
        )
        if opened is not None and opened.is_new_here:
            await notices.new_sign_in(session, opened.session.profile_id, browser, at, address=opened.session.address)
    if opened is None:
        return JSONResponse({"error": "unknown ticket"}, status_code=401)
    response = JSONResponse({"ok": True})
    longest = int(sessions.REMEMBERED_LONGEST.total_seconds())
    cookies.put(response, cookies.SESSION, opened.token, max_age_s=longest if opened.is_remembered else None)
    if opened.device_token:
        cookies.put(response, cookies.DEVICE, opened.device_token, max_age_s=cookies.YEAR_S)
    return response


async def remember(request: Request) -> Response:
    """Ask for no more codes in this browser: its own cookie, and a longer life for the session's (A4)."""
    if not is_same_origin(request):
        return JSONResponse({"error": "refused"}, status_code=403)
    at, sent = wiring.clock().now(), request.headers.get("cookie", "")
    token, device = cookies.read_all(sent, cookies.SESSION, cookies.DEVICE)
    try:
        async with wiring.unit_of_work() as session:
            if not token or (auth := await living_sessions.by_token(session, token, at)) is None:
                return JSONResponse({"error": "not signed in"}, status_code=401)
            device_token = await remember_here(
                session,
                sessions.actor_of(auth),
                device_hash=token_hash(device) if device else "",
                browser=browser_name(request.headers.get("user-agent", "")),
                address=client_address(request.scope),
                at=at,
            )
    except ProofNeeded:
        return JSONResponse({"error": "proof needed"}, status_code=403)
    response = JSONResponse({"ok": True})
    if device_token is not None:
        cookies.put(response, cookies.SESSION, token, max_age_s=int(sessions.REMEMBERED_LONGEST.total_seconds()))
        cookies.put(response, cookies.DEVICE, device_token, max_age_s=cookies.YEAR_S)
    return response


async def close(request: Request) -> Response:
    """Sign out: the session ends for good, the cookie goes."""
    if not is_same_origin(request):
        return JSONResponse({"error": "refused"}, status_code=403)
    at = wiring.clock().now()
    token = cookies.read(request.headers.get("cookie", ""), cookies.SESSION)
    if token:
        async with wiring.unit_of_work() as session:
            if (auth := await living_sessions.by_token(session, token, at)) is not None:
                actor = sessions.actor_of(auth)
                await sessions.revoke(session, actor, actor.session_id, at)
    response = JSONResponse({"ok": True}, headers={"Clear-Site-Data": '"cache"'})
    cookies.drop(response, cookies.SESSION)
    return response


def is_same_origin(request: Request) -> bool:
    """Whether a page of ours sent this: browsers say so, and nobody else can make them."""
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return False
    origin = request.headers.get("origin", "")
    if settings().origins:
        return origin.rstrip("/") in settings().origins
    return bool(origin) and urlsplit(origin).netloc == request.headers.get("host", "")


async def ticket_of(request: Request) -> str:
    """The ticket in the body, "" for anything else."""
    body = await request.body()
    if len(body) > _BODY_MAX:
        return ""
    try:
        sent = await request.json()
    except (JSONDecodeError, UnicodeDecodeError):
        return ""
    ticket = sent.get("ticket") if isinstance(sent, dict) else None
    return ticket if isinstance(ticket, str) else ""


routes = [
    Route("/api/session", open_, methods=["POST"]),
    Route("/api/session/remember", remember, methods=["POST"]),
    Route("/api/session/close", close, methods=["POST"]),
]
