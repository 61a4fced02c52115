"""Files of conversations over HTTP: taken in by their content, given only to the two sides (K1)."""

import asyncio
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from mykyivstar import wiring
from mykyivstar.api.desk import who_is_at_desk
from mykyivstar.api.papers import language_of, who_asks
from mykyivstar.api.session import is_same_origin
from mykyivstar.domain.support import files
from mykyivstar.domain.support.errors import FileTooLarge
from mykyivstar.domain.support.models import Attachment
from mykyivstar.i18n import describe
from mykyivstar.kit.errors import CustomerError, NotFound

# Nobody's cache keeps it, no browser guesses what it is, and nothing inside it runs.
_PRIVATE = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}


async def send(request: Request) -> Response:
    """`POST /api/support/{code}/files?key=…&name=…`, the file as the body: a message with it, once for each key.

    `side=desk` for a consultant: a browser may be signed in on both.
    """
    if not is_same_origin(request):
        return JSONResponse({"error": "refused"}, status_code=403)
    try:
        content = await _body(request)
        sent = files.examined(content, request.query_params.get("name", "")[:300])
        attachment = await _kept(request, sent, content)
    except CustomerError as refusal:
        status = 404 if isinstance(refusal, NotFound) else 422
        said = {"code": refusal.code, "error": describe(refusal, language_of(request))}
        return JSONResponse(said, status_code=status, headers=_PRIVATE)
    return JSONResponse({"ok": True, "new": attachment}, headers=_PRIVATE)


async def give(request: Request) -> Response:
    """`GET /api/support/files/{code}`: a picture to be shown, a PDF to be kept; to others there is nothing here."""
    try:
        attachment, path = await _of_whoever_asks(request)
    except NotFound as refusal:
        said = {"error": describe(refusal, language_of(request))}
        return JSONResponse(said, status_code=404, headers=_PRIVATE)
    how = "attachment" if attachment.media_type == files.PDF else "inline"
    named = {"Content-Disposition": f"{how}; filename*=UTF-8''{quote(attachment.name)}"}
    return FileResponse(path, media_type=attachment.media_type, headers={**_PRIVATE, **named})


async def _body(request: Request) -> bytes:
    """The whole body, given up as soon as it is too large. Raises FileTooLarge."""
    parts, size = list[bytes](), 0
    async for part in request.stream():
        size += len(part)
        if size > files.BYTES_MOST:
            raise FileTooLarge(megabytes=files.MEGABYTES)
        parts.append(part)
    return b"".join(parts)


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
            await asyncio.to_thread(_write, wiring.attachments_folder() / attachment.code, content)
    return attachment is not None


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.write_bytes(content)


async def _of_whoever_asks(request: Request) -> tuple[Attachment, Path]:
    """The file as far as this browser may have it. Raises NotFound."""
    attachment = await _allowed(request)
    path = wiring.attachments_folder() / attachment.code
    if not await asyncio.to_thread(path.is_file):
        raise NotFound
    return attachment, path


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
