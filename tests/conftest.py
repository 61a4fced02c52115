"""What every test may ask for: a clock that stands still and an empty database."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mykyivstar.db.database import Database
from mykyivstar.db.registry import metadata
from mykyivstar.kit.clock import FixedClock


@pytest.fixture
def clock() -> FixedClock:
    """Noon in Kyiv on a day without surprises; move it with `clock.moment += …`."""
    return FixedClock(datetime(2026, 11, 22, 10, 0, tzinfo=UTC))


@pytest.fixture
async def database(tmp_path: Path, clock: FixedClock) -> AsyncIterator[Database]:
    """An empty database with every table."""
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'test.db'}", clock=clock)
    async with database.writer.begin() as connection:
        await connection.run_sync(metadata.create_all)
    yield database
    await database.dispose()
