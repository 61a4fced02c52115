"""Files of conversations over HTTP: taken in by their content, given only to the two sides (K1)."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from mykyivstar import wiring
from mykyivstar.api import private_files
from mykyivstar.api.desk import who_is_at_desk
from mykyivstar.api.papers import who_asks
from mykyivstar.api.session import is_same_origin
from mykyivstar.domain.support import files
from mykyivstar.domain.support.models import Attachment
from mykyivstar.kit.errors import CustomerError, NotFound


async def send(request: Request) -> Response:
    """`POST /api/support/{code}/files?key=…&name=…`, the file as the body: a message with it, once for each key.

    `side=desk` for a consultant: a browser may be signed in on both.
    """
    if not is_same_origin(request):
        return JSONResponse({"error": "refused"}, status_code=403)
    try:
        content = await private_files.body_of(request)
        sent = files.examined(content, request.query_params.get("name", "")[:300])
        attachment = await _kept(request, sent, content)
    except CustomerError as refusal:
        return private_files.refused(request, refusal)
    return JSONResponse({"ok": True, "new": attachment}, headers=private_files.PRIVATE)


async def give(request: Request) -> Response:
    """`GET /api/support/files/{code}`: a picture to be shown, a PDF to be kept; to others there is nothing here."""
    try:
        attachment = await _allowed(request)
        return await private_files.given(attachment.code, name=attachment.name, media_type=attachment.media_type)
    except NotFound as refusal:
        return private_files.refused(request, refusal)


async def _kept(request: Request, sent: files.Sent, content: bytes) -> bool:
    """Whether it was new. The content is on disk before the message can be seen."""
    code, key, at = request.path_params["code"], request.query_params.get("key", ""), wiring.clock().now()
    async with wiring.unit_of_work() as session:
        if request.query_params.get("side") == "desk":
            if (staff := await who_is_at_desk(request)) is None:
                raise NotFound
            attachment = await files.staff_sends(session, staff, code, client_key=key, sent=sent, at=at)
        else:
            actor, _ = await who_asks(request)
            if actor is None:
                raise NotFound
            attachment = await files.customer_sends(session, actor, code, client_key=key, sent=sent, at=at)
        if attachment is not None:
            await private_files.keep(attachment.code, content)
    return attachment is not None


async def _allowed(request: Request) -> Attachment:
    code = request.path_params["code"]
    actor, _ = await who_asks(request)
    staff = await who_is_at_desk(request)
    async with wiring.reading() as session:
        if actor is not None:
            try:
                return await files.file_of_customer(session, actor, code)
            except NotFound:
                if staff is None:
                    raise
        if staff is None:
            raise NotFound
        return await files.file_of_staff(session, staff, code)


routes = [
    Route("/api/support/{code}/files", send, methods=["POST"]),
    Route("/api/support/files/{code}", give),
]
