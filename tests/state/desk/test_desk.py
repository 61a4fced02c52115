"""The bars of the desk, its prepared answers and its list of requests."""

from typing import Any

import pytest

from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.staff.models import StaffMember
from mykyivstar.domain.support.models import Specialism
from mykyivstar.domain.support.tickets import assigning, work
from mykyivstar.domain.support.tickets.models import Ticket, TicketSource, TicketState
from mykyivstar.domain.support.tickets.opening import open_ticket
from mykyivstar.state.desk.answers import DeskAnswersState
from mykyivstar.state.desk.session import DeskState
from mykyivstar.state.desk.tickets import DeskTicketsState, DeskTicketState
from tests.state.rooms import Rooms

ANSWER = {"title": "Вітання", "specialism": "", "uk": "Вітаю, {customer}!", "en": "", "ru": ""}


async def opened(rooms: Rooms, title: str, *, specialism: Specialism = Specialism.MOBILE) -> Ticket:
    async with rooms.database.unit_of_work() as session:
        return await open_ticket(
            session,
            source=TicketSource.FORM,
            source_ref=title,
            specialism=specialism,
            title=title,
            words="Прошу перевірити",
            language=Language.UK,
            at=rooms.clock.now(),
            profile_id=rooms.olena.profile_id,
        )


async def test_the_bars_say_who_is_there_and_signing_out_closes(rooms: Rooms) -> None:
    desk = rooms.tab("/desk", staff=rooms.marta)
    bars = await desk.state(DeskState)
    await desk.do(DeskState, "load")
    assert (bars.name, bars.role, bars.is_lead, bars.closing) == ("Марта", "lead", True, False)
    await desk.do(DeskState, "sign_out")
    await desk.do(DeskState, "sign_out")
    assert bars.closing


@pytest.mark.parametrize(
    ("kind", "handler", "arguments"),
    [
        (DeskState, "sign_out", {}),
        (DeskAnswersState, "put_away", {}),
        (DeskTicketsState, "show_only", {"shown": "all"}),
        (DeskTicketState, "put_away", {}),
    ],
)
async def test_a_customer_and_nobody_are_sent_away(
    rooms: Rooms, kind: Any, handler: str, arguments: dict[str, Any]
) -> None:
    for tab in (rooms.tab("/desk", actor=rooms.olena), rooms.tab("/desk")):
        with pytest.raises(AssertionError, match="send this caller away"):
            await tab.do(kind, handler, **arguments)


async def test_a_prepared_answer_is_put_away_unchanged(rooms: Rooms) -> None:
    desk = rooms.tab("/desk/answers", staff=rooms.marta)
    shown = await desk.state(DeskAnswersState)
    await desk.do(DeskAnswersState, "load")
    await desk.do(DeskAnswersState, "change", answer_id=0)
    await desk.do(DeskAnswersState, "save", form={**ANSWER, "title": ""})
    assert (shown.is_changing, list(shown.field_refusals)) == (True, ["title"])
    await desk.do(DeskAnswersState, "put_away")
    await desk.do(DeskAnswersState, "put_away")
    assert (shown.is_changing, shown.changed, shown.field_refusals, shown.answers) == (False, None, {}, [])


async def test_two_prepared_answers_never_have_one_title(rooms: Rooms) -> None:
    desk = rooms.tab("/desk/answers", staff=rooms.marta)
    shown = await desk.state(DeskAnswersState)
    for title in ("Вітання", "Прощання", "Перепрошую"):
        await desk.do(DeskAnswersState, "change", answer_id=0)
        await desk.do(DeskAnswersState, "save", form={**ANSWER, "title": title})
    ids = {row.title: row.id for row in shown.answers}
    await desk.do(DeskAnswersState, "change", answer_id=ids["Прощання"])
    await desk.do(DeskAnswersState, "save", form={**ANSWER, "title": "Вітання"})
    assert list(shown.field_refusals) == ["title"]
    await desk.do(DeskAnswersState, "ask_remove", answer_id=ids["Вітання"])
    await desk.do(DeskAnswersState, "put_away")
    await desk.do(DeskAnswersState, "remove")
    assert len(shown.answers) == 3, "not without having been asked"
    await desk.do(DeskAnswersState, "ask_remove", answer_id=ids["Вітання"])
    await desk.do(DeskAnswersState, "remove")
    await desk.do(DeskAnswersState, "remove")
    assert (shown.removing, len(shown.answers)) == (None, 2)
    await desk.do(DeskAnswersState, "change", answer_id=ids["Прощання"])
    await desk.do(DeskAnswersState, "save", form={**ANSWER, "title": "Вітання"})
    assert sorted((row.title, row.id) for row in shown.answers) == [
        ("Вітання", ids["Прощання"]),
        ("Перепрошую", ids["Перепрошую"]),
    ]


async def test_a_consultant_may_not_open_the_form_of_a_prepared_answer(rooms: Rooms) -> None:
    desk = rooms.tab("/desk/answers", staff=rooms.solomiia)
    for handler in ("change", "put_away", "save", "ask_remove", "remove"):
        with pytest.raises(AssertionError, match="send this caller away"):
            await desk.do(DeskAnswersState, handler)


