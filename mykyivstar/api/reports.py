"""Files of reports over HTTP: for whoever ordered them, freshly proved; to others there is nothing here (E3, O9)."""

import asyncio
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from mykyivstar import routes as pages
from mykyivstar import wiring
from mykyivstar.api.papers import language_of, who_asks
from mykyivstar.domain.identity.security_errors import ProofNeeded
from mykyivstar.domain.papers.account import report_paper
from mykyivstar.domain.reports.queries import ready_report
from mykyivstar.i18n import describe
from mykyivstar.kit.errors import NotFound
from mykyivstar.papers.reports.letters import TYPES
from mykyivstar.papers.reports.said import file_name

_PRIVATE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


async def report(request: Request) -> Response:
    """`GET /api/reports/{code}/{format}`; without a fresh proof the browser is sent where one is asked for."""
    try:
        path, name, ending = await _file(request)
    except ProofNeeded:
        return RedirectResponse(f"{pages.REPORTS}?prove=1", status_code=303, headers=_PRIVATE)
    except NotFound as refusal:
        said = {"error": describe(refusal, language_of(request))}
        return JSONResponse(said, status_code=404, headers=_PRIVATE)
    headers = {**_PRIVATE, "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return FileResponse(path, media_type=TYPES[ending], headers=headers)


async def _file(request: Request) -> tuple[Path, str, str]:
    """Where it is, what it is called, of which kind. Raises NotFound, ProofNeeded."""
    code, ending = request.path_params["code"], request.path_params["format"]
    actor, _ = await who_asks(request)
    if actor is None:
        raise NotFound
    async with wiring.reading() as session:
        found = await ready_report(session, actor, code, at=wiring.clock().now())
        paper = await report_paper(session, found.id or 0)
    if paper is None or ending not in found.files:
        raise NotFound
    path = wiring.reports_folder() / found.files[ending]["name"]
    if not await asyncio.to_thread(path.is_file):
        raise NotFound
    return path, file_name(paper, ending, found.language.value), ending


routes = [Route("/api/reports/{code}/{format}", report)]
