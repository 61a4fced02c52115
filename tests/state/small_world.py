"""States on a fresh database with the people of the identity tests and a standing clock."""

from collections.abc import AsyncIterator

import pytest

from mykyivstar import wiring
from mykyivstar.db.database import Database
from mykyivstar.kit.clock import FixedClock
from tests.domain.identity.conftest import KEY, World


@pytest.fixture
async def world(sqlite_url: str, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    """SQLite is enough here: the domain's own tests run on both."""
    database = Database(sqlite_url, clock=clock)
    monkeypatch.setattr(wiring, "database", lambda: database)
    monkeypatch.setattr(wiring, "clock", lambda: clock)
    monkeypatch.setattr(wiring, "secret_key", lambda: KEY)
    yield World(database, clock)
    await database.dispose()
