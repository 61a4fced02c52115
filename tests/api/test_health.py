"""Whoever watches is told of the Redis that several processes need."""

import asyncio
import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from starlette.requests import Request

from mykyivstar import wiring
from mykyivstar.api import health
from mykyivstar.db.database import Database
from mykyivstar.integrations.bell.redis import RedisBell
from mykyivstar.kit.clock import FixedClock


@pytest.fixture(autouse=True)
def database(sqlite_url: str, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    database = Database(sqlite_url, clock=clock)
    monkeypatch.setattr(wiring, "reading", database.reading)
    monkeypatch.setattr(wiring, "clock", lambda: clock)
    yield
    asyncio.run(database.dispose())


def said(monkeypatch: pytest.MonkeyPatch, bell: RedisBell | None) -> tuple[int, dict[str, Any]]:
    monkeypatch.setattr(wiring, "bell", lambda: bell)
    answer = asyncio.run(health.health(Request({"type": "http"})))
    return answer.status_code, json.loads(answer.body)


@contextmanager
def deaf() -> Iterator[int]:
    """A port that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_redis_that_is_down_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    status, checks = said(monkeypatch, RedisBell("redis://127.0.0.1:1/0"))
    assert (status, checks["status"], checks["redis"]) == (503, "unwell", "does not answer")
    assert checks["database"] == "ok"


def test_redis_that_is_silent_is_named_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_TIMEOUT_S", 1)
    with deaf() as port:
        _, checks = said(monkeypatch, RedisBell(f"redis://127.0.0.1:{port}/0"))
    assert checks["redis"] == "does not answer"


@pytest.mark.redis
def test_redis_that_answers_is_no_news(monkeypatch: pytest.MonkeyPatch, redis_url: str) -> None:
    assert "redis" not in said(monkeypatch, RedisBell(redis_url))[1]


def test_without_redis_nobody_asks_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "redis" not in said(monkeypatch, None)[1]
