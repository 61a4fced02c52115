"""Putting messages into the outbox."""

from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlmodel import select

from mykyivstar.db.database import Database
from mykyivstar.db.jobs import Job
from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.notifications.models import SmsMessage, SmsState
from mykyivstar.domain.notifications.sms import send_sms, suppress_sms
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.msisdn import Msisdn

OLENA = Msisdn("380671000001")


def a_code(clock: FixedClock, code: str = "K7MD") -> dict:
    return {
        "to": OLENA,
        "template": SmsTemplate.CODE_SIGN_IN,
        "params": {"code": code},
        "language": Language.UK,
        "at": clock.now(),
        "lives": timedelta(minutes=5),
    }


async def test_an_sms_and_its_job_are_one_transaction(database: Database, clock: FixedClock) -> None:
    async with database.unit_of_work() as session:
        message = await send_sms(session, **a_code(clock))
    async with database.reading() as session:
        [job] = (await session.exec(select(Job))).all()
        [stored] = (await session.exec(select(SmsMessage))).all()
    assert (job.kind, job.payload) == ("sms.send", {"sms_id": message.id})
    assert stored.state is SmsState.WAITING
    assert stored.params == {"code": "K7MD"}
    assert stored.expires_at - stored.created_at == timedelta(minutes=5)


async def test_a_rolled_back_sms_leaves_nothing_behind(database: Database, clock: FixedClock) -> None:
    async def change_my_mind() -> None:
        async with database.unit_of_work() as session:
            await send_sms(session, **a_code(clock))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await change_my_mind()
    async with database.reading() as session:
        assert (await session.exec(select(Job))).all() == []
        assert (await session.exec(select(SmsMessage))).all() == []


async def test_a_decoy_keeps_no_code_and_does_the_same_work(database: Database, clock: FixedClock) -> None:
    statements: dict[str, list[str]] = {"real": [], "decoy": []}
    for kind, put in (("real", send_sms), ("decoy", suppress_sms)):

        def note(_connection, _cursor, statement, *_rest, seen=statements[kind]) -> None:
            seen.append(statement)

        event.listen(database.writer.sync_engine, "before_cursor_execute", note)
        async with database.unit_of_work() as session:
            message = await put(session, **a_code(clock))
        event.remove(database.writer.sync_engine, "before_cursor_execute", note)
    assert statements["decoy"] == statements["real"]
    assert len(statements["real"]) > 1
    assert message.state is SmsState.SUPPRESSED
    assert message.params is None


async def test_values_that_do_not_fit_the_template_are_our_mistake(database: Database, clock: FixedClock) -> None:
    with pytest.raises(AssertionError):
        async with database.unit_of_work() as session:
            await send_sms(session, **{**a_code(clock), "params": {}})
