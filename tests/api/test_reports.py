"""Files of reports over HTTP: for whoever ordered them, freshly proved, and for nobody else."""

import csv
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import quote

import httpx
import pytest
from sqlmodel import select
from starlette.applications import Starlette

from mykyivstar import wiring
from mykyivstar.api import papers, reports
from mykyivstar.domain.identity.models import AuthSession, SignInMethod
from mykyivstar.domain.lines.models import Holding, HoldingRole
from mykyivstar.domain.papers.details import details_of
from mykyivstar.domain.reports.models import Report, ReportFormat
from mykyivstar.jobs.registry import JobContext
from mykyivstar.jobs.reports import make_report
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.money import Money
from mykyivstar.kit.secret import token_hash
from mykyivstar.settings import settings
from tests.domain.reports.conftest import LAST_MONTH, Counter
from tests.factories.people import make_person

CACHED = (settings, wiring.database, wiring.secret_key, wiring.press)


class Window(Counter):
    """The counter behind HTTP, and a report that was made."""

    client: httpx.AsyncClient
    report: Report

    async def sign_in(self, profile_id: int, *, proved: bool = True) -> None:
        at, token = self.clock.now(), f"of-{profile_id}-{proved}"
        async with self.database.unit_of_work() as session:
            session.add(
                AuthSession(
                    profile_id=profile_id,
                    token_hash=token_hash(token),
                    method=SignInMethod.PASSWORD,
                    created_at=at,
                    last_seen_at=at,
                    expires_at=at + timedelta(hours=1),
                    proved_at=at if proved else None,
                )
            )
        self.client.cookies.set("mk_session", token)

    async def make(self) -> None:
        order = self.order(LAST_MONTH, agreed=Money.ZERO, formats=list(ReportFormat))
        self.report = await self.send(order)
        ports = SimpleNamespace(press=wiring.press(), reports_folder=wiring.reports_folder())
        context = JobContext(self.database, ports, self.clock)  # type: ignore[arg-type]
        await make_report(context, {"report_id": self.report.id}, self.clock.now())

    async def get(self, ending: str = "csv", code: str = "") -> httpx.Response:
        return await self.client.get(f"/api/reports/{code or self.report.code}/{ending}")


@pytest.fixture
async def window(
    sqlite_url: str, tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Window]:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("PUBLIC_ORIGINS", "http://my.example.ua")
    monkeypatch.setattr(wiring, "clock", lambda: clock)
    for each in CACHED:
        each.cache_clear()
    window = Window(wiring.database(), clock)
    await window.open()
    await window.used_much()
    await window.make()
    transport = httpx.ASGITransport(app=Starlette(routes=[*reports.routes, *papers.routes]))
    async with httpx.AsyncClient(transport=transport, base_url="http://my.example.ua") as client:
        window.client = client
        yield window
    await wiring.database().dispose()
    for each in CACHED:
        each.cache_clear()


@pytest.mark.parametrize(
    ("ending", "kind", "begins"),
    [
        ("pdf", "application/pdf", b"%PDF-"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
        ("csv", "text/csv; charset=utf-8", b"\xef\xbb\xbf"),
    ],
)
async def test_whoever_ordered_it_takes_it_away(window: Window, ending: str, kind: str, begins: bytes) -> None:
    await window.sign_in(window.olena.profile_id)
    answer = await window.get(ending)
    assert answer.status_code == 200
    assert answer.content.startswith(begins)
    assert answer.headers["content-type"] == kind
    assert (answer.headers["cache-control"], answer.headers["x-content-type-options"]) == ("no-store", "nosniff")
    name = quote(f"Деталізація-380671000001-2026-10-01-2026-10-31.{ending}")
    assert answer.headers["content-disposition"] == f"attachment; filename*=UTF-8''{name}"


async def test_the_csv_has_every_record_of_the_month(window: Window) -> None:
    await window.sign_in(window.olena.profile_id)
    rows = list(csv.reader((await window.get()).content.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert rows.index([]) - 1 == 63, "two a day, and one in the hour that October has more"


async def test_without_a_fresh_proof_the_browser_is_sent_to_give_one(window: Window) -> None:
    await window.sign_in(window.olena.profile_id, proved=False)
    answer = await window.get()
    assert (answer.status_code, answer.headers["location"]) == (303, "/reports?prove=1")
    assert answer.headers["cache-control"] == "no-store"


async def test_strangers_and_nobody_find_nothing(window: Window) -> None:
    assert (await window.get()).status_code == 404
    async with window.database.unit_of_work() as session:
        stranger = await make_person(session, "stranger")
    await window.sign_in(stranger.profile_id)
    answer = await window.get()
    assert (answer.status_code, answer.headers["cache-control"]) == (404, "no-store")
    await window.sign_in(stranger.profile_id, proved=False)
    assert (await window.get()).status_code == 404, "not even that there is something to prove for"


@pytest.mark.parametrize("ending", ["exe", "html", "%2e%2e%2fsecret.key", "CSV", ""])
async def test_only_what_was_ordered_can_be_taken(window: Window, ending: str) -> None:
    await window.sign_in(window.olena.profile_id)
    assert (await window.get(ending)).status_code == 404
    assert (await window.get(code="no-such-report")).status_code == 404


async def test_who_has_lost_the_line_has_lost_its_reports(window: Window) -> None:
    await window.sign_in(window.olena.profile_id)
    async with window.database.unit_of_work() as session:
        holding = (await session.exec(select(Holding).where(Holding.line_id == window.line.id))).one()
        holding.role = HoldingRole.PAYER
        session.add(holding)
    assert (await window.get()).status_code == 404


async def test_a_file_that_is_gone_is_not_found(window: Window) -> None:
    await window.sign_in(window.olena.profile_id)
    for path in list(wiring.reports_folder().iterdir()):
        path.unlink()
    assert (await window.get()).status_code == 404


async def test_anybody_can_prove_the_paper(window: Window) -> None:
    async with window.database.reading() as session:
        paper = await details_of(session, window.report.id or 0)
    assert paper is not None
    page = (await window.client.get(f"/verify/{wiring.press().code(paper)}", params={"lang": "uk"})).text
    assert "Цю деталізацію склали ми" in page
    assert "380671000001" not in page.replace("\xa0", "").replace(" ", "")
    changed = await window.client.get(
        f"/verify/{wiring.press().code(paper)}", params={"lang": "en", "number": paper.number, "amount": "1,00"}
    )
    assert "Not genuine: the paper was changed" in changed.text
