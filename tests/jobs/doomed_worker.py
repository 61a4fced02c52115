"""A worker in a process of its own, made to be killed: its gateway takes a message, says so, and never answers."""

import asyncio
import sys
from datetime import timedelta

from mykyivstar.db.database import Database
from mykyivstar.jobs.worker import Worker
from mykyivstar.kit.clock import SystemClock
from mykyivstar.kit.msisdn import Msisdn
from mykyivstar.ports.sms import Accepted, OnReceipt
from tests.jobs.conftest import Ports


class SilentGateway:
    async def start(self, on_receipt: OnReceipt) -> None: ...

    async def stop(self) -> None: ...

    async def submit(self, *, key: str, to: Msisdn, text: str) -> Accepted:
        print("taken", flush=True)  # noqa: T201 the test waits for it
        await asyncio.Event().wait()
        raise AssertionError


async def main(url: str) -> None:
    await Worker(Database(url), Ports(SilentGateway()), SystemClock(), lease=timedelta(seconds=1)).run()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
