"""What is counted: every event by its outcome, and the figures of the database, for those who may see them."""

import re
from datetime import timedelta

import httpx
import pytest
from prometheus_client import REGISTRY
from starlette.applications import Starlette

from mykyivstar import wiring
from mykyivstar.api import health, metrics
from mykyivstar.db.database import Database
from mykyivstar.db.jobs import Job, JobState
from mykyivstar.domain.ledger.models import LedgerProof
from mykyivstar.domain.notifications.models import MailMessage, MailState
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.errors import CustomerError
from mykyivstar.metrics import timed_event
from mykyivstar.settings import Settings


def counted(handler: str, outcome: str) -> float:
    labels = {"handler": handler, "outcome": outcome}
    return REGISTRY.get_sample_value("mykyivstar_event_seconds_count", labels) or 0


@pytest.mark.parametrize(("error", "outcome"), [(CustomerError, "refused"), (KeyError, "failed")])
def test_an_event_that_raises_is_counted_by_what_it_raised(error: type[Exception], outcome: str) -> None:
    before = counted("test.raises", outcome)
    with pytest.raises(error), timed_event("test.raises"):
        raise error
    assert counted("test.raises", outcome) == before + 1


def test_an_event_that_ends_well_is_counted_so() -> None:
    before = counted("test.well", "ok")
    with timed_event("test.well"):
        pass
    assert counted("test.well", "ok") == before + 1


@pytest.fixture
def site(database: Database, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> Starlette:
    monkeypatch.setattr(wiring, "database", lambda: database)
    monkeypatch.setattr(wiring, "clock", lambda: clock)
    return Starlette(routes=[*metrics.routes, *health.routes])


async def get(site: Starlette, path: str, *, address: str = "127.0.0.1", **headers: str) -> httpx.Response:
    transport = httpx.ASGITransport(app=site, client=(address, 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver", headers=headers) as client:
        return await client.get(path)


async def put(database: Database, clock: FixedClock, state: JobState, due_for: timedelta) -> None:
    async with database.unit_of_work() as session:
        session.add(Job(kind="sms.send", state=state, run_at=clock.now() - due_for))


async def test_the_queue_is_counted(site: Starlette, database: Database, clock: FixedClock) -> None:
    await put(database, clock, JobState.WAITING, timedelta(seconds=30))
    await put(database, clock, JobState.WAITING, timedelta(seconds=-30))
    await put(database, clock, JobState.DEAD, timedelta(hours=1))
    text = (await get(site, "/metrics")).text
    assert "mykyivstar_jobs_due 1.0" in text
    assert "mykyivstar_jobs_oldest_due_seconds 30.0" in text
    assert 'mykyivstar_jobs_dead{kind="sms.send"} 1.0' in text
    assert 'mykyivstar_sms{state="failed"} 0.0' in text


async def test_metrics_are_for_this_machine_alone(site: Starlette) -> None:
    assert (await get(site, "/metrics")).status_code == 200
    assert (await get(site, "/metrics", address="203.0.113.7")).status_code == 403
    through_a_proxy = await get(site, "/metrics", **{"x-forwarded-for": "203.0.113.7"})
    assert through_a_proxy.status_code == 403


async def test_a_token_opens_metrics_from_anywhere(site: Starlette, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics, "settings", lambda: Settings(metrics_token="s3cret"))
    assert (await get(site, "/metrics", address="203.0.113.7", authorization="Bearer s3cret")).status_code == 200
    assert (await get(site, "/metrics", authorization="Bearer wrong")).status_code == 403
    assert (await get(site, "/metrics")).status_code == 403


async def test_tables_of_another_release_are_unwell(site: Starlette) -> None:
    answer = await get(site, "/health")
    assert answer.status_code == 503
    assert answer.json()["migrations"].startswith("at none, needs ")


async def test_jobs_that_nobody_does_are_unwell(
    site: Starlette, database: Database, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health.schema, "newest", lambda: "")
    assert (await get(site, "/health")).status_code == 200
    await put(database, clock, JobState.WAITING, timedelta(minutes=5))
    answer = await get(site, "/health")
    assert (answer.status_code, answer.json()["jobs"]) == (503, "nobody does them")


async def test_a_long_queue_that_is_worked_on_is_well(
    site: Starlette, database: Database, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health.schema, "newest", lambda: "")
    await put(database, clock, JobState.WAITING, timedelta(minutes=5))
    async with database.unit_of_work() as session:
        session.add(Job(kind="import", state=JobState.DONE, run_at=clock.now(), finished_at=clock.now()))
    assert (await get(site, "/health")).status_code == 200


async def test_a_database_that_does_not_answer_is_unwell(
    site: Starlette, monkeypatch: pytest.MonkeyPatch, tmp_path
) -> None:
    nowhere = Database(f"sqlite+aiosqlite:///{tmp_path / 'no' / 'such' / 'folder.db'}")
    monkeypatch.setattr(wiring, "database", lambda: nowhere)
    answer = await get(site, "/health")
    assert (answer.status_code, answer.json()["database"]) == (503, "does not answer")


async def test_what_the_last_proof_of_the_books_found_is_shown(
    site: Starlette, database: Database, clock: FixedClock
) -> None:
    assert "mykyivstar_ledger" not in (await get(site, "/metrics")).text
    for wrong in (0, 2):
        async with database.unit_of_work() as session:
            found = {"wrong_balances": wrong, "wrong_operations": 0, "wrong_totals": 1}
            session.add(LedgerProof(at=clock.now(), accounts=7, **found))
    text = (await get(site, "/metrics")).text
    assert 'mykyivstar_ledger_wrong{what="balances"} 2.0' in text
    assert 'mykyivstar_ledger_wrong{what="totals"} 1.0' in text
    [proved_at] = re.findall(r"^mykyivstar_ledger_proved_timestamp_seconds (.+)$", text, re.MULTILINE)
    assert float(proved_at) == clock.now().timestamp()


async def test_letters_are_counted(site: Starlette, database: Database, clock: FixedClock) -> None:
    about = {"template": "receipt", "created_at": clock.now(), "expires_at": clock.now()}
    async with database.unit_of_work() as session:
        for number, state in enumerate((MailState.FAILED, MailState.FAILED, MailState.SENT)):
            session.add(MailMessage(key=f"k{number}", to="a@example.com", state=state, **about))
    text = (await get(site, "/metrics")).text
    assert 'mykyivstar_mail{state="failed"} 2.0' in text
    assert 'mykyivstar_mail{state="waiting"} 0.0' in text
