"""A request's own page: whoever has its address, and nobody else (K3); answers by every way (M5)."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from mykyivstar.domain.feedback import requests
from mykyivstar.domain.feedback.letters import Answer, answer_of
from mykyivstar.domain.identity.errors import TooManyTries
from mykyivstar.domain.identity.models import Language, Profile
from mykyivstar.domain.notifications.models import MailMessage, SmsMessage
from mykyivstar.domain.support.errors import MessageTooLong, TicketClosed, TicketStateUnfit
from mykyivstar.domain.support.models import Specialism
from mykyivstar.domain.support.tickets import hearing, opening, queries
from mykyivstar.domain.support.tickets.models import AnswerBy, Ticket, TicketSource, TicketState
from mykyivstar.kit.email import NotAnEmail
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.msisdn import Msisdn
from tests.domain.feedback.conftest import Postbox
from tests.factories.people import hold, make_line


async def seen(postbox: Postbox, code: str) -> Ticket:
    async with postbox.database.reading() as session:
        return await requests.request_of(session, code)


async def add(postbox: Postbox, ticket: Ticket, text: str = "Ще одне", address: str = "203.0.113.7") -> None:
    at = postbox.clock.now()
    await requests.write(postbox.database.unit_of_work, ticket.code, text=text, address=address, at=at)


async def sms(postbox: Postbox) -> Sequence[SmsMessage]:
    async with postbox.database.reading() as session:
        return (await session.exec(select(SmsMessage))).all()


async def letters(postbox: Postbox) -> Sequence[MailMessage]:
    async with postbox.database.reading() as session:
        return (await session.exec(select(MailMessage))).all()


async def dispute(postbox: Postbox) -> Ticket:
    """Olena's, from her own profile."""
    async with postbox.database.unit_of_work() as session:
        return await opening.open_ticket(
            session,
            source=TicketSource.DISPUTE,
            source_ref="1",
            specialism=Specialism.MOBILE,
            title="Платіж",
            words="Немає грошей.",
            language=Language.UK,
            profile_id=postbox.olena.profile_id,
            at=postbox.clock.now(),
        )


async def test_only_what_was_sent_without_signing_in_is_read_by_its_address(postbox: Postbox) -> None:
    ticket = await postbox.write()
    assert (await seen(postbox, ticket.code)).id == ticket.id
    mine, payment = await postbox.write(contact="", actor=postbox.olena), await dispute(postbox)
    for code in (mine.code, payment.code, "nobodys", "", str(ticket.id), ticket.code[:-1]):
        with pytest.raises(NotFound):
            await seen(postbox, code)
        with pytest.raises(NotFound):
            await requests.write(
                postbox.database.unit_of_work, code, text="Я теж тут", address="a", at=postbox.clock.now()
            )
        async with postbox.database.unit_of_work() as session:
            with pytest.raises(NotFound):
                await requests.accept(session, code, at=postbox.clock.now())


async def test_both_sides_write_until_it_is_closed(postbox: Postbox) -> None:
    ticket = await postbox.write()
    await postbox.reply(ticket, "Перезавантажте роутер.", TicketState.SOLVED)
    await add(postbox, ticket, "Не допомогло")
    assert (await seen(postbox, ticket.code)).state is TicketState.IN_WORK
    async with postbox.database.unit_of_work() as session:
        with pytest.raises(TicketStateUnfit):
            await requests.accept(session, ticket.code, at=postbox.clock.now())
    await postbox.reply(ticket, "Тепер працює.", TicketState.SOLVED)
    async with postbox.database.unit_of_work() as session:
        await requests.accept(session, ticket.code, at=postbox.clock.now())
    with pytest.raises(TicketClosed):
        await add(postbox, ticket)
    assert await postbox.written(ticket) == ["Перезавантажте роутер.", "Не допомогло", "Тепер працює."]


