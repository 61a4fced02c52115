"""Where acquirers report: signed notices, applied before they are answered, so that an unanswered one comes again."""

import logging

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from mykyivstar import wiring
from mykyivstar.domain.payments import reports
from mykyivstar.domain.payments.models import Cause
from mykyivstar.ports.acquiring import AcquirerUnavailable, ForgedNotice

_BODY_MAX = 64_000

log = logging.getLogger(__name__)


async def notice(request: Request) -> Response:
    """Take a report. 200 once it is written down, 400 for one that is not the acquirer's, 503 to have it come again."""
    try:
        acquirer = wiring.acquirer_named(request.path_params["name"])
    except KeyError:
        return JSONResponse({"error": "no such acquirer"}, status_code=404)
    body = await _body(request)
    if body is None:
        return JSONResponse({"error": "too long"}, status_code=413)
    try:
        report = await acquirer.read_notice(dict(request.headers), body)
    except ForgedNotice as reason:
        log.warning("a forged notice", extra={"acquirer": acquirer.name, "reason": str(reason)})
        return JSONResponse({"error": "not signed by the acquirer"}, status_code=400)
    except AcquirerUnavailable as reason:
        log.warning("a notice cannot be checked now", extra={"acquirer": acquirer.name, "reason": str(reason)})
        return JSONResponse({"error": "try again"}, status_code=503)
    at = wiring.clock().now()
    await reports.apply(wiring.unit_of_work, report, acquirer=acquirer.name, cause=Cause.NOTICE, at=at)
    return Response(acquirer.answer_to_notice(report), media_type="application/json")


async def _body(request: Request) -> bytes | None:
    """The raw body, over which the signature goes; None for one that no notice is as long as."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _BODY_MAX:
            return None
    return body


routes = [Route("/api/acquirer/{name}/notice", notice, methods=["POST"])]
