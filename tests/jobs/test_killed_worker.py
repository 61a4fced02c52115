"""A worker killed by the machine, in the worst moment: the message is handed over and nobody knows."""

import asyncio
import subprocess
import sys
from datetime import timedelta

from sqlmodel import select

from mykyivstar.db.database import Database
from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.notifications import phones
from mykyivstar.domain.notifications.models import SmsMessage, SmsState
from mykyivstar.domain.notifications.sms import send_sms
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.integrations.sms.embedded import EmbeddedSmsGateway
from mykyivstar.jobs.worker import Worker
from mykyivstar.kit.clock import SystemClock
from mykyivstar.kit.msisdn import Msisdn
from tests.jobs.conftest import Ports, eventually

OLENA = Msisdn("380671000001")


async def message(database: Database) -> SmsMessage:
    async with database.reading() as session:
        return (await session.exec(select(SmsMessage))).one()


async def test_the_next_worker_sends_what_a_killed_one_held_and_flags_it(database_url: str) -> None:
    clock, database = SystemClock(), Database(database_url)
    async with database.unit_of_work() as session:
        await send_sms(
            session,
            to=OLENA,
            template=SmsTemplate.CODE_SIGN_IN,
            params={"code": "K7MD"},
            language=Language.UK,
            at=clock.now(),
            lives=timedelta(minutes=5),
        )
    doomed = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.jobs.doomed_worker", database_url, stdout=subprocess.PIPE
    )
    assert doomed.stdout
    assert await asyncio.wait_for(doomed.stdout.readline(), 120) == b"taken\n"
    doomed.kill()
    await doomed.wait()
    assert (await message(database)).state is SmsState.SENDING

    async def arrive(*, to: Msisdn, text: str) -> int:
        return await phones.receive(database.unit_of_work, to=to, text=text, at=clock.now())

    worker = Worker(database, Ports(EmbeddedSmsGateway(arrive, clock)), clock)
    running = asyncio.create_task(worker.run())

    async def is_delivered() -> bool:
        return (await message(database)).state is SmsState.DELIVERED

    await eventually(is_delivered)
    worker.stop()
    await running
    sent = await message(database)
    assert (sent.may_be_double, sent.attempts, sent.params) == (True, 2, None)
    async with database.reading() as session:
        [copy] = await phones.inbox(session, OLENA)
    assert copy.text.startswith("K7MD ")
    await database.dispose()
