"""What is noted now and written together a moment later."""

import asyncio
from collections.abc import Mapping
from contextvars import ContextVar

from mykyivstar.kit.later import Later

noted_by: ContextVar[str] = ContextVar("noted_by", default="nobody")


class Paper:
    """Remembers what was written on it, each time apart."""

    def __init__(self) -> None:
        self.pages: list[dict[str, int]] = []
        self.written_by: list[str] = []
        self.written = asyncio.Event()

    async def write(self, waiting: Mapping[str, int]) -> None:
        self.pages.append(dict(waiting))
        self.written_by.append(noted_by.get())
        self.written.set()


async def test_everything_of_a_moment_is_written_together_and_the_newest_counts():
    paper = Paper()
    later = Later(paper.write)
    for key, value in (("a", 1), ("b", 2), ("a", 3)):
        later.note(key, value)
    assert paper.pages == []
    await asyncio.wait_for(paper.written.wait(), 60)
    assert paper.pages == [{"a": 3, "b": 2}]


async def test_what_is_noted_after_a_moment_is_written_in_the_next():
    paper = Paper()
    later = Later(paper.write)
    for value in (1, 2):
        later.note("a", value)
        await asyncio.wait_for(paper.written.wait(), 60)
        paper.written.clear()
    assert paper.pages == [{"a": 1}, {"a": 2}]


async def test_what_is_noted_while_writing_is_written_later():
    paper = Paper()

    async def write(waiting: Mapping[str, int]) -> None:
        if not paper.pages:
            later.note("a", 2)
        await paper.write(waiting)

    later = Later(write)
    later.note("a", 1)
    await later.keep()
    await later.keep()
    assert paper.pages == [{"a": 1}, {"a": 2}]


async def test_keeping_writes_at_once_and_nothing_twice():
    paper = Paper()
    later = Later(paper.write)
    later.note("a", 1)
    await later.keep()
    await later.keep()
    assert paper.pages == [{"a": 1}]


async def test_nobody_is_the_caller_of_what_is_written():
    paper = Paper()
    later = Later(paper.write)
    noted_by.set("olena")
    later.note("a", 1)
    await asyncio.wait_for(paper.written.wait(), 60)
    assert paper.written_by == ["nobody"]
