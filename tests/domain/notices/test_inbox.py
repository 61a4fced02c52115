"""Notices in the app: one's own, the newest first, marked until looked at."""

from sqlmodel import col, select

from mykyivstar.db.changes import Change
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.notices import inbox
from mykyivstar.domain.notices.inbox import Marks
from mykyivstar.domain.notifications.templates import SmsTemplate
from tests.domain.notices.conftest import Told
from tests.factories.people import make_person


async def put(told: Told, template: SmsTemplate, number: str, about: str = "") -> None:
    async with told.database.unit_of_work() as session:
        await inbox.put(session, told.olena.profile_id, template, {"number": number}, at=told.clock.now(), about=about)


async def marks(told: Told, actor: Actor | None = None) -> Marks:
    async with told.database.reading() as session:
        return await inbox.marks(session, actor or told.olena)


async def saw(told: Told, actor: Actor | None = None, **which) -> int:
    async with told.database.unit_of_work() as session:
        return await inbox.saw(session, actor or told.olena, at=told.clock.now(), **which)


async def changes(told: Told) -> list[str]:
    async with told.database.reading() as session:
        return list((await session.exec(select(Change.subject).order_by(col(Change.id)))).all())


async def test_what_waits_is_marked_by_what_it_is_about(told: Told) -> None:
    await put(told, SmsTemplate.INTERNET_ON, "0004477622")
    assert await marks(told) == Marks(1, ticket=False, application=False)
    await put(told, SmsTemplate.TICKET_ANSWERED, "T-000001", "ticket:abc")
    await put(told, SmsTemplate.APPLICATION_APPROVED, "A-000001", "application:xyz")
    assert await marks(told) == Marks(3, ticket=True, application=True)
    assert await saw(told, about="ticket:abc") == 1
    assert await marks(told) == Marks(2, ticket=False, application=True)
    assert await saw(told) == 2
    assert await marks(told) == Marks()


async def test_only_what_was_on_the_screen_is_seen(told: Told) -> None:
    await put(told, SmsTemplate.INTERNET_ON, "0004477622")
    async with told.database.reading() as session:
        [shown] = await inbox.newest(session, told.olena)
    await put(told, SmsTemplate.INTERNET_ON, "0004477623")
    assert await saw(told, up_to=shown.id) == 1
    assert (await marks(told)).unseen == 1


async def test_a_newer_answer_takes_the_place_of_one_that_was_not_seen(told: Told) -> None:
    for _ in range(2):
        await put(told, SmsTemplate.TICKET_ANSWERED, "T-000001", "ticket:abc")
    assert (await marks(told)).unseen == 1
    await saw(told)
    await put(told, SmsTemplate.TICKET_ANSWERED, "T-000001", "ticket:abc")
    async with told.database.reading() as session:
        assert [each.seen_at is None for each in await inbox.newest(session, told.olena)] == [True, False]


async def test_nobody_elses_notices_are_read_or_seen(told: Told) -> None:
    async with told.database.unit_of_work() as session:
        taras = await make_person(session, "taras")
    await put(told, SmsTemplate.TICKET_ANSWERED, "T-000001", "ticket:abc")
    assert await saw(told, taras) == 0
    assert await marks(told, taras) == Marks()
    async with told.database.reading() as session:
        assert await inbox.newest(session, taras) == []
        assert not await inbox.is_news(session, taras, "ticket:abc")
        assert await inbox.is_news(session, told.olena, "ticket:abc")
        assert await inbox.with_news(session, [taras.profile_id, told.olena.profile_id]) == {told.olena.profile_id}


async def test_open_screens_hear_of_what_comes_and_of_what_was_looked_at_once(told: Told) -> None:
    await put(told, SmsTemplate.INTERNET_ON, "0004477622")
    await saw(told)
    await saw(told)
    assert await changes(told) == [f"notices:{told.olena.profile_id}"] * 2
