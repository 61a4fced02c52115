"""The security screen's states on a fresh database with a standing clock."""

import pytest

from mykyivstar import wiring
from mykyivstar.db.database import Database
from mykyivstar.kit.clock import FixedClock
from tests.domain.identity.conftest import KEY, World


@pytest.fixture
def world(sqlite_url: str, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> World:
    """SQLite is enough here: the domain's own tests run on both."""
    database = Database(sqlite_url, clock=clock)
    monkeypatch.setattr(wiring, "database", lambda: database)
    monkeypatch.setattr(wiring, "clock", lambda: clock)
    monkeypatch.setattr(wiring, "secret_key", lambda: KEY)
    return World(database, clock)
