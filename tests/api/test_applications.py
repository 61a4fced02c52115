"""Documents of applications over HTTP: in from their owner, out to the owner and to whoever checks."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from sqlmodel import select
from starlette.applications import Starlette

from mykyivstar import wiring
from mykyivstar.api import applications
from mykyivstar.db.database import Database
from mykyivstar.domain.applications import checking
from mykyivstar.domain.applications.models import Application, ApplicationFile
from mykyivstar.domain.support.models import CustomerLook
from mykyivstar.kit.clock import FixedClock
from tests.api.test_attachments import SITE, Post
from tests.domain.applications.conftest import Bureau
from tests.domain.support.conftest import key
from tests.domain.support.test_files import PDF, PNG


class Counter(Post, Bureau):
    """The bureau behind HTTP."""

    async def posts(self, application: Application, content: bytes, **query: str) -> httpx.Response:
        asked = {"key": key(), "name": "паспорт.png", "lang": "en"} | query
        address = f"/api/applications/{application.code}/files"
        return await self.client.post(address, params=asked, content=content, headers={"origin": SITE})

    async def href(self) -> str:
        """Of the newest document."""
        async with self.database.reading() as session:
            file = (await session.exec(select(ApplicationFile).order_by(ApplicationFile.id.desc()))).first()  # type: ignore[union-attr]
        assert file is not None
        return f"/api/applications/files/{file.code}"

    async def gets(self, href: str) -> int:
        return (await self.client.get(href)).status_code


@pytest.fixture
async def counter(
    sqlite_url: str, tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Counter]:
    database = Database(sqlite_url, clock=clock)
    monkeypatch.setattr(wiring, "database", lambda: database)
    monkeypatch.setattr(wiring, "clock", lambda: clock)
    monkeypatch.setattr(wiring, "attachments_folder", lambda: tmp_path / "attachments")
    counter = Counter(database, clock)
    await counter.open()
    app = Starlette(routes=applications.routes)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=SITE) as client:
        counter.client = client
        yield counter
    await database.dispose()


async def test_a_document_is_the_owners_and_of_whoever_checks_and_nobody_elses(counter: Counter) -> None:
    application, own = await counter.writes(), key()
    assert (await counter.posts(application, PNG)).status_code == 404, "nobody is signed in"
    await counter.sign_in(counter.olena.profile_id)
    assert (await counter.posts(application, PNG, key=own)).json() == {"ok": True, "new": True}
    assert (await counter.posts(application, PNG, key=own)).json() == {"ok": True, "new": False}
    href = await counter.href()
    seen = await counter.client.get(href)
    assert (seen.status_code, seen.content, seen.headers["cache-control"]) == (200, PNG, "no-store")
    assert seen.headers["content-security-policy"] == "default-src 'none'; sandbox"

    await counter.sign_in(counter.taras.profile_id)
    assert await counter.gets(href) == 404
    assert (await counter.posts(application, PNG)).status_code == 404
    counter.client.cookies.clear()
    assert await counter.gets(href) == 404

    await counter.sends(application)
    await counter.does(checking.take, counter.solomiia, application)
    for who, status in ((counter.bohdan, 404), (counter.solomiia, 200), (counter.marta, 200)):
        await counter.at_desk(who)
        assert await counter.gets(href) == status
    async with counter.database.reading() as session:
        looks = [(look.staff_id, look.file_code) for look in await session.exec(select(CustomerLook))]
    code = href.rpartition("/")[2]
    assert looks == [(counter.solomiia.staff_id, code), (counter.marta.staff_id, code)]


async def test_files_that_lie_or_come_too_late_or_from_elsewhere_are_refused(counter: Counter) -> None:
    application = await counter.writes()
    await counter.sign_in(counter.olena.profile_id)
    lie = await counter.posts(application, b"<script>alert(1)</script>")
    assert (lie.status_code, lie.json()["code"]) == (422, "support.file_unfit")
    assert (await counter.posts(application, PDF, key="?")).status_code == 422
    elsewhere = {"origin": "https://evil.example"}
    address = f"/api/applications/{application.code}/files?key={key()}"
    assert (await counter.client.post(address, content=PNG, headers=elsewhere)).status_code == 403
    assert (await counter.posts(application, PDF, name="довідка.pdf")).status_code == 200
    assert (await counter.client.get(await counter.href())).headers["content-disposition"].startswith("attachment")
    await counter.sends(application)
    late = await counter.posts(application, PNG)
    assert (late.status_code, late.json()["code"]) == (422, "applications.moved")


async def test_what_was_removed_is_gone(counter: Counter, tmp_path: Path) -> None:
    application = await counter.writes()
    await counter.sign_in(counter.olena.profile_id)
    await counter.posts(application, PNG)
    href = await counter.href()
    (tmp_path / "attachments" / href.rpartition("/")[2]).unlink()
    assert await counter.gets(href) == 404
