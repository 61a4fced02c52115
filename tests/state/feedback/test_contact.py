"""The contact form and a request's page before a screen: strangers, robots, double clicks (K3, M5)."""

from collections.abc import AsyncIterator

import pytest
from sqlmodel import select

from mykyivstar import routes, wiring
from mykyivstar.db.database import Database
from mykyivstar.domain.feedback.letters import Answer
from mykyivstar.domain.feedback.requests import address_of
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.support.tickets.models import AnswerBy, Ticket
from mykyivstar.kit.clock import FixedClock
from mykyivstar.papers.answers import answer_letter
from mykyivstar.settings import settings
from mykyivstar.state.feedback.form import ContactState
from mykyivstar.state.feedback.request import OwnRequestState, masked_email
from mykyivstar.state.support.entrance import SupportState
from mykyivstar.state.support.hearing import HearingState
from mykyivstar.state.support.ticket import OwnTicketState
from tests.domain.feedback.conftest import KEY, Postbox
from tests.factories.puzzles import solved
from tests.state.rooms import Rooms
from tests.state.tab import Tab


class Screens(Rooms, Postbox):
    """The people of the hall, and anybody, before their screens."""

    async def form(self, actor: Actor | None = None) -> Tab:
        tab = self.tab(routes.CONTACT, actor=actor)
        await tab.do(ContactState, "load")
        return tab

    async def send(self, tab: Tab, **typed: str) -> str:
        """Where the browser is sent to, "" when it stays."""
        puzzle = solved((await tab.state(ContactState)).challenge)
        form = {"about": "internet", "words": "Не працює", "contact": "ivan@example.com", "name": "", "website": ""}
        went = await tab.do(ContactState, "send", form=form | {"puzzle": puzzle} | typed)
        return "" if went is None else str(went.args[0][1]).strip('"')

    async def tickets(self) -> list[Ticket]:
        async with self.database.reading() as session:
            return list((await session.exec(select(Ticket))).all())


@pytest.fixture
async def screens(sqlite_url: str, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Screens]:
    database = Database(sqlite_url, clock=clock)
    monkeypatch.setattr(wiring, "database", lambda: database)
    monkeypatch.setattr(wiring, "clock", lambda: clock)
    monkeypatch.setattr(wiring, "secret_key", lambda: KEY)
    monkeypatch.setenv("CONTACT_WORK_BITS", "2")
    settings.cache_clear()
    screens = Screens(database, clock)
    await screens.open()
    yield screens
    await database.dispose()
    settings.cache_clear()


async def test_from_the_form_to_the_answer_on_its_page(screens: Screens) -> None:
    form = await screens.form()
    path = await screens.send(form)
    [ticket] = await screens.tickets()
    assert path == f"/contact/{ticket.code}"
    assert await screens.send(form) == path, "a double click is one message"

    page = screens.tab(path)
    await page.do(OwnRequestState, "load")
    shown = await page.state(OwnRequestState)
    assert shown.request is not None
    assert (shown.standing, shown.request.number, shown.request.contact) == ("ready", ticket.number, "i•••@example.com")
    await screens.reply(ticket, "Вже працює", None)
    await page.do(OwnRequestState, "refresh")
    await page.do(OwnRequestState, "write", form={"words": "Дякую"})
    assert [note.text for note in shown.notes if note.text] == ["Вже працює", "Дякую"]
    await page.do(OwnRequestState, "accept")
    assert bool(shown.refusal), "nobody has called it solved"
    await page.do(OwnRequestState, "write", form={"words": "ж" * 20_000})
    assert "4\xa0000" in shown.field_refusals["text"]["uk"]


async def test_a_stranger_finds_nothing_at_an_address_that_is_not_of_the_form(screens: Screens) -> None:
    await screens.send(await screens.form(screens.olena), contact="")
    [mine] = await screens.tickets()
    for code in (mine.code, "guessed", "x" * 500):
        stranger = screens.tab(f"/contact/{code}")
        await stranger.do(OwnRequestState, "load")
        await stranger.do(OwnRequestState, "write", form={"words": "Моє"})
        await stranger.do(OwnRequestState, "accept")
        shown = await stranger.state(OwnRequestState)
        assert (shown.standing, shown.request, shown.notes) == ("nothing", None, [])
    assert await screens.written(mine) == []


async def test_robots_stay_where_they_are_and_get_another_puzzle(screens: Screens) -> None:
    form = await screens.form()
    shown = await form.state(ContactState)
    before = shown.challenge
    assert await screens.send(form, website="https://spam.example") == ""
    assert (bool(shown.refusal), shown.tries) == (True, 2)
    assert shown.challenge != before
    assert await screens.send(form, puzzle="") == ""
    assert await screens.send(form, puzzle=solved(before).replace(".2.", ".0.")) == ""
    assert await screens.tickets() == []
    assert await screens.send(form) != ""


async def test_mistakes_stand_beside_their_fields_and_the_puzzle_stays_good(screens: Screens) -> None:
    form = await screens.form()
    shown = await form.state(ContactState)
    challenge = shown.challenge
    await screens.send(form, contact="Іван")
    assert "електронну адресу" in shown.field_refusals["contact"]["uk"]
    await screens.send(form, words="")
    assert "text" in shown.field_refusals
    assert shown.challenge == challenge
    assert await screens.send(form, about="free money") == ""
    assert await screens.send(form) != ""


async def test_a_customer_finds_it_among_their_own_and_reads_the_news_there(screens: Screens) -> None:
    path = await screens.send(await screens.form(screens.olena), contact="")
    [ticket] = await screens.tickets()
    assert path == f"/support/tickets/{ticket.code}"
    await screens.reply(ticket)
    entrance = screens.tab(routes.SUPPORT, actor=screens.olena)
    await entrance.do(SupportState, "load")
    support = await entrance.state(SupportState)
    assert (support.news, [each.has_news for each in support.tickets]) == (path, [True])
    page = screens.tab(path, actor=screens.olena)
    await page.do(OwnTicketState, "load")
    await entrance.do(SupportState, "refresh")
    assert support.news == ""


async def test_only_its_customer_chooses_how_to_hear_of_answers(screens: Screens) -> None:
    path = await screens.send(await screens.form(screens.olena), contact="")
    page = screens.tab(path, actor=screens.olena)
    await page.do(HearingState, "load")
    shown = await page.state(HearingState)
    assert (shown.way, shown.email) == ("sms", "")
    await page.do(HearingState, "pick", way="email")
    await page.do(HearingState, "save", form={"way": "email", "email": "olena"})
    assert ("email" in shown.field_refusals, shown.saved) == (True, 0)
    await page.do(HearingState, "save", form={"way": "email", "email": "olena@example.com"})
    assert shown.saved == 1
    stranger = screens.tab(path, actor=screens.taras)
    await stranger.do(HearingState, "load")
    assert (await stranger.state(HearingState)).way == ""
    await stranger.do(HearingState, "save", form={"way": "app"})
    await page.do(HearingState, "save", form={"way": "pigeon"})
    assert bool(shown.refusal)
    [ticket] = await screens.tickets()
    assert (ticket.answer_by, ticket.contact_email) == (AnswerBy.EMAIL, "olena@example.com")


def test_the_addresses_in_letters_are_those_of_the_pages() -> None:
    assert address_of("", "[code]") == routes.CONTACT_REQUEST
    assert masked_email("") == ""
    letter = answer_letter(Answer("T-000001", "[code]", "Так", is_public=False), "", "uk")
    assert routes.SUPPORT_TICKET in letter.text
