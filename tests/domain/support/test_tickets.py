"""Tickets: made once, seen by the two sides, moved only where they may go (K5)."""

import asyncio
from datetime import timedelta

import pytest
from sqlmodel import select

from mykyivstar.domain.identity.models import Language, Profile
from mykyivstar.domain.notices import choosing, inbox
from mykyivstar.domain.notices.topics import NoticeTopic, NoticeWay
from mykyivstar.domain.notifications.models import SmsMessage
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.domain.staff.actor import StaffActor
from mykyivstar.domain.staff.errors import UnknownStaff
from mykyivstar.domain.staff.models import StaffMember
from mykyivstar.domain.support.errors import MessageEmpty, NotTheirSkill, TicketClosed, TicketStateUnfit
from mykyivstar.domain.support.models import Author, Specialism
from mykyivstar.domain.support.tickets import assigning, hearing, opening, queries, work
from mykyivstar.domain.support.tickets.models import AnswerBy, Ticket, TicketSource, TicketState
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.msisdn import Msisdn
from tests.domain.support.conftest import Hall
from tests.factories.people import hold, make_line


async def opened(hall: Hall, ref: str = "1", *, specialism: Specialism = Specialism.MOBILE) -> Ticket:
    async with hall.database.unit_of_work() as session:
        return await opening.open_ticket(
            session,
            source=TicketSource.DISPUTE,
            source_ref=ref,
            specialism=specialism,
            title="Платіж не надійшов",
            words="Сплатила вчора, грошей немає.",
            language=Language.UK,
            profile_id=hall.olena.profile_id,
            at=hall.clock.now(),
        )


async def now(hall: Hall, ticket: Ticket) -> Ticket:
    async with hall.database.reading() as session:
        return await session.get_one(Ticket, ticket.id)


async def answer(hall: Hall, ticket: Ticket, state: TicketState | None = None, *, is_internal: bool = False) -> None:
    async with hall.database.unit_of_work() as session:
        await work.staff_writes(
            session,
            hall.solomiia,
            ticket.code,
            text="Перевіряємо.",
            is_internal=is_internal,
            state=state,
            at=hall.clock.now(),
        )


async def write(hall: Hall, ticket: Ticket, text: str = "Ще не прийшли") -> None:
    async with hall.database.unit_of_work() as session:
        await work.customer_writes(session, hall.olena, ticket.code, text=text, at=hall.clock.now())


async def test_one_source_makes_one_ticket_however_often_it_is_asked_for(hall: Hall) -> None:
    first = await opened(hall)
    assert (await opened(hall)).id == first.id
    assert (await opened(hall, "2")).id != first.id
    assert first.number == f"T-{first.id:06}"
    assert first.deadline_at == hall.clock.now() + timedelta(hours=24)


async def test_a_conversation_becomes_a_ticket_of_whoever_answers_and_both_sides_read_so(hall: Hall) -> None:
    conversation = await hall.talks()

    async def make() -> Ticket:
        async with hall.database.unit_of_work() as session:
            return await opening.from_conversation(
                session,
                hall.solomiia,
                conversation.code,
                key="once",
                title="Перевірити",
                words="Платіж",
                at=hall.clock.now(),
            )

    first, second = await make(), await make()
    assert first.id == second.id
    assert (first.staff_id, first.state) == (hall.solomiia.staff_id, TicketState.IN_WORK)
    assert (await hall.notes(conversation)).count("ticket") == 1


async def test_a_customer_reads_and_writes_only_their_own(hall: Hall) -> None:
    ticket = await opened(hall)
    async with hall.database.unit_of_work() as session:
        assert [each.id for each in await queries.tickets(session, hall.olena)] == [ticket.id]
        assert await queries.tickets(session, hall.taras) == []
        with pytest.raises(NotFound):
            await queries.ticket_of(session, hall.taras, ticket.code)
        with pytest.raises(NotFound):
            await work.customer_writes(session, hall.taras, ticket.code, text="Моє", at=hall.clock.now())
        with pytest.raises(NotFound):
            await work.customer_accepts(session, hall.taras, ticket.code, at=hall.clock.now())


async def test_a_consultant_without_the_skill_finds_nothing(hall: Hall) -> None:
    ticket = await opened(hall)
    async with hall.database.unit_of_work() as session:
        assert await work.work_list(session, hall.bohdan, open_only=True) == []
        with pytest.raises(NotFound):
            await work.for_staff(session, hall.bohdan, ticket.code)
        assert len(await work.work_list(session, hall.marta, open_only=True)) == 1


async def test_a_note_for_the_staff_is_not_the_customers_to_read(hall: Hall) -> None:
    ticket = await opened(hall)
    await answer(hall, ticket, is_internal=True)
    async with hall.database.reading() as session:
        stands = await queries.ticket_of(session, hall.olena, ticket.code)
        seen = await queries.notes(session, stands, for_staff=False)
        by_staff = await queries.notes(session, stands, for_staff=True)
    assert [note.text for note in seen if note.text] == []
    assert [note.text for note in by_staff if note.text] == ["Перевіряємо."]
    assert stands.answered_at is None


