"""`GET /health`: whether this process can serve, for load balancers and whoever watches."""

import asyncio
import logging
from importlib.metadata import version

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from mykyivstar import wiring
from mykyivstar.db import schema
from mykyivstar.jobs import standing
from mykyivstar.kit.trouble import Trouble

_TIMEOUT_S = 5

_trouble = Trouble(logging.getLogger(__name__), "health: the database does not answer")


async def health(_request: Request) -> Response:
    """200 when all is well, 503 with what is not: database, its tables, jobs, Redis where it is set."""
    try:
        async with asyncio.timeout(_TIMEOUT_S), wiring.reading() as session:
            revision = await schema.revision_of(session)
            is_current = revision == schema.newest()
            checks = {
                "database": "ok",
                "migrations": "ok" if is_current else f"at {revision or 'none'}, needs {schema.newest()}",
                "jobs": "ok"
                if is_current and await standing.is_worked_on(session, at=wiring.clock().now())
                else "nobody does them",
            }
        _trouble.over()
    except (SQLAlchemyError, OSError, TimeoutError) as error:
        _trouble.met(error)
        checks = {"database": "does not answer"}
    if not await _redis_answers():
        # What open pages keep is there: they stand still until it is back.
        checks["redis"] = "does not answer"
    is_well = set(checks.values()) == {"ok"}
    answer = {"status": "ok" if is_well else "unwell", "version": version("mykyivstar"), **checks}
    return JSONResponse(answer, status_code=200 if is_well else 503)


async def _redis_answers() -> bool:
    """True as well where the settings name none."""
    if (bell := wiring.bell()) is None:
        return True
    try:
        async with asyncio.timeout(_TIMEOUT_S):
            return await bell.can_ring()
    except TimeoutError:
        return False


routes = [Route("/health", health)]
