"""One evening of talk: everybody comes, talks, loses connections, loses the server, talks on, and is counted."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

from benchmarks.chat.cast import Pair
from benchmarks.chat.judge import Notebook, deliveries
from benchmarks.chat.server import Server
from benchmarks.chat.tab import AGAIN_S, Tab

# A message in each conversation, by turns of the two.
EVERY_S = 5.0
_FEW = 20
_LOADING_AT_ONCE = 10
_SETTLE_S = 3.0
_CUT_FOR_S = 3.0
# Before and after each disturbance messages count as disturbed.
_AROUND_S = AGAIN_S + 1.0
_BETWEEN_S = 10.0
_DRAIN_S = 30
# Something that takes longer than this has failed.
_PATIENCE_S = 120.0


@dataclass(frozen=True, slots=True)
class Seen:
    """What an evening showed; times in seconds."""

    book: Notebook
    # While nothing was disturbed, before the cuts and after the restart.
    calm: Sequence[float]
    after: Sequence[float]
    # All of them, those that waited for a connection or the server included.
    whole: Sequence[float]
    # Processor time of the server for each second of the calm part, ours likewise, and messages in it each second.
    cpu: float
    own_cpu: float
    per_s: float
    # KiB of the server for each tab.
    memory: float
    # From the kill until the server answered; from then until all that was typed meanwhile had been seen.
    restart_s: float
    caught_up_s: float
    reloads: int


class Evening:
    """The tabs of all pairs, and what is done to them."""

    def __init__(self, server: Server, pairs: Sequence[Pair], *, holds: Sequence[str], careless: bool) -> None:
        self._server, self._pairs, self._book = server, pairs, Notebook()
        self._careless = careless
        to = partial(Tab, server.address, book=self._book, holds=holds, careless=careless)
        self._mine = [to(each, "customer") for each in pairs]
        self._desk = [to(each, "desk") for each in pairs]
        self._tasks: list[asyncio.Task[None]] = []

    async def pass_by(self, calm_s: float) -> Seen:
        """All of it."""
        try:
            memory = await self._all_come()
            talking = [self._start(self._talk(number)) for number in range(len(self._pairs))]
            await asyncio.sleep(EVERY_S / 2)
            calm = time.perf_counter(), time.perf_counter() + calm_s
            cpu, own = self._server.cpu_seconds(), time.process_time()
            await asyncio.sleep(calm_s)
            cpu, own = self._server.cpu_seconds() - cpu, time.process_time() - own
            await asyncio.sleep(_AROUND_S)
            await self._consultants_are_cut_off()
            restart_s = await self._server_is_killed()
            caught_up_s = await self._catch_up()
            again = time.perf_counter()
            await asyncio.sleep(_BETWEEN_S)
            after = again, time.perf_counter()
            await asyncio.sleep(1)
            for task in talking:
                task.cancel()
            await self._drain()
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
        in_time = deliveries(self._book, *calm)
        return Seen(
            book=self._book,
            calm=in_time,
            after=deliveries(self._book, *after),
            whole=deliveries(self._book, 0, time.perf_counter()),
            cpu=cpu / calm_s,
            own_cpu=own / calm_s,
            per_s=len(in_time) / calm_s,
            memory=memory,
            restart_s=restart_s,
            caught_up_s=caught_up_s,
            reloads=sum(tab.loads - 1 for tab in self._tabs),
        )

    @property
    def _tabs(self) -> list[Tab]:
        return [*self._mine, *self._desk]

    async def _all_come(self) -> float:
        """A few first; KiB that the server grows by for each of the tabs that follow."""
        both = [tab for pair in zip(self._mine, self._desk, strict=True) for tab in pair]
        few, more = both[: 2 * _FEW], both[2 * _FEW :]
        await self._come(few)
        await asyncio.sleep(_SETTLE_S)
        before = self._server.memory_kib()
        await self._come(more)
        await asyncio.sleep(_SETTLE_S)
        return (self._server.memory_kib() - before) / max(1, len(more))

    async def _come(self, tabs: Sequence[Tab]) -> None:
        gate = asyncio.Semaphore(_LOADING_AT_ONCE)

        async def enter(tab: Tab) -> None:
            async with gate:
                self._start(tab.live())
                await asyncio.wait_for(tab.ready.wait(), 60)

        await asyncio.gather(*(enter(tab) for tab in tabs))

    async def _talk(self, number: int) -> None:
        """The two of a pair by turns, every pair at a moment of its own."""
        begin = time.perf_counter() + EVERY_S * number / len(self._pairs)
        turn = 0
        while True:
            await asyncio.sleep(begin + turn * EVERY_S - time.perf_counter())
            tab = (self._mine, self._desk)[turn % 2][number]
            await tab.say(f"{number}-{turn}: Підкажіть, будь ласка, чому цього місяця плата за тариф інша, ніж була?")
            turn += 1

    async def _consultants_are_cut_off(self) -> None:
        """Every second consultant loses the connection; of those, every second one's browser is killed."""
        cut = [tab for tab in self._desk if tab.pair.desk % 2]
        for tab in cut:
            tab.cut()
        await asyncio.sleep(_CUT_FOR_S)
        for tab in cut:
            tab.restore(as_new=tab.pair.desk % 4 == 1)
        await self._wait_for_all()
        await asyncio.sleep(_BETWEEN_S)

    async def _server_is_killed(self) -> float:
        self._server.kill()
        return await asyncio.to_thread(self._server.start)

    async def _wait_for_all(self) -> None:
        async with asyncio.timeout(_PATIENCE_S):
            for tab in self._tabs:
                await tab.ready.wait()

    async def _catch_up(self) -> float:
        """Until everybody is back and has seen what was typed before now; how many seconds that took."""
        began = time.perf_counter()
        await self._wait_for_all()
        missed = set(self._book.typed)
        # What never comes is for the judge to say.
        with suppress(TimeoutError):
            async with asyncio.timeout(_SETTLE_S if self._careless else _PATIENCE_S):
                while not missed <= self._book.seen.keys():  # noqa: ASYNC110  what is waited for is in a notebook
                    await asyncio.sleep(0.1)
        return time.perf_counter() - began

    async def _drain(self) -> None:
        """Until everything is kept and has been seen, or for as long as anybody would wait."""
        for _ in range(0 if self._careless else _DRAIN_S):
            if self._is_all_there:
                break
            await asyncio.sleep(1)
        for tab in self._tabs:
            await tab.sync()
        await asyncio.sleep(2)

    @property
    def _is_all_there(self) -> bool:
        return all(tab.is_settled for tab in self._tabs) and self._book.typed.keys() <= self._book.seen.keys()

    def _start(self, work: Any) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.append(task)
        return task