async def test_an_answer_is_told_by_sms_to_whoever_has_a_number(hall: Hall) -> None:
    async with hall.database.unit_of_work() as session:
        await hold(session, hall.olena, await make_line(session))
    ticket = await opened(hall)
    await answer(hall, ticket)
    async with hall.database.reading() as session:
        sent = (await session.exec(select(SmsMessage))).all()
    assert [(each.to, each.template, each.params) for each in sent] == [
        (Msisdn("380671000001"), SmsTemplate.TICKET_ANSWERED, {"number": ticket.number})
    ]


async def test_a_ticket_that_waited_goes_on_when_the_customer_writes(hall: Hall) -> None:
    ticket = await opened(hall)
    await answer(hall, ticket, TicketState.WAITS_FOR_CUSTOMER)
    hall.clock.moment += timedelta(hours=30)
    await write(hall, ticket)
    stands = await now(hall, ticket)
    assert (stands.state, stands.deadline_at) == (TicketState.IN_WORK, hall.clock.now() + timedelta(hours=24))


async def test_solved_it_is_accepted_or_opened_again_and_closed_it_is_over(hall: Hall) -> None:
    ticket = await opened(hall)
    async with hall.database.unit_of_work() as session:
        with pytest.raises(TicketStateUnfit):
            await work.customer_accepts(session, hall.olena, ticket.code, at=hall.clock.now())
    await answer(hall, ticket, TicketState.SOLVED)
    await write(hall, ticket)
    assert (await now(hall, ticket)).state is TicketState.IN_WORK
    await answer(hall, ticket, TicketState.SOLVED)
    async with hall.database.unit_of_work() as session:
        await work.customer_accepts(session, hall.olena, ticket.code, at=hall.clock.now())
    with pytest.raises(TicketClosed):
        await write(hall, ticket)
    with pytest.raises(TicketClosed):
        await answer(hall, ticket)


async def test_the_staff_neither_close_nor_renew(hall: Hall) -> None:
    ticket = await opened(hall)
    for state in (TicketState.CLOSED, TicketState.NEW):
        with pytest.raises(TicketStateUnfit):
            await answer(hall, ticket, state)


async def test_solved_and_not_spoken_of_for_three_days_it_is_closed(hall: Hall) -> None:
    ticket, open_one = await opened(hall), await opened(hall, "2")
    await answer(hall, ticket, TicketState.SOLVED)
    hall.clock.moment += timedelta(days=3, seconds=1)
    async with hall.database.unit_of_work() as session:
        assert await work.close_the_solved(session, at=hall.clock.now()) == 1
    assert (await now(hall, ticket)).state is TicketState.CLOSED
    assert (await now(hall, open_one)).state is TicketState.NEW


async def test_two_who_write_at_once_are_both_kept(hall: Hall) -> None:
    ticket = await opened(hall)
    await asyncio.gather(write(hall, ticket, "Раз"), answer(hall, ticket), write(hall, ticket, "Два"))
    async with hall.database.reading() as session:
        notes = await queries.notes(session, ticket, for_staff=False)
    assert sorted(note.text for note in notes if note.author is not Author.SYSTEM) == ["Два", "Перевіряємо.", "Раз"]


async def test_a_ticket_without_words_is_not_opened(hall: Hall) -> None:
    conversation = await hall.talks()
    async with hall.database.unit_of_work() as session:
        with pytest.raises(MessageEmpty):
            await opening.from_conversation(
                session, hall.solomiia, conversation.code, key="k", title=" ", words="x", at=hall.clock.now()
            )


async def test_the_list_begins_with_the_soonest_deadline(hall: Hall) -> None:
    first = await opened(hall, "1")
    hall.clock.moment += timedelta(hours=1)
    second = await opened(hall, "2")
    await answer(hall, second)
    async with hall.database.reading() as session:
        everything = await work.work_list(session, hall.solomiia, open_only=True)
        mine = await work.work_list(session, hall.solomiia, whose="mine")
    assert [each.id for each in everything] == [first.id, second.id]
    assert [each.id for each in mine] == [second.id]


async def test_what_it_came_from_has_ended_and_so_it_is_solved(hall: Hall) -> None:
    ticket = await opened(hall)
    for _ in range(2):
        async with hall.database.unit_of_work() as session:
            await work.solve(session, TicketSource.DISPUTE, "1", at=hall.clock.now())
            await work.solve(session, TicketSource.FAULT, "1", at=hall.clock.now())
    assert (await now(hall, ticket)).state is TicketState.SOLVED
    async with hall.database.reading() as session:
        states = [note.state for note in await queries.notes(session, ticket, for_staff=True)]
    assert states == [TicketState.NEW, TicketState.SOLVED]


