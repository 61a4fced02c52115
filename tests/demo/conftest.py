"""A demo world, made once and copied for each test that wants to change it."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from mykyivstar.db.database import Database
from mykyivstar.demo.build import build
from mykyivstar.demo.world import World, begin

TODAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
SEED = 1840


@pytest.fixture(scope="session")
def world() -> World:
    return begin(SEED, NOON)


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Path:
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    shutil.copyfile(sqlite_template, path)

    async def make() -> None:
        database = Database(f"sqlite+aiosqlite:///{path}")
        await build(database, today=TODAY, at=NOON)
        await database.dispose()

    asyncio.run(make())
    return path


@pytest.fixture
async def demo(demo_file: Path, tmp_path: Path) -> AsyncIterator[Database]:
    """A copy of the demo world of TODAY."""
    shutil.copyfile(demo_file, tmp_path / "demo.db")
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'demo.db'}")
    yield database
    await database.dispose()