async def test_the_list_shows_open_ones_ones_own_or_all(rooms: Rooms) -> None:
    mine, solved, _ = [await opened(rooms, title) for title in ("моє", "вирішене", "нове")]
    await opened(rooms, "інтернет", specialism=Specialism.INTERNET)
    async with rooms.database.unit_of_work() as session:
        await assigning.take(session, rooms.solomiia, mine.code, at=rooms.clock.now())
        await work.staff_writes(
            session,
            rooms.marta,
            solved.code,
            text="Готово",
            is_internal=False,
            state=TicketState.SOLVED,
            at=rooms.clock.now(),
        )
    desk = rooms.tab("/desk/tickets", staff=rooms.solomiia)
    shown = await desk.state(DeskTicketsState)

    async def titles(which: str) -> set[str]:
        await desk.do(DeskTicketsState, "show_only", shown=which)
        return {row.title for row in shown.tickets}

    assert await titles("open") == {"моє", "нове", "інтернет"}
    assert await titles("mine") == {"моє"}
    assert await titles("nobodys") == {"нове", "інтернет"}
    assert await titles("all") == {"моє", "вирішене", "нове", "інтернет"}
    await desk.do(DeskTicketsState, "show_only", shown="everybodys")
    assert (shown.shown, bool(shown.refusal)) == ("all", True)
    bohdan = rooms.tab("/desk/tickets", staff=rooms.bohdan)
    await bohdan.do(DeskTicketsState, "show_only", shown="all")
    assert [row.title for row in (await bohdan.state(DeskTicketsState)).tickets] == ["інтернет"]


async def test_the_card_of_a_request_is_put_away_and_nothing_of_a_lost_one_stays(rooms: Rooms) -> None:
    ticket = await opened(rooms, "моє", specialism=Specialism.INTERNET)
    desk = rooms.tab(f"/desk/tickets/{ticket.code}", staff=rooms.bohdan)
    shown = await desk.state(DeskTicketState)
    await desk.do(DeskTicketState, "load")
    await desk.do(DeskTicketState, "take")
    await desk.do(DeskTicketState, "show_card")
    assert shown.card is not None
    await desk.do(DeskTicketState, "put_away")
    await desk.do(DeskTicketState, "put_away")
    assert shown.card is None
    await desk.do(DeskTicketState, "show_card")
    async with rooms.database.unit_of_work() as session:
        found = await session.get_one(Ticket, ticket.id)
        found.specialism = Specialism.MOBILE
        await assigning.take(session, rooms.marta, ticket.code, at=rooms.clock.now())
    await desk.do(DeskTicketState, "refresh")
    assert (shown.standing, shown.ticket, shown.notes, shown.card) == ("nothing", None, [], None)


async def test_a_request_is_given_once_and_given_back_by_whoever_has_it(rooms: Rooms) -> None:
    ticket = await opened(rooms, "моє", specialism=Specialism.INTERNET)
    async with rooms.database.unit_of_work() as session:
        (await session.get_one(StaffMember, rooms.bohdan.staff_id)).password_hash = "known"
    desk = rooms.tab(f"/desk/tickets/{ticket.code}", staff=rooms.solomiia)
    shown = await desk.state(DeskTicketState)
    await desk.do(DeskTicketState, "load")
    assert shown.colleagues == []
    await desk.do(DeskTicketState, "give", form={"colleague": str(rooms.bohdan.staff_id)})
    assert shown.refusal
    await desk.do(DeskTicketState, "take")
    assert [each.label for each in shown.colleagues] == ["Богдан"]
    await desk.do(DeskTicketState, "ask_give")
    await desk.do(DeskTicketState, "give", form={"colleague": "1; DROP"})
    assert (shown.is_giving, bool(shown.refusal)) == (True, True)
    await desk.do(DeskTicketState, "give", form={"colleague": str(rooms.bohdan.staff_id)})
    assert (shown.is_giving, shown.of_whom) == (False, "Богдан")
    await desk.do(DeskTicketState, "give", form={"colleague": str(rooms.bohdan.staff_id)})
    await desk.do(DeskTicketState, "give_back")
    assert shown.refusal
    assert [(note.name, note.given_to) for note in shown.notes if note.given_to] == [
        ("Соломія", "Соломія"),
        ("Соломія", "Богдан"),
    ]
    theirs = rooms.tab(f"/desk/tickets/{ticket.code}", staff=rooms.bohdan)
    await theirs.do(DeskTicketState, "give_back")
    await theirs.do(DeskTicketState, "load")
    assert (await theirs.state(DeskTicketState)).notes[-1].is_given_back
    for tab in (rooms.tab("/desk/tickets/x", actor=rooms.olena), rooms.tab("/desk/tickets/x")):
        for handler in ("ask_give", "give", "give_back", "take"):
            with pytest.raises(AssertionError, match="send this caller away"):
                await tab.do(DeskTicketState, handler)
