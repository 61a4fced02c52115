"""`mykyivstar worker`."""

import asyncio
import signal

import click

from mykyivstar import logs, wiring
from mykyivstar.demo.going import keep_going_if_wanted
from mykyivstar.settings import settings


@click.command("worker")
def worker_command() -> None:
    """Do background jobs, beside servers with INLINE_JOBS=false. Told to stop, it finishes what it is doing."""
    logs.configure(settings().log_format)
    asyncio.run(_work())


async def _work() -> None:
    keep_going_if_wanted()
    worker = wiring.worker()
    loop = asyncio.get_running_loop()
    for told in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(told, worker.stop)
    try:
        await worker.run()
    finally:
        await wiring.database().dispose()
