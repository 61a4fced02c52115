"""A shop that is not ours, with the embedded bank in its process: `granian … tests.peers.banks.shop:create --factory`.

GET /shop/new makes an invoice and sends the browser to the bank; GET /shop/back is where it comes back to; the notices
that were proved stand at /shop/notices, the state by a query at /shop/state.
"""

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import anyio
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route

from mykyivstar import logs
from mykyivstar.i18n import tr
from mykyivstar.integrations.acquiring.embedded.app import EmbeddedBank
from mykyivstar.integrations.acquiring.embedded.bank import Timing
from mykyivstar.integrations.acquiring.monobank import MonobankAcquirer
from mykyivstar.kit.clock import SystemClock
from mykyivstar.kit.money import Money
from mykyivstar.ports.acquiring import AcquirerUnavailable, ForgedNotice, Order, Report
from mykyivstar.serving.application import dressed
from mykyivstar.settings import Settings

TOKEN = "the token of this shop"


def create() -> Callable[..., Awaitable[None]]:
    """The ASGI application, dressed as ours is. PORT and DATA_DIR say where."""
    logs.configure("text")
    port, folder = int(os.environ["PORT"]), Path(os.environ["DATA_DIR"])
    site = f"http://127.0.0.1:{port}"
    address, clock = f"{site}/acquirer", SystemClock()
    bank = EmbeddedBank(
        path=folder / "acquirer.db",
        token=lambda: TOKEN,
        address=address,
        clock=clock,
        tr=tr,
        timing=Timing(slow=timedelta(seconds=2), outage=timedelta(seconds=3)),
    )
    acquirer = MonobankAcquirer(name="embedded", token=TOKEN, base_url=address, clock=clock)
    notices: list[Report] = []

    async def new(request: Request) -> Response:
        reference = uuid4().hex
        order = Order(
            reference=reference,
            amount=Money(int(request.query_params.get("amount", "15050"))),
            purpose="Поповнення 067 100 00 01",
            return_url=f"{site}/shop/back?reference={reference}",
            notice_url=f"{site}/shop/notice",
            valid_for=timedelta(minutes=20),
            wallet=request.query_params.get("wallet", ""),
        )
        try:
            invoice = await acquirer.create(order)
        except AcquirerUnavailable:
            return HTMLResponse("<h1>Unavailable</h1>", status_code=503)
        return RedirectResponse(invoice.page_url, status_code=303)

    async def back(request: Request) -> Response:
        return HTMLResponse("<h1>Shop</h1>")

    async def notice(request: Request) -> Response:
        try:
            notices.append(await acquirer.read_notice(dict(request.headers), await request.body()))
        except ForgedNotice:
            return Response(status_code=400)
        return Response()

    async def told(request: Request) -> Response:
        return JSONResponse([_row(each) for each in notices if each.reference == request.query_params["reference"]])

    async def state(request: Request) -> Response:
        try:
            report = await acquirer.find(request.query_params["reference"])
        except AcquirerUnavailable:
            return JSONResponse({"state": "unavailable"})
        return JSONResponse(_row(report) if report else {"state": "unknown"})

    routes = [
        Route("/shop/new", new),
        Route("/shop/back", back),
        Route("/shop/notice", notice, methods=["POST"]),
        Route("/shop/notices", told),
        Route("/shop/state", state),
        Mount("/acquirer", app=bank.app),
    ]
    return dressed(Starlette(routes=routes, lifespan=_running(bank)), Settings(port=port, data_dir=folder))


def _running(bank: EmbeddedBank) -> Any:
    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with anyio.create_task_group() as group:
            group.start_soon(bank.run)
            with suppress(anyio.get_cancelled_exc_class()):
                yield
            group.cancel_scope.cancel()

    return lifespan


def _row(report: Report) -> dict[str, Any]:
    return {
        "state": report.state,
        "decline": report.decline,
        "token": report.card.token if report.card else "",
        "mask": report.card.mask if report.card else "",
    }
