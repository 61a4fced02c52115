"""`mykyivstar serve`, started as a process: it refuses what cannot work, replaces what dies, and stops when told."""

import shutil
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from tests.fixtures.servers import accepts_connections, wait_until
from tests.serving.conftest import built
from tests.serving.running import Installation, Serving, install, installed

BACK_WITHIN_S = 5


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of data with an up-to-date database, to copy from."""
    folder = tmp_path_factory.mktemp("migrated")
    return Path(install(folder, folder).environment["DATA_DIR"])


@pytest.fixture
def installation(tmp_path: Path, build: Path, migrated: Path) -> Installation:
    shutil.copytree(migrated, tmp_path / "data")
    return installed(tmp_path, build.parents[1])


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Callable[[], Installation]:
    """Makes installations for servers that several tests look at: each start takes as long as all these looks."""

    def make() -> Installation:
        folder = tmp_path_factory.mktemp("installation")
        shutil.copytree(migrated, folder / "data")
        return installed(folder, built(folder / "web").parents[1])

    return make


@pytest.fixture(scope="module")
def one(copies: Callable[[], Installation]) -> Iterator[Serving]:
    """A server with one worker; it may be killed, the supervisor may not."""
    installation = copies()
    with installation.serving(REFLEX_STATES_WORKDIR=str(installation.folder / "states")) as serving:
        yield serving


@pytest.fixture(scope="module")
def two(copies: Callable[[], Installation], redis_server: str) -> Iterator[Serving]:
    """A server with two workers."""
    with copies().serving(WORKERS="2", REDIS_URL=redis_server) as serving:
        yield serving


def test_it_serves_pages_says_that_it_is_well_and_shares_its_port_with_nobody(one: Serving) -> None:
    address = one.installation.address
    health = httpx.get(address + "/health")
    page = httpx.get(address + "/")
    second = one.installation.run("serve")
    assert health.json() == {
        "status": "ok",
        "version": health.json()["version"],
        "database": "ok",
        "migrations": "ok",
        "jobs": "ok",
    }
    assert "<h1>index</h1>" in page.text
    assert "httponly" in page.headers["set-cookie"].lower()
    assert second.returncode == 1
    assert "Set PORT" in second.stderr


def test_nothing_of_a_browser_is_kept_on_disk(one: Serving) -> None:
    states = one.installation.folder / "states"
    httpx.get(one.installation.address + "/")
    assert not states.exists() or not list(states.iterdir())


def test_a_worker_killed_again_and_again_is_replaced_within_five_seconds(one: Serving) -> None:
    took = []
    for _ in range(3):
        before, began = one.workers, time.monotonic()
        one.kill_a_worker()
        wait_until(lambda: one.workers not in ([], before), seconds=60, what="another worker")  # noqa: B023
        wait_until(one.answers, seconds=60, what="its answer")
        took.append(time.monotonic() - began)
    assert one.process.poll() is None
    # The quickest: a machine with other work to do holds one or the other up.
    assert min(took) <= BACK_WITHIN_S


@pytest.mark.redis
def test_metrics_tell_of_all_workers(two: Serving) -> None:
    address = two.installation.address
    for _ in range(20):
        httpx.get(address + "/")
    text = httpx.get(address + "/metrics").text
    assert 'mykyivstar_request_seconds_count{kind="page",status="2xx"} 20.0' in text
    assert "mykyivstar_jobs_due " in text


@pytest.mark.redis
def test_while_one_of_two_workers_is_dead_the_other_one_answers(two: Serving) -> None:
    wait_until(lambda: len(two.workers) == 2, seconds=60, what="two workers")
    two.kill_a_worker()
    wait_until(two.answers, seconds=60, what="the other one's answer")
    wait_until(lambda: len(two.workers) == 2, seconds=60, what="two workers again")


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_when_told_to(installation: Installation, told: signal.Signals) -> None:
    with installation.serving() as serving:
        workers = serving.workers
        serving.process.send_signal(told)
        assert serving.process.wait(60) == 0
    assert not [pid for pid in workers if Path(f"/proc/{pid}").exists()]


def test_workers_do_not_outlive_a_killed_supervisor(installation: Installation) -> None:
    with installation.serving() as serving:
        serving.process.kill()
        port = int(installation.environment["PORT"])
        wait_until(lambda: not accepts_connections(port), seconds=60, what="the port to be free")


def test_a_database_of_another_release_is_refused(installation: Installation) -> None:
    (Path(installation.environment["DATA_DIR"]) / "mykyivstar.db").unlink()
    refused = installation.run("serve")
    assert refused.returncode == 1
    assert "The database has no tables yet" in refused.stderr
    assert "mykyivstar migrate" in refused.stderr


def test_a_missing_front_end_is_refused(installation: Installation, tmp_path: Path) -> None:
    refused = installation.run("serve", REFLEX_WEB_WORKDIR=str(tmp_path / "nowhere"))
    assert refused.returncode == 1
    assert "mykyivstar build" in refused.stderr


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"WORKERS": "2"}, "needs REDIS_URL"),
        ({"PORT": "often"}, "PORT"),
        ({"ENVIRONMENT": "production"}, "SMS_GATEWAY"),
    ],
)
def test_settings_that_cannot_work_are_refused_in_a_sentence(
    installation: Installation, settings: dict[str, str], sentence: str
) -> None:
    refused = installation.run("serve", **settings)
    assert refused.returncode != 0
    assert sentence in refused.stderr
    assert "Traceback" not in refused.stderr
