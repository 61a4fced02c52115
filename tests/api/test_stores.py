"""Stores over HTTP: points of the map, files, the plain list; nobody need be signed in."""

import gzip
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from mykyivstar import wiring
from mykyivstar.api import stores
from mykyivstar.kit.clock import FixedClock
from mykyivstar.settings import settings
from tests.factories.stores import store

CACHED = (settings, wiring.database, wiring.secret_key, wiring.stores)


@pytest.fixture
async def client(
    sqlite_url: str, tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[httpx.AsyncClient]:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setattr(wiring, "clock", lambda: clock)
    for each in CACHED:
        each.cache_clear()
    async with wiring.unit_of_work() as session:
        session.add(store("kyiv-01"))
        session.add(store("kyiv-02", services=["connect", "esim"], latitude=50.5))
    transport = httpx.ASGITransport(app=Starlette(routes=stores.routes))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        yield client
    await wiring.database().dispose()
    for each in CACHED:
        each.cache_clear()


async def test_points_are_of_all_stores_in_the_wished_language(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/stores/points.json?lang=en")
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.json()[0][1:] == [
        "kyiv-01", 50.4501, 30.5234, 0, "Store kyiv-01", "Kyiv, 1 Khreshchatyk St",
    ]  # fmt: skip
    plain = await client.get("/api/stores/points.json?lang=en", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.json() == answer.json()
    assert not plain.content.startswith(gzip.compress(b"")[:2])


@pytest.mark.parametrize(
    ("ending", "kind"),
    [
        ("geojson", "application/geo+json"),
        ("kml", "application/vnd.google-earth.kml+xml"),
        ("csv", "text/csv; charset=utf-8"),
        ("pdf", "application/pdf"),
    ],
)
async def test_a_file_holds_what_the_address_asks_for(client: httpx.AsyncClient, ending: str, kind: str) -> None:
    answer = await client.get(f"/api/stores/stores.{ending}?service=esim&lang=uk")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == kind
    assert f"kyivstar-stores.{ending}" in answer.headers["content-disposition"]
    if ending != "pdf":
        assert b"kyiv-02" in answer.content
        assert b"kyiv-01" not in answer.content


async def test_there_are_no_other_files(client: httpx.AsyncClient) -> None:
    assert (await client.get("/api/stores/stores.exe")).status_code == 404


async def test_files_are_limited_by_address(client: httpx.AsyncClient) -> None:
    answers = [(await client.get("/api/stores/stores.csv?lang=en")).status_code for _ in range(61)]
    assert answers == [*[200] * 60, 429]


async def test_the_plain_list_answers_a_form(client: httpx.AsyncClient) -> None:
    page = (await client.get("/stores-list?q=&kind=&service=esim&lang=uk")).text
    assert "Магазин kyiv-02" in page
    assert "Магазин kyiv-01" not in page
    assert (await client.get("/stores-list?q=%00&near=x&kind=castle")).status_code == 200
