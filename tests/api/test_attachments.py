"""Files of conversations over HTTP: in by their content, out to the two sides."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from mykyivstar import wiring
from mykyivstar.api import attachments, desk
from mykyivstar.db.database import Database
from mykyivstar.domain.identity.models import AuthSession, SignInMethod
from mykyivstar.domain.staff import sign_in
from mykyivstar.domain.staff.actor import StaffActor
from mykyivstar.domain.staff.models import StaffSession
from mykyivstar.domain.support import reading
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.secret import token_hash
from tests.domain.support.conftest import Hall, key
from tests.domain.support.test_files import PDF, PNG

SITE = "http://test"


class Post(Hall):
    """The hall behind HTTP."""

    client: httpx.AsyncClient

    async def sign_in(self, profile_id: int) -> None:
        at, token = self.clock.now(), f"of-{profile_id}"
        about = {"method": SignInMethod.PASSWORD, "created_at": at, "last_seen_at": at}
        async with self.database.unit_of_work() as session:
            session.add(
                AuthSession(
                    profile_id=profile_id,
                    token_hash=token_hash(token),
                    expires_at=at + timedelta(hours=1),
                    **about,  # type: ignore[arg-type]
                )
            )
        self.client.cookies.set("mk_session", token)

    async def at_desk(self, who: StaffActor) -> None:
        at, token = self.clock.now(), f"desk-{who.staff_id}"
        async with self.database.unit_of_work() as session:
            session.add(
                StaffSession(
                    staff_id=who.staff_id,
                    token_hash=token_hash(token),
                    created_at=at,
                    last_seen_at=at,
                    expires_at=at + timedelta(hours=1),
                )
            )
        self.client.cookies.set("mk_staff", token)

    async def send(self, code: str, content: bytes, name: str = "знімок.png", **query: str) -> httpx.Response:
        asked = {"key": key(), "name": name} | query
        return await self.client.post(
            f"/api/support/{code}/files", params=asked, content=content, headers={"origin": SITE}
        )


@pytest.fixture
async def post(
    sqlite_url: str, tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Post]:
    database = Database(sqlite_url, clock=clock)
    monkeypatch.setattr(wiring, "database", lambda: database)
    monkeypatch.setattr(wiring, "clock", lambda: clock)
    monkeypatch.setattr(wiring, "attachments_folder", lambda: tmp_path / "attachments")
    post = Post(database, clock)
    await post.open()
    app = Starlette(routes=[*attachments.routes, *desk.routes])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=SITE) as client:
        post.client = client
        yield post
    await database.dispose()


async def file_of(post: Post, conversation_id: int) -> str:
    async with post.database.reading() as session:
        lines, _ = await reading.newest_lines(session, conversation_id)
    attachment = lines[-1].attachment
    assert attachment is not None
    return f"/api/support/files/{attachment.code}"


async def test_a_picture_goes_in_and_comes_out_to_both(post: Post) -> None:
    conversation = await post.talks()
    await post.sign_in(post.olena.profile_id)
    sent = await post.send(conversation.code, PNG)
    assert (sent.status_code, sent.json()) == (200, {"ok": True, "new": True})
    href = await file_of(post, conversation.id or 0)
    seen = await post.client.get(href)
    assert (seen.status_code, seen.content, seen.headers["content-type"]) == (200, PNG, "image/png")
    assert seen.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert seen.headers["x-content-type-options"] == "nosniff"
    post.client.cookies.clear()
    assert (await post.client.get(href)).status_code == 404
    await post.at_desk(post.solomiia)
    assert (await post.client.get(href)).content == PNG


async def test_a_pdf_is_given_to_be_kept_not_to_be_opened(post: Post) -> None:
    conversation = await post.talks()
    await post.at_desk(post.solomiia)
    assert (await post.send(conversation.code, PDF, "рахунок.pdf", side="desk")).status_code == 200
    seen = await post.client.get(await file_of(post, conversation.id or 0))
    assert seen.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")


async def test_sent_again_it_is_kept_once(post: Post) -> None:
    conversation, own = await post.talks(), key()
    await post.sign_in(post.olena.profile_id)
    assert (await post.send(conversation.code, PNG, key=own)).json()["new"] is True
    assert (await post.send(conversation.code, PNG, key=own)).json()["new"] is False


async def test_a_file_that_lies_is_refused_with_words(post: Post) -> None:
    conversation = await post.talks()
    await post.sign_in(post.olena.profile_id)
    refused = await post.send(conversation.code, b"<script>alert(1)</script>", "photo.png", lang="en")
    assert (refused.status_code, refused.json()["code"]) == (422, "support.file_unfit")
    assert "<script>" not in refused.text


async def test_a_file_that_is_too_large_is_given_up(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments.files, "BYTES_MOST", 100)
    conversation = await post.talks()
    await post.sign_in(post.olena.profile_id)
    refused = await post.send(conversation.code, PNG + bytes(100))
    assert (refused.status_code, refused.json()["code"]) == (422, "support.file_too_large")


async def test_strangers_find_nothing_and_send_nothing(post: Post) -> None:
    conversation = await post.talks()
    await post.sign_in(post.olena.profile_id)
    await post.send(conversation.code, PNG)
    href = await file_of(post, conversation.id or 0)
    await post.sign_in(post.taras.profile_id)
    assert (await post.client.get(href)).status_code == 404
    assert (await post.send(conversation.code, PNG)).status_code == 404
    await post.at_desk(post.bohdan)
    assert (await post.client.get(href)).status_code == 404
    assert (await post.send(conversation.code, PNG, side="desk")).status_code == 404


async def test_another_site_cannot_send_in_ones_name(post: Post) -> None:
    conversation = await post.talks()
    await post.sign_in(post.olena.profile_id)
    answer = await post.client.post(
        f"/api/support/{conversation.code}/files?key={key()}", content=PNG, headers={"origin": "https://evil.example"}
    )
    assert answer.status_code == 403


async def test_the_desks_cookie_comes_from_its_ticket_and_goes_with_signing_out(post: Post) -> None:
    visitor = "a browser"
    post.client.cookies.set("mk_visitor", visitor)
    async with post.database.unit_of_work() as session:
        at = post.clock.now()
        ticket = sign_in.issue_ticket(session, post.marta.staff_id, visitor=token_hash(visitor), at=at)
    headers = {"origin": SITE}
    opened = await post.client.post("/api/desk/session", json={"ticket": ticket}, headers=headers)
    assert opened.status_code == 200
    cookie = opened.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert (await post.client.post("/api/desk/session", json={"ticket": ticket}, headers=headers)).status_code == 401
    request = post.client.build_request("GET", "/")
    assert "mk_staff" in request.headers["cookie"]
    assert (await post.client.post("/api/desk/session/close", headers=headers)).status_code == 200
    async with post.database.reading() as session:
        assert await session.get(StaffSession, 1) is not None
        assert (await session.get_one(StaffSession, 1)).revoked_at == post.clock.now()
