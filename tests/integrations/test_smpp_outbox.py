"""The outbox and SMPP together, while the SMS centre dies in the middle."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from sqlmodel import col, func, select

from mykyivstar.db.database import Database
from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.notifications.models import SmsMessage, SmsPart, SmsState
from mykyivstar.domain.notifications.sms import send_sms
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.integrations.sms.smpp import SmppSmsGateway
from mykyivstar.jobs.worker import Worker
from mykyivstar.kit.clock import SystemClock
from mykyivstar.kit.msisdn import Msisdn
from tests.jobs.conftest import Ports, eventually
from tests.peers.smsc.peer import PASSWORD, SYSTEM_ID, Smsc, arrived, smsc

MESSAGES = 100


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url)
    yield database
    await database.dispose()


@asynccontextmanager
async def working(database: Database, centre: Smsc) -> AsyncIterator[None]:
    clock = SystemClock()
    gateway = SmppSmsGateway(
        host="127.0.0.1",
        port=centre.port,
        system_id=SYSTEM_ID,
        password=PASSWORD,
        sender="Kyivstar",
        clock=clock,
    )
    worker = Worker(database, Ports(gateway), clock)
    running = asyncio.create_task(worker.run())
    yield
    worker.stop()
    await running


async def put_messages(database: Database, lives: timedelta = timedelta(minutes=5)) -> None:
    async with database.unit_of_work() as session:
        for number in range(MESSAGES):
            await send_sms(
                session,
                to=Msisdn(f"38067100{number:04d}"),
                template=SmsTemplate.CODE_SIGN_IN,
                params={"code": "K7MD"},
                language=Language.UK,
                at=SystemClock().now(),
                lives=lives,
            )


async def states(database: Database) -> set[SmsState]:
    async with database.reading() as session:
        return set((await session.exec(select(SmsMessage.state).distinct())).all())


async def messages(database: Database) -> list[SmsMessage]:
    async with database.reading() as session:
        return list((await session.exec(select(SmsMessage))).all())


async def test_a_centre_killed_among_a_hundred_messages_loses_none_and_doubles_only_the_flagged(
    database: Database,
) -> None:
    async with smsc(dieAt=MESSAGES // 2) as centre, working(database, centre):
        await put_messages(database)
        await centre.gone()
        await asyncio.sleep(0.3)
        await centre.start()

        async def none_waits() -> bool:
            return await states(database) <= {SmsState.SENT, SmsState.DELIVERED}

        await eventually(none_waits, within_s=120)
        came = Counter(number for number, _ in arrived(centre.told("submit")))
        flagged = {message.to.digits for message in await messages(database) if message.may_be_double}
    assert len(came) == MESSAGES
    assert flagged, "the one that killed the centre has no answer"
    assert {number for number, copies in came.items() if copies > 1} <= flagged
    assert len(flagged) <= 16, "no more than were on their way at once"


async def test_receipts_make_messages_delivered_even_when_they_overtake_the_answer(database: Database) -> None:
    async with smsc(receiptAfterMs=0) as centre, working(database, centre):
        await put_messages(database)

        async def all_are_delivered() -> bool:
            return await states(database) == {SmsState.DELIVERED}

        await eventually(all_are_delivered, within_s=120)
        async with database.reading() as session:
            parts = (await session.exec(select(func.count(col(SmsPart.id))))).one()
    assert parts == MESSAGES
    assert all(message.params is None and not message.may_be_double for message in await messages(database))


async def test_codes_that_expire_while_the_centre_is_away_are_never_sent(database: Database) -> None:
    async with smsc() as centre:
        await centre.kill()
        async with working(database, centre):
            await put_messages(database, lives=timedelta(seconds=1))

            async def all_are_expired() -> bool:
                return await states(database) == {SmsState.EXPIRED}

            await eventually(all_are_expired, within_s=120)
            await centre.start()
            await centre.hears("bind")
    assert centre.told("submit") == []


async def test_a_centre_that_throttles_gets_each_message_in_the_end_and_once(database: Database) -> None:
    async with smsc(throttleFrom=MESSAGES // 2) as centre, working(database, centre):
        await put_messages(database)
        await centre.hears("submit", MESSAGES)
        await centre.behave(throttleFrom=0)

        async def none_waits() -> bool:
            return await states(database) <= {SmsState.SENT, SmsState.DELIVERED}

        await eventually(none_waits, within_s=120)
        kept = await messages(database)
        written = len(arrived(centre.told("submit")))
    assert not any(message.may_be_double for message in kept), "what was refused was not taken"
    assert written == sum(message.attempts for message in kept) > MESSAGES, "the outbox knows of each try"
