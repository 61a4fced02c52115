"""The desk's session cookie: set and taken away over HTTP, apart from the customers'."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from mykyivstar import wiring
from mykyivstar.api.session import is_same_origin, ticket_of
from mykyivstar.domain.staff import sessions
from mykyivstar.domain.staff.actor import StaffActor
from mykyivstar.guard import cookies
from mykyivstar.guard.address import client_address
from mykyivstar.guard.browser import browser_name
from mykyivstar.kit.secret import token_hash


async def open_(request: Request) -> Response:
    """Trade the ticket of a finished sign-in for the desk's cookie; it ends with the browser."""
    ticket = await ticket_of(request)
    visitor = cookies.read(request.headers.get("cookie", ""), cookies.VISITOR)
    if not is_same_origin(request) or not ticket or not visitor:
        return JSONResponse({"error": "refused"}, status_code=403)
    async with wiring.unit_of_work() as session:
        token = await sessions.open_session(
            session,
            ticket=ticket,
            visitor=token_hash(visitor),
            browser=browser_name(request.headers.get("user-agent", "")),
            address=client_address(request.scope),
            at=wiring.clock().now(),
        )
    if token is None:
        return JSONResponse({"error": "unknown ticket"}, status_code=401)
    response = JSONResponse({"ok": True})
    cookies.put(response, cookies.STAFF, token, max_age_s=None)
    return response


async def close(request: Request) -> Response:
    """Sign out of the desk."""
    if not is_same_origin(request):
        return JSONResponse({"error": "refused"}, status_code=403)
    if (staff := await who_is_at_desk(request)) is not None:
        async with wiring.unit_of_work() as session:
            await sessions.revoke(session, staff.session_id, wiring.clock().now())
    response = JSONResponse({"ok": True}, headers={"Clear-Site-Data": '"cache"'})
    cookies.drop(response, cookies.STAFF)
    return response


async def who_is_at_desk(request: Request) -> StaffActor | None:
    """The member of the staff of this request."""
    token = cookies.read(request.headers.get("cookie", ""), cookies.STAFF)
    if not token:
        return None
    async with wiring.reading() as session:
        living = await sessions.by_token(session, token, wiring.clock().now())
    return living.actor if living else None


routes = [
    Route("/api/desk/session", open_, methods=["POST"]),
    Route("/api/desk/session/close", close, methods=["POST"]),
]
