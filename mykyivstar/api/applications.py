"""Documents of applications over HTTP: taken from whoever applies, given to them and to whoever checks (G3)."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from mykyivstar import wiring
from mykyivstar.api import private_files
from mykyivstar.api.desk import who_is_at_desk
from mykyivstar.api.papers import who_asks
from mykyivstar.api.session import is_same_origin
from mykyivstar.domain.applications import documents
from mykyivstar.domain.applications.models import ApplicationFile
from mykyivstar.domain.support.files import examined
from mykyivstar.kit.errors import CustomerError, NotFound


async def take(request: Request) -> Response:
    """`POST /api/applications/{code}/files?key=…&name=…`, the file as the body: attached once for each key."""
    if not is_same_origin(request):
        return JSONResponse({"error": "refused"}, status_code=403)
    try:
        actor, _ = await who_asks(request)
        if actor is None:
            raise NotFound
        content = await private_files.body_of(request)
        sent = examined(content, request.query_params.get("name", "")[:300])
        async with wiring.unit_of_work() as session:
            file = await documents.attach(
                session,
                actor,
                request.path_params["code"],
                client_key=request.query_params.get("key", ""),
                sent=sent,
                at=wiring.clock().now(),
            )
            if file is not None:
                await private_files.keep(file.code, content)
    except CustomerError as refusal:
        return private_files.refused(request, refusal)
    return JSONResponse({"ok": True, "new": file is not None}, headers=private_files.PRIVATE)


async def give(request: Request) -> Response:
    """`GET /api/applications/files/{code}`; every look from the desk is written down before it is given."""
    try:
        file = await _allowed(request)
        return await private_files.given(file.code, name=file.name, media_type=file.media_type)
    except NotFound as refusal:
        return private_files.refused(request, refusal)


async def _allowed(request: Request) -> ApplicationFile:
    """The file as far as this browser may have it. Raises NotFound."""
    code = request.path_params["code"]
    actor, _ = await who_asks(request)
    if actor is not None:
        async with wiring.reading() as session:
            try:
                return await documents.of_customer(session, actor, code)
            except NotFound:
                # The same browser may be at the desk as well.
                pass
    if (staff := await who_is_at_desk(request)) is None:
        raise NotFound
    async with wiring.unit_of_work() as session:
        return await documents.of_staff(session, staff, code, at=wiring.clock().now())


routes = [
    Route("/api/applications/{code}/files", take, methods=["POST"]),
    Route("/api/applications/files/{code}", give),
]
