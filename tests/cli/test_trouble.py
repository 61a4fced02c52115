"""What is wrong around a command is said in a sentence, whichever command it is; what is wrong in it is not hidden."""

import asyncio
import os
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy.exc import OperationalError

from mykyivstar import settings as settings_of
from mykyivstar import wiring
from mykyivstar.cli import main, trouble
from mykyivstar.db import schema
from mykyivstar.db.database import Database
from mykyivstar.kit.clock import FixedClock
from tests.serving.running import PROJECT

EACH = [
    *(["demo"], ["prove-ledger"], ["jobs", "run", "fees"], ["staff", "list"], ["partner", "list"], ["faults", "list"]),
    *(["issue-temporary-password", "0000600001"], ["refund-payment", "1"], ["serve"]),
    ["import", str(PROJECT / "docs" / "examples" / "import")],
]


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings that name a folder without anything in it."""
    for name in set(os.environ) & {name.upper() for name in settings_of.Settings.model_fields}:
        monkeypatch.delenv(name)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(PROJECT)


def run(words: list[str], database: Database | None, monkeypatch: pytest.MonkeyPatch, **given: str) -> Result:
    """As in a process of its own: nothing is remembered of the settings."""
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    settings_of.settings.cache_clear()
    if database is not None:
        monkeypatch.setattr(wiring, "database", lambda: database)
    try:
        return CliRunner().invoke(main, words)
    finally:
        settings_of.settings.cache_clear()


def told(done: Result) -> str:
    """The one sentence that it ended with."""
    assert isinstance(done.exception, SystemExit), done.exception
    assert done.exit_code == 1
    [line] = done.stderr.splitlines()
    return line


@pytest.mark.parametrize("words", EACH, ids=" ".join)
def test_a_database_without_tables_is_named_with_its_remedy(
    words: list[str], tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = Database(f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}", clock=clock)
    assert told(run(words, empty, monkeypatch)) == (
        f"Error: The database has no tables yet; this release needs {schema.newest()}. Run: mykyivstar migrate"
    )


@pytest.mark.parametrize("words", EACH, ids=" ".join)
def test_a_server_that_is_down_is_named(words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    away = Database("postgresql+psycopg://somebody:Kobzar@127.0.0.1:1/x")
    line = told(run(words, away, monkeypatch))
    assert line.startswith("Error: The database cannot be used: ")
    assert "refused" in line
    assert "Kobzar" not in line


def test_a_migration_says_that_the_server_is_down(monkeypatch: pytest.MonkeyPatch) -> None:
    done = run(["migrate"], None, monkeypatch, DATABASE_URL="postgresql://somebody:Kobzar@127.0.0.1:1/x")
    assert "refused" in told(done)


@pytest.mark.parametrize("words", [["migrate"], ["demo"]], ids=" ".join)
def test_a_folder_that_cannot_be_one_is_named(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").write_text("a file")
    wiring.database.cache_clear()
    assert str(tmp_path / "data") in told(run(words, None, monkeypatch))


def test_a_mistake_of_ours_is_seen_whole(
    sqlite_url: str, tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "migrated.db"
    asyncio.run(schema.upgrade(f"sqlite+aiosqlite:///{path}"))
    database = Database(f"sqlite+aiosqlite:///{path}", clock=clock)
    monkeypatch.setattr(wiring, "database", lambda: database)
    mistake = OperationalError("SELECT nonsense", {}, sqlite3.OperationalError("no such column: nonsense"))
    assert trouble.sentence(mistake) is None
    assert trouble.sentence(ValueError("of ours")) is None
    full = OperationalError("INSERT", {}, sqlite3.OperationalError("database or disk is full"))
    assert trouble.sentence(full) == "The database cannot be used: database or disk is full"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"DATABASE_URL": "nonsense"}, "DATABASE_URL: write it as postgresql://user:password@host/name"),
        ({"DATABASE_URL": "mysql://me:Kobzar@host/x"}, "DATABASE_URL: write it as postgresql://"),
        ({"DATABASE_URL": "postgresql://me:Kob/zar@host/x"}, "DATABASE_URL: write it as postgresql://"),
        ({"REDIS_URL": "localhost:6379"}, "REDIS_URL: write it as redis://"),
        ({"PUBLIC_ORIGINS": "my.example.ua"}, "PUBLIC_ORIGINS: 'my.example.ua' is no origin"),
        ({"PUBLIC_ORIGINS": "https://my.example.ua/home"}, "PUBLIC_ORIGINS: 'https://my.example.ua/home' is no origin"),
        ({"TRUSTED_PROXIES": "10.0.0.1/8"}, "TRUSTED_PROXIES: 10.0.0.1/8 has host bits set"),
        ({"SECRET_KEY": "x", "WORKERS": "many"}, "WORKERS: "),
    ],
)
def test_a_setting_that_cannot_be_meant_is_named_and_no_password_told(
    given: dict[str, str], sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = told(run(["staff", "list"], None, monkeypatch, **given))
    assert line.startswith(f"Error: {sentence}")
    assert "Kob" not in line


def test_the_settings_are_shown_without_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    wiring.database.cache_clear()
    done = run(
        ["check-config"],
        None,
        monkeypatch,
        DATABASE_URL="postgresql://somebody:Kobzar@127.0.0.1:1/x",
        REDIS_URL="redis://:Kobzar@127.0.0.1:1/0",
        SECRET_KEY="Kobzar" * 6,
        WORKER="2",
    )
    wiring.database.cache_clear()
    assert done.exit_code == 1
    assert "DATABASE_URL=postgresql://somebody:**********@127.0.0.1:1/x" in done.stdout
    assert "WORKER is no setting and changes nothing; is WORKERS meant?" in done.stderr
    assert "DATABASE_URL: the database cannot be used" in done.stderr
    assert "REDIS_URL: Redis cannot be reached" in done.stderr
    assert "Kobzar" not in done.output


def test_a_folder_that_keeps_nothing_is_found_before_it_is_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").write_text("a file")
    wiring.database.cache_clear()
    done = run(["check-config"], None, monkeypatch)
    wiring.database.cache_clear()
    assert done.exit_code == 1
    assert done.stderr.splitlines() == [f"DATA_DIR: {tmp_path / 'data'} cannot be written to: File exists"]
