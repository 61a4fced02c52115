"""Settings as operators write them, and what the programs read."""

import pytest
from pydantic import ValidationError

from mykyivstar.settings import Settings


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("postgresql://me:p%40ss@host/name", "postgresql+psycopg://me:p%40ss@host/name"),
        ("postgres://host/name", "postgresql+psycopg://host/name"),
        ("postgresql+psycopg://host/name", "postgresql+psycopg://host/name"),
        ("sqlite:////srv/mine.db", "sqlite+aiosqlite:////srv/mine.db"),
        ("sqlite+aiosqlite:///mine.db", "sqlite+aiosqlite:///mine.db"),
    ],
)
def test_a_database_is_written_without_its_driver(written: str, read: str) -> None:
    assert Settings(database_url=written).database == read


@pytest.mark.parametrize(
    "written", ["mysql://host/name", "sqlite://", "host/name", "postgresql://me:pa/ss@host:x/name"]
)
def test_an_address_nobody_can_use_is_refused_without_its_password(written: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Settings(database_url=written)
    # What a command tells; the whole of the error has the input in it.
    [told] = [each["msg"] for each in refused.value.errors()]
    assert "write it as" in told
    assert "pa/ss" not in told
