"""An outbox, a gateway that does what a test tells it, and the two of them put together."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from sqlmodel import select

from mykyivstar.db.database import Database
from mykyivstar.db.jobs import Postponed
from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.notifications.delivery import deliver
from mykyivstar.domain.notifications.models import SmsMessage, SmsPart
from mykyivstar.domain.notifications.sms import send_sms
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.msisdn import Msisdn
from mykyivstar.ports.sms import Accepted, OnReceipt

OLENA = Msisdn("380671000001")


class ScriptedGateway:
    """Takes messages until told to do otherwise."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.answers: list[Exception | Accepted] = []

    async def start(self, on_receipt: OnReceipt) -> None: ...

    async def stop(self) -> None: ...

    async def submit(self, *, key: str, to: Msisdn, text: str) -> Accepted:
        self.taken.append(text)
        answer = self.answers.pop(0) if self.answers else Accepted(refs=(f"ref-{len(self.taken)}",))
        if isinstance(answer, Exception):
            raise answer
        return answer


def wording(_template: SmsTemplate, _language: Language, params: Mapping[str, str]) -> str:
    return f"code {params['code']}"


class Outbox:
    """One message and what happens to it."""

    def __init__(self, database: Database, clock: FixedClock) -> None:
        self.database, self.clock, self.gateway = database, clock, ScriptedGateway()
        self.sms_id = 0

    async def put(self, *, lives: timedelta = timedelta(minutes=5)) -> None:
        async with self.database.unit_of_work() as session:
            message = await send_sms(
                session,
                to=OLENA,
                template=SmsTemplate.CODE_SIGN_IN,
                params={"code": "K7MD"},
                language=Language.UK,
                at=self.clock.now(),
                lives=lives,
            )
        assert message.id
        self.sms_id = message.id

    async def deliver(self, *answers: Exception | Accepted) -> Postponed | None:
        self.gateway.answers.extend(answers)
        return await deliver(self.database.unit_of_work, self.gateway, wording, sms_id=self.sms_id, at=self.clock.now())

    async def message(self) -> SmsMessage:
        async with self.database.reading() as session:
            return (await session.exec(select(SmsMessage).where(SmsMessage.id == self.sms_id))).one()

    async def parts(self) -> list[str]:
        async with self.database.reading() as session:
            return list((await session.exec(select(SmsPart.ref).where(SmsPart.sms_id == self.sms_id))).all())


@pytest.fixture
async def outbox(database: Database, clock: FixedClock) -> Outbox:
    outbox = Outbox(database, clock)
    await outbox.put()
    return outbox
