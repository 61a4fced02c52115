"""What all private files over HTTP have in common: taken in whole or not at all, given to nobody's cache (K1, G3)."""

import asyncio
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response

from mykyivstar import wiring
from mykyivstar.api.papers import language_of
from mykyivstar.domain.support import files
from mykyivstar.domain.support.errors import FileTooLarge
from mykyivstar.i18n import describe
from mykyivstar.kit.errors import CustomerError, NotFound

# Nobody's cache keeps it, no browser guesses what it is, and nothing inside it runs.
PRIVATE = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}


async def body_of(request: Request) -> bytes:
    """The whole body, given up as soon as it is too large. Raises FileTooLarge."""
    parts, size = list[bytes](), 0
    async for part in request.stream():
        size += len(part)
        if size > files.BYTES_MOST:
            raise FileTooLarge(megabytes=files.MEGABYTES)
        parts.append(part)
    return b"".join(parts)


async def keep(name: str, content: bytes) -> None:
    """Put a content into the folder under its random name; before its row is committed, so that rows never lack it."""
    await asyncio.to_thread(_write, wiring.attachments_folder() / name, content)


async def given(code: str, *, name: str, media_type: str) -> Response:
    """The content with this code: a picture to be shown, a PDF to be kept. Raises NotFound."""
    path = wiring.attachments_folder() / code
    if not await asyncio.to_thread(path.is_file):
        raise NotFound
    how = "attachment" if media_type == files.PDF else "inline"
    named = {"Content-Disposition": f"{how}; filename*=UTF-8''{quote(name)}"}
    return FileResponse(path, media_type=media_type, headers={**PRIVATE, **named})


def refused(request: Request, refusal: CustomerError) -> Response:
    """Why not, in the language of whoever asks."""
    status = 404 if isinstance(refusal, NotFound) else 422
    said = {"code": refusal.code, "error": describe(refusal, language_of(request))}
    return JSONResponse(said, status_code=status, headers=PRIVATE)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.write_bytes(content)
