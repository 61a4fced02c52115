"""What runs beside the pages."""

from collections.abc import AsyncIterator, Sequence
from typing import Any

import pytest

from mykyivstar import background
from mykyivstar.db.changes import Subject, Topic


class _Feed:
    """Two changes."""

    def __init__(self, *_: Any, **__: Any) -> None: ...

    def publish(self, *_: Any) -> None: ...

    def pass_on(self, *_: Any) -> None: ...

    async def changes(self) -> AsyncIterator[Sequence[Subject]]:
        yield [Subject(Topic.LINE, 1)]
        yield [Subject(Topic.LINE, 2)]


async def test_a_screen_that_breaks_does_not_freeze_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    followed: list[Sequence[Subject]] = []

    async def follow(_app: Any, subjects: Sequence[Subject]) -> None:
        followed.append(subjects)
        if len(followed) == 1:
            raise KeyError("a mistake of ours")

    monkeypatch.setattr(background, "ChangeFeed", _Feed)
    monkeypatch.setattr(background, "follow", follow)
    for name in ("database", "clock", "bell", "listen", "listen_in_passing", "embedded_bank", "worker"):
        monkeypatch.setattr(background.wiring, name, lambda *_: None)
    await background.tasks(object())[0]()
    assert [each.id for subjects in followed for each in subjects] == [1, 2]


async def test_jobs_that_could_not_begin_begin_later(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tries = []

    class Worker:
        async def run(self) -> None:
            tries.append("ran")

    def worker() -> Worker:
        if not tries:
            tries.append("no room on the disk")
            raise OSError(28, "No space left on device")
        return Worker()

    monkeypatch.setattr(background.wiring, "worker", worker)
    monkeypatch.setattr(background, "JOBS_AGAIN_S", 0.0)
    await background.do_jobs()
    assert tries == ["no room on the disk", "ran"]
    assert "the jobs stopped; they begin again" in caplog.text