async def test_a_ticket_is_given_to_a_colleague_and_back_and_the_staff_read_by_whom(hall: Hall) -> None:
    ticket, at = await opened(hall, specialism=Specialism.INTERNET), hall.clock.now()
    async with hall.database.unit_of_work() as session:
        for member in (await session.exec(select(StaffMember).where(StaffMember.login != "marta"))).all():
            member.password_hash = "known"
        with pytest.raises(TicketStateUnfit):
            await assigning.give(session, hall.solomiia, ticket.code, to=hall.bohdan.staff_id, at=at)
        await assigning.take(session, hall.solomiia, ticket.code, at=at)
        found = await work.for_staff(session, hall.solomiia, ticket.code)
        assert [each.name for each in await assigning.colleagues(session, hall.solomiia, found)] == ["Богдан"]
        with pytest.raises(UnknownStaff):
            await assigning.give(session, hall.solomiia, ticket.code, to=hall.marta.staff_id, at=at)
        await assigning.give(session, hall.solomiia, ticket.code, to=hall.bohdan.staff_id, at=at)
        for refused in (assigning.take, assigning.give_back):
            with pytest.raises(TicketStateUnfit):
                await refused(session, hall.solomiia, ticket.code, at=at)
        assert await assigning.colleagues(session, hall.solomiia, found) == []
        assert [each.code for each in await work.work_list(session, hall.bohdan, whose="mine")] == [ticket.code]
        await assigning.give_back(session, hall.bohdan, ticket.code, at=at)
        await assigning.give_back(session, hall.marta, ticket.code, at=at)
        assert [each.code for each in await work.work_list(session, hall.bohdan, whose="nobodys")] == [ticket.code]
        for_staff = await queries.notes(session, ticket, for_staff=True)
        for_customer = await queries.notes(session, ticket, for_staff=False)
        names = await assigning.names_in(session, for_staff)
    given = [(names[note.staff_id or 0], names.get(note.given_to or 0, "")) for note in for_staff if note.is_internal]
    assert given == [("Соломія", "Соломія"), ("Соломія", "Богдан"), ("Богдан", "")]
    assert [note.state for note in for_customer] == [TicketState.NEW, TicketState.IN_WORK]


async def test_of_two_who_take_a_ticket_one_has_it(hall: Hall) -> None:
    ticket = await opened(hall, specialism=Specialism.INTERNET)

    async def take(who: StaffActor) -> None:
        async with hall.database.unit_of_work() as session:
            await assigning.take(session, who, ticket.code, at=hall.clock.now())

    done = await asyncio.gather(take(hall.solomiia), take(hall.bohdan), return_exceptions=True)
    assert sorted(type(each).__name__ for each in done) == ["NoneType", "TicketStateUnfit"]


async def test_a_ticket_goes_only_to_who_has_its_skill(hall: Hall) -> None:
    ticket = await opened(hall)
    async with hall.database.unit_of_work() as session:
        for member in await session.exec(select(StaffMember)):
            member.password_hash = "known"
        with pytest.raises(NotTheirSkill):
            await assigning.give(session, hall.marta, ticket.code, to=hall.bohdan.staff_id, at=hall.clock.now())


async def marks(hall: Hall) -> inbox.Marks:
    async with hall.database.reading() as session:
        return await inbox.marks(session, hall.olena)


async def choose(hall: Hall, way: NoticeWay, *, is_on: bool) -> None:
    async with hall.database.unit_of_work() as session:
        await choosing.choose(session, hall.olena, NoticeTopic.REQUESTS, way, is_on=is_on)


async def test_an_answer_is_marked_until_its_customer_has_looked(hall: Hall) -> None:
    ticket = await opened(hall)
    await answer(hall, ticket, is_internal=True)
    assert await marks(hall) == inbox.Marks()
    await answer(hall, ticket)
    assert (await marks(hall)).ticket
    async with hall.database.unit_of_work() as session:
        await hearing.saw(session, hall.olena, ticket.code, at=hall.clock.now())
    assert await marks(hall) == inbox.Marks()


async def test_a_new_request_is_answered_the_way_that_was_chosen_for_requests(hall: Hall) -> None:
    assert (await opened(hall, "1")).answer_by is AnswerBy.SMS
    await choose(hall, NoticeWay.SMS, is_on=False)
    assert (await opened(hall, "2")).answer_by is AnswerBy.APP
    async with hall.database.unit_of_work() as session:
        (await session.get_one(Profile, hall.olena.profile_id)).contact_email = "olena@example.com"
    assert (await opened(hall, "3")).answer_by is AnswerBy.EMAIL
    await choose(hall, NoticeWay.APP, is_on=False)
    await answer(hall, await opened(hall, "4"))
    assert await marks(hall) == inbox.Marks()


async def test_whoever_double_clicks_says_it_once_even_where_the_first_click_changed_the_state(hall: Hall) -> None:
    ticket = await opened(hall)
    for _ in range(2):
        await answer(hall, ticket, TicketState.WAITS_FOR_CUSTOMER)
    for _ in range(2):
        await write(hall, ticket)
    for _ in range(2):
        await answer(hall, ticket, TicketState.SOLVED)
    async with hall.database.reading() as session:
        notes = await queries.notes(session, ticket, for_staff=True)
    assert [note.text for note in notes if note.text] == ["Перевіряємо.", "Ще не прийшли", "Перевіряємо."]
    for _ in range(2):
        async with hall.database.unit_of_work() as session:
            await work.customer_accepts(session, hall.olena, ticket.code, at=hall.clock.now())
    assert (await now(hall, ticket)).state is TicketState.CLOSED
