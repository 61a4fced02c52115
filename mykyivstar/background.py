"""What runs beside the pages in every process: following changes and, when asked for, the jobs."""

from collections.abc import Awaitable, Callable
from typing import Any

from mykyivstar import logs, wiring
from mykyivstar.demo import consultant
from mykyivstar.demo.going import keep_going_if_wanted
from mykyivstar.jobs.live import ChangeFeed
from mykyivstar.settings import settings
from mykyivstar.state.live import follow


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

    async def run_jobs() -> None:
        keep_going_if_wanted()
        await wiring.worker().run()

    running: list[Callable[[], Awaitable[None]]] = [follow_changes]
    if settings().is_demo and settings().demo_life:
        running.append(consultant.run)
    if settings().inline_jobs:
        running.append(run_jobs)
    if (bank := wiring.embedded_bank()) is not None:
        running.append(bank.run)
    return running
