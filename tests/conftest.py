"""What every test may ask for: a clock that stands still and an empty database, on each kind of database we support."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy.ext.asyncio import create_async_engine

from mykyivstar.db.database import Database
from mykyivstar.db.registry import metadata
from mykyivstar.kit.clock import FixedClock

pytest_plugins = [
    "tests.fixtures.scratch",
    "tests.fixtures.collection",
    "tests.fixtures.drawing",
    "tests.fixtures.engines",
    "tests.fixtures.passwords",
    "tests.fixtures.postgres",
    "tests.fixtures.redis",
    "tests.fixtures.skips",
    "tests.fixtures.order",
]

EachUrl = Callable[[], AbstractContextManager[str]]


@pytest.fixture
def clock() -> FixedClock:
    """Noon in Kyiv on a day without surprises; move it with `clock.moment += …`."""
    return FixedClock(datetime(2026, 11, 22, 10, 0, tzinfo=UTC))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with every table and no rows, to copy from."""
    path = tmp_path_factory.mktemp("template") / "template.db"

    async def make_tables() -> None:
        engine = create_async_engine(f"sqlite+aiosqlite:///{path}")
        async with engine.begin() as connection:
            await connection.run_sync(metadata.create_all)
        await engine.dispose()

    asyncio.run(make_tables())
    return path


@pytest.fixture(scope="session")
def each_sqlite_url(sqlite_template: Path) -> EachUrl:
    """For drawn tests, which want a fresh database with every table for each example: its address, in a block."""

    @contextmanager
    def fresh() -> Iterator[str]:
        with TemporaryDirectory(dir=sqlite_template.parent) as folder:
            shutil.copyfile(sqlite_template, Path(folder) / "drawn.db")
            yield f"sqlite+aiosqlite:///{Path(folder) / 'drawn.db'}"

    return fresh


@pytest.fixture
def sqlite_url(tmp_path: Path, sqlite_template: Path) -> str:
    """The address of a fresh database with every table."""
    shutil.copyfile(sqlite_template, tmp_path / "test.db")
    return f"sqlite+aiosqlite:///{tmp_path / 'test.db'}"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a fresh database with every table: the test runs once on each kind."""
    fixture = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    return str(request.getfixturevalue(fixture))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def bare_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without any table: what `migrate` meets on a new installation."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'bare.db'}"
    return str(request.getfixturevalue("bare_postgres_url"))


@pytest.fixture
async def database(database_url: str, clock: FixedClock) -> AsyncIterator[Database]:
    """An empty database with every table; `-m "not postgres"` runs on SQLite alone."""
    database = Database(database_url, clock=clock)
    yield database
    await database.dispose()
