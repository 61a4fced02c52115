"""The demo phones and their inboxes."""

from datetime import timedelta

from sqlmodel import select

from mykyivstar.db.changes import Change
from mykyivstar.db.database import Database
from mykyivstar.domain.lines.models import Line, Owner
from mykyivstar.domain.notifications.phones import INBOX_SIZE_MAX, PHONES_MAX, Phone, inbox, phones, receive
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.msisdn import Msisdn
from tests.factories.people import hold, make_line, make_person

OLENA, ANDRII, STRANGER = Msisdn("380671000001"), Msisdn("380682000001"), Msisdn("380990000000")


async def test_an_inbox_holds_its_own_messages_newest_first_and_tells_that_it_changed(
    database: Database, clock: FixedClock
) -> None:
    for number, text in ((OLENA, "first"), (ANDRII, "other"), (OLENA, "second")):
        await receive(database.unit_of_work, to=number, text=text, at=clock.now())
        clock.moment += timedelta(seconds=1)
    async with database.reading() as session:
        assert [message.text for message in await inbox(session, OLENA)] == ["second", "first"]
        changes = (await session.exec(select(Change.subject))).all()
    assert list(changes) == ["phone:380671000001", "phone:380682000001", "phone:380671000001"]


async def test_an_inbox_shows_the_last_fifty(database: Database, clock: FixedClock) -> None:
    for number in range(INBOX_SIZE_MAX + 3):
        await receive(database.unit_of_work, to=OLENA, text=str(number), at=clock.now())
    async with database.reading() as session:
        texts = [message.text for message in await inbox(session, OLENA)]
    assert len(texts) == INBOX_SIZE_MAX
    assert texts[0] == "52"


async def test_phones_that_rang_last_come_before_those_of_the_register(database: Database, clock: FixedClock) -> None:
    async with database.unit_of_work() as session:
        owner = Owner(ref="o1", name="Олена Коваленко")
        session.add(owner)
        await session.flush()
        person = await make_person(session)
        await hold(session, person, await make_line(session, OLENA.digits, owner_id=owner.id))
        session.add(Line(msisdn=Msisdn("380671009999")))
    await receive(database.unit_of_work, to=ANDRII, text="a", at=clock.now())
    await receive(database.unit_of_work, to=STRANGER, text="b", at=clock.now())
    async with database.reading() as session:
        known = await phones(session)
    assert known == [Phone(STRANGER, ""), Phone(ANDRII, ""), Phone(OLENA, "Олена Коваленко")]


async def test_there_are_no_more_phones_than_can_be_looked_over(database: Database, clock: FixedClock) -> None:
    for number in range(20):
        await receive(database.unit_of_work, to=Msisdn(f"38067100{number:04d}"), text="x", at=clock.now())
    async with database.reading() as session:
        assert len(await phones(session)) == PHONES_MAX
