"""From the form to a ticket: once, by people, not too often, and nothing is sent to anybody (K3)."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlmodel import select

from mykyivstar.domain.feedback.errors import (
    ContactTakesNoSms,
    ContactUnfit,
    LooksLikeARobot,
    PuzzleTooOld,
    PuzzleUnsolved,
)
from mykyivstar.domain.feedback.sending import About, title_of
from mykyivstar.domain.identity.errors import TooManyTries
from mykyivstar.domain.notifications.models import MailMessage, SmsMessage
from mykyivstar.domain.support.errors import MessageEmpty, MessageTooLong
from mykyivstar.domain.support.models import Specialism
from mykyivstar.domain.support.tickets.models import AnswerBy, Ticket, TicketSource
from mykyivstar.kit.msisdn import Msisdn
from tests.domain.feedback.conftest import Postbox


async def tickets(postbox: Postbox) -> Sequence[Ticket]:
    async with postbox.database.reading() as session:
        return (await session.exec(select(Ticket))).all()


async def test_a_message_becomes_a_ticket_for_whoever_knows_about_it_and_nothing_is_sent(postbox: Postbox) -> None:
    ticket = await postbox.write(name=" Іван\n Франко ", contact="Ivan@Example.com")
    assert (ticket.source, ticket.specialism, ticket.profile_id) == (TicketSource.FORM, Specialism.INTERNET, None)
    assert (ticket.contact_email, ticket.answer_by, ticket.contact_name) == (
        "Ivan@example.com",
        AnswerBy.EMAIL,
        "Іван Франко",
    )
    assert ticket.deadline_at == postbox.clock.now() + timedelta(hours=24)
    assert ticket.is_public
    assert len(ticket.code) == 16
    async with postbox.database.reading() as session:
        assert (await session.exec(select(SmsMessage))).all() == []
        assert (await session.exec(select(MailMessage))).all() == []


async def test_a_number_in_any_way_of_writing_is_where_an_sms_goes(postbox: Postbox) -> None:
    ticket = await postbox.write(contact="(067) 100-00-01", about=About.OTHER)
    assert (ticket.contact_phone, ticket.answer_by) == (Msisdn("380671000001"), AnswerBy.SMS)
    assert ticket.specialism is Specialism.MOBILE


async def test_a_customer_need_not_say_where(postbox: Postbox) -> None:
    ticket = await postbox.write(contact=" ", actor=postbox.olena)
    assert (ticket.profile_id, ticket.is_public) == (postbox.olena.profile_id, False)
    assert (ticket.contact_email, ticket.contact_phone) == (None, None)


@pytest.mark.parametrize(
    "contact",
    ["", "Іван", "ivan@", "ivan@example.com\nBcc: all@example.com", "a@b.com, c@d.com", "066", "+48 601 123 456"],
)
async def test_where_nothing_can_be_sent_is_refused(postbox: Postbox, contact: str) -> None:
    with pytest.raises(ContactUnfit):
        await postbox.write(contact=contact)


@pytest.mark.parametrize("contact", ["044 490 12 34", "+380 32 297 00 00", "0 800 300 466"])
async def test_a_number_that_takes_no_sms_is_refused(postbox: Postbox, contact: str) -> None:
    with pytest.raises(ContactTakesNoSms):
        await postbox.write(contact=contact)
    assert await tickets(postbox) == []


async def test_sent_again_it_is_the_same_ticket(postbox: Postbox) -> None:
    answer = postbox.puzzle()
    first = await postbox.write(answer=answer)
    assert (await postbox.write("Інше", answer=answer)).id == first.id
    at_once = postbox.puzzle()
    twice = await asyncio.gather(postbox.write(answer=at_once), postbox.write(answer=at_once))
    assert twice[0].id == twice[1].id != first.id
    assert len(await tickets(postbox)) == 2


async def test_the_next_person_in_the_same_browser_does_not_get_the_ticket_of_the_one_before(postbox: Postbox) -> None:
    answer = postbox.puzzle()
    await postbox.write(answer=answer, actor=postbox.olena)
    for somebody in (postbox.taras, None):
        with pytest.raises(PuzzleTooOld):
            await postbox.write(answer=answer, actor=somebody)


async def test_robots_are_refused_and_leave_nothing(postbox: Postbox) -> None:
    with pytest.raises(LooksLikeARobot):
        await postbox.write(bait="https://spam.example")
    with pytest.raises(PuzzleUnsolved):
        await postbox.write(answer="")
    with pytest.raises(PuzzleUnsolved):
        await postbox.write(answer=postbox.puzzle("another browser"))
    assert await tickets(postbox) == []


async def test_texts_are_kept_as_they_were_meant_and_only_so_long(postbox: Postbox) -> None:
    ticket = await postbox.write("Добрий день 😀\r\n<script>alert(1)</script>\u202egnp.exe\u200f\x07", name="\u202eабв")
    assert ticket.words == "Добрий день 😀\n<script>alert(1)</script>gnp.exe\u200f"
    assert (ticket.title, ticket.contact_name) == ("Добрий день 😀", "абв")
    with pytest.raises(MessageEmpty):
        await postbox.write(" \u200f\n")
    with pytest.raises(MessageTooLong):
        await postbox.write("ж" * 20_000)


def test_a_title_is_the_first_line_cut_between_words() -> None:
    assert title_of("Коротко\nі ясно") == "Коротко"
    long = title_of("слово " * 40)
    assert (len(long) <= 80, long.endswith("слово…")) == (True, True)
    assert len(title_of("ж" * 200)) == 80


@pytest.mark.parametrize(("whose", "most"), [("contact", 5), ("visitor", 5), ("address", 30)])
async def test_nobody_writes_without_end(postbox: Postbox, whose: str, most: int) -> None:
    def somebody(number: int) -> dict[str, str]:
        # However it is written, it is one address.
        same = {"contact": "Ivan@example.com" if number % 2 else "ivan@EXAMPLE.com", "visitor": "v", "address": "a"}
        others = {"contact": f"i{number}@example.com", "visitor": f"v{number}", "address": f"203.0.113.{number}"}
        return others | {whose: same[whose]}

    for number in range(most):
        await postbox.write(**somebody(number))
    with pytest.raises(TooManyTries):
        await postbox.write(**somebody(most))
    assert len(await tickets(postbox)) == most
    assert await postbox.write(contact="new@example.com", visitor="new", address="new")
