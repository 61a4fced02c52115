"""Every browser that loads a page gets one visitor cookie, and keeps the one it has."""

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, JSONResponse
from starlette.routing import Route

from mykyivstar.guard import cookies
from mykyivstar.guard.visitor import visitor


async def page(_request: object) -> HTMLResponse:
    return HTMLResponse("<p>hello</p>")


async def data(_request: object) -> JSONResponse:
    return JSONResponse({})


@pytest.fixture
async def visit():
    # Wrapped twice, as pages that go through the framework are.
    app = visitor(visitor(Starlette(routes=[Route("/page", page), Route("/data", data)])))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://demo") as client:
        yield client


async def test_a_page_gives_one_cookie_however_often_it_is_wrapped(visit: httpx.AsyncClient):
    given = (await visit.get("/page")).headers.get_list("set-cookie")
    assert len(given) == 1
    assert given[0].startswith(f"{cookies.name(cookies.VISITOR)}=")
    assert "HttpOnly" in given[0]


async def test_a_browser_keeps_the_cookie_that_it_has(visit: httpx.AsyncClient):
    answer = await visit.get("/page", headers={"cookie": f"{cookies.name(cookies.VISITOR)}={'v' * 43}"})
    assert answer.headers.get_list("set-cookie") == []


async def test_data_gives_no_cookie(visit: httpx.AsyncClient):
    assert (await visit.get("/data")).headers.get_list("set-cookie") == []