async def test_what_is_sent_twice_is_written_once_and_what_is_too_much_not_at_all(postbox: Postbox) -> None:
    ticket = await postbox.write()
    await add(postbox, ticket, "Двічі")
    await add(postbox, ticket, "Двічі")
    assert await postbox.written(ticket) == ["Двічі"]
    with pytest.raises(MessageTooLong):
        await add(postbox, ticket, "ж" * 20_000)
    for number in range(8):
        await add(postbox, ticket, f"Ще {number}")
    with pytest.raises(TooManyTries):
        await add(postbox, ticket, "Одинадцяте")
    assert len(await postbox.written(ticket)) == 9


async def test_an_address_gets_a_letter_for_each_answer_and_no_sms(postbox: Postbox) -> None:
    ticket = await postbox.write()
    await postbox.reply(ticket, "Перша")
    await postbox.reply(ticket, "Друга")
    sent = await letters(postbox)
    assert [each.to for each in sent] == ["ivan@example.com"] * 2
    assert len({each.key for each in sent}) == 2
    async with postbox.database.reading() as session:
        first = await answer_of(session, (sent[0].params or {})["note_id"])
    assert first == Answer(ticket.number, ticket.code, "Перша", is_public=True)
    assert await sms(postbox) == []


async def test_a_number_gets_an_sms_with_the_way_to_the_answer_and_not_at_night(postbox: Postbox) -> None:
    ticket = await postbox.write(contact="067 100 00 01")
    postbox.clock.moment = datetime(2026, 11, 22, 21, tzinfo=UTC)
    await postbox.reply(ticket)
    [sent] = await sms(postbox)
    assert (sent.to, sent.params) == (Msisdn("380671000001"), {"number": ticket.number, "request": ticket.code})
    assert sent.expires_at == datetime(2026, 11, 23, 7, tzinfo=UTC) + timedelta(days=1)
    assert await letters(postbox) == []


async def test_a_customer_chooses_how_to_hear_of_answers(postbox: Postbox) -> None:
    async with postbox.database.unit_of_work() as session:
        await hold(session, postbox.olena, await make_line(session))
    ticket = await dispute(postbox)

    async def chosen(way: AnswerBy, email: str = "") -> tuple[int, int]:
        async with postbox.database.unit_of_work() as session:
            await hearing.choose(session, postbox.olena, ticket.code, way=way, email=email)
        before = len(await sms(postbox)), len(await letters(postbox))
        await postbox.reply(ticket, f"Відповідь: {way}")
        return len(await sms(postbox)) - before[0], len(await letters(postbox)) - before[1]

    assert await chosen(AnswerBy.SMS) == (1, 0)
    assert await chosen(AnswerBy.EMAIL, "olena@example.com") == (0, 1)
    assert await chosen(AnswerBy.APP) == (0, 0)
    async with postbox.database.unit_of_work() as session:
        with pytest.raises(NotAnEmail):
            await hearing.choose(session, postbox.olena, ticket.code, way=AnswerBy.EMAIL, email="a@b\r\nBcc: c@d.com")
        with pytest.raises(NotFound):
            await hearing.choose(session, postbox.taras, ticket.code, way=AnswerBy.APP, email="")


async def test_whoever_has_no_number_gets_a_letter_at_the_address_of_the_profile(postbox: Postbox) -> None:
    async with postbox.database.unit_of_work() as session:
        (await session.get_one(Profile, postbox.olena.profile_id)).contact_email = "olena@example.com"
    await postbox.reply(await dispute(postbox))
    assert [each.to for each in await letters(postbox)] == ["olena@example.com"]


async def test_an_answer_is_news_until_its_customer_has_looked(postbox: Postbox) -> None:
    ticket = await dispute(postbox)

    async def is_news() -> bool:
        async with postbox.database.reading() as session:
            return (await queries.ticket_of(session, postbox.olena, ticket.code)).has_news

    assert not await is_news()
    await postbox.reply(ticket)
    assert await is_news()
    async with postbox.database.unit_of_work() as session:
        with pytest.raises(NotFound):
            await hearing.saw(session, postbox.taras, ticket.code, at=postbox.clock.now())
        await hearing.saw(session, postbox.olena, ticket.code, at=postbox.clock.now())
    assert not await is_news()
