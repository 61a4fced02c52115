"""What runs beside the pages in every process: following changes and, when asked for, the jobs."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from mykyivstar import logs, wiring
from mykyivstar.demo import consultant
from mykyivstar.demo.going import keep_going_if_wanted
from mykyivstar.jobs.live import ChangeFeed
from mykyivstar.settings import settings
from mykyivstar.state.live import follow

JOBS_AGAIN_S = 5.0


def tasks(app: Any) -> list[Callable[[], Awaitable[None]]]:
    """The lifespan tasks of the app."""

    async def follow_changes() -> None:
        feed = ChangeFeed(wiring.database(), wiring.clock(), bell=wiring.bell())
        wiring.listen(feed.publish)
        wiring.listen_in_passing(feed.pass_on)
        async for subjects in feed.changes():
            try:
                await follow(app, subjects)
            except Exception as error:  # noqa: BLE001 -- whatever one screen ran into, every other would freeze for good
                logs.report(error, "open screens could not be refreshed")

    running: list[Callable[[], Awaitable[None]]] = [follow_changes]
    if settings().is_demo and settings().demo_life:
        running.append(consultant.run)
    if settings().inline_jobs:
        running.append(do_jobs)
    if (bank := wiring.embedded_bank()) is not None:
        running.append(bank.run)
    return running


async def do_jobs() -> None:
    """The jobs of this process, until it ends: also when something they need was not there at first."""
    keep_going_if_wanted()
    while True:
        try:
            await wiring.worker().run()
        except Exception as error:  # noqa: BLE001 -- whatever stopped them, nobody else here would do the jobs
            logs.report(error, "the jobs stopped; they begin again")
            await asyncio.sleep(JOBS_AGAIN_S)
        else:
            return
