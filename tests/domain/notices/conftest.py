"""Olena with a line and home internet, and what she is told."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from mykyivstar.db.database import Database
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.models import Language, Profile
from mykyivstar.domain.notices import choosing
from mykyivstar.domain.notices.models import AppNotice
from mykyivstar.domain.notices.telling import Whose, tell
from mykyivstar.domain.notices.topics import NoticeTopic, NoticeWay
from mykyivstar.domain.notifications.models import MailMessage, SmsMessage
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.msisdn import Msisdn
from tests.factories.people import hold, make_account, make_line, make_person

PHONE = Msisdn("380671000001")
EMAIL = "olena@example.com"


class Told:
    """What went out, and what Olena chose."""

    def __init__(self, database: Database, clock: FixedClock) -> None:
        self.database, self.clock = database, clock
        self.olena: Actor
        self.line_id: int
        self.account_id: int

    async def open(self) -> None:
        async with self.database.unit_of_work() as session:
            self.olena = await make_person(session)
            (await session.get_one(Profile, self.olena.profile_id)).contact_email = EMAIL
            line, account = await make_line(session), await make_account(session)
            await hold(session, self.olena, line)
            await hold(session, self.olena, account, position=1)
            self.line_id, self.account_id = line.id or 0, account.id or 0

    async def choose(self, topic: NoticeTopic, *, on: str = "", off: str = "") -> None:
        for way, is_on in [*((way, True) for way in on.split()), *((way, False) for way in off.split())]:
            async with self.database.unit_of_work() as session:
                await choosing.choose(session, self.olena, topic, NoticeWay(way), is_on=is_on)

    async def say(self, whose: Whose, template: SmsTemplate = SmsTemplate.INTERNET_ON, **params: str) -> None:
        async with self.database.unit_of_work() as session:
            await tell(
                session,
                whose,
                to=PHONE,
                template=template,
                params=params or {"number": "0004477622"},
                language=Language.UK,
                at=self.clock.now(),
                lives=timedelta(days=1),
            )

    async def rows(self, model: type[Any]) -> Sequence[Any]:
        async with self.database.reading() as session:
            return (await session.exec(select(model).order_by(col(model.id)))).all()

    async def ways(self) -> tuple[int, int, int]:
        """How many SMS, letters and notices in the app there are."""
        sms, letters, notices = [len(await self.rows(each)) for each in (SmsMessage, MailMessage, AppNotice)]
        return sms, letters, notices


@pytest.fixture
async def told(database: Database, clock: FixedClock) -> Told:
    world = Told(database, clock)
    await world.open()
    return world
