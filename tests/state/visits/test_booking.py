"""Booking a visit before a screen: strangers, robots, double clicks, its page, the desk, the counter (A8)."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlmodel import select

from mykyivstar import routes, wiring
from mykyivstar.db.database import Database
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.models import Profile
from mykyivstar.domain.support.models import CustomerLook
from mykyivstar.domain.visits.models import AccessRestoring, ProofDocument, VisitLook
from mykyivstar.domain.visits.own import address_of
from mykyivstar.kit.clock import FixedClock
from mykyivstar.pages.desk.document import DOCUMENTS
from mykyivstar.pages.visits.words import PURPOSES
from mykyivstar.settings import settings
from mykyivstar.state.desk.restoring import DeskRestoringState
from mykyivstar.state.desk.visits import DeskVisitsState
from mykyivstar.state.stores.store import StoreState
from mykyivstar.state.visits.booking import BookVisitState
from mykyivstar.state.visits.visit import OwnVisitState
from tests.domain.visits.conftest import KEY, MONDAY_ELEVEN, MONDAY_TEN, Centre
from tests.factories.puzzles import solved
from tests.state.rooms import Rooms
from tests.state.tab import Tab

AWAY = "send this caller away"
GOOD = {"time": MONDAY_TEN.isoformat(), "purpose": "access", "name": "Іван", "phone": "067 100 00 77"}


class Screens(Rooms, Centre):
    """The centre, before screens."""

    async def form(self, store: str = "kyiv-centre", actor: Actor | None = None) -> Tab:
        tab = self.tab(f"{routes.VISIT_BOOKING}?store={store}", actor=actor)
        await tab.do(BookVisitState, "load")
        return tab

    async def send(self, tab: Tab, **typed: str) -> str:
        """Where the browser is sent to, "" when it stays."""
        challenge = (await tab.state(BookVisitState)).challenge
        puzzle = solved(challenge) if challenge else ""
        went = await tab.do(BookVisitState, "book", form=GOOD | {"website": "", "puzzle": puzzle} | typed)
        return "" if went is None else str(went.args[0][1]).strip('"')

    async def booked(self, **typed: str) -> str:
        """The address of a visit that somebody has booked."""
        tab = await self.form()
        await tab.do(BookVisitState, "check", form=GOOD | typed)
        return await self.send(tab, **typed)


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


def test_every_purpose_and_document_has_words_and_addresses_are_those_of_the_pages() -> None:
    assert [each.value for each in PURPOSES] == ["access", "sim", "data", "other"]
    assert [each.value for each in DOCUMENTS] == [each.value for each in ProofDocument]
    assert address_of("", "[code]") == routes.VISIT


async def test_from_the_form_over_the_check_to_the_page(screens: Screens) -> None:
    tab = await screens.form()
    shown = await tab.state(BookVisitState)
    assert (shown.standing, shown.step, shown.day) == ("ready", "form", "2026-11-23")
    assert MONDAY_TEN.isoformat() in shown.times
    await tab.do(BookVisitState, "choose_day", day="2026-11-24")
    assert shown.times[0].startswith("2026-11-24")
    await tab.do(BookVisitState, "choose_day", day="1999-01-01")
    assert shown.day == "2026-11-23"
    await tab.do(BookVisitState, "check", form=GOOD)
    assert (shown.step, bool(shown.challenge), shown.refusal) == ("check", True, {})
    path = await screens.send(tab)
    [visit] = await screens.visits()
    assert path == f"/visits/{visit.code}"
    assert (shown.name, shown.phone) == ("", ""), "nothing is left for the next person at this screen"
    assert len(await screens.sms()) == 1

    page = screens.tab(path)
    await page.do(OwnVisitState, "load")
    seen = await page.state(OwnVisitState)
    assert seen.visit is not None
    assert (seen.visit.number, seen.visit.phone, seen.visit.is_open) == (visit.number, "+380 67 ••• •• 77", True)
    await page.do(OwnVisitState, "ask_move")
    assert (seen.is_moving, MONDAY_ELEVEN.isoformat() in seen.times) == (True, True)
    await page.do(OwnVisitState, "move", form={"time": "tomorrow"})
    assert "time" in seen.field_refusals
    await page.do(OwnVisitState, "move", form={"time": MONDAY_ELEVEN.isoformat()})
    assert (seen.visit.starts_at, seen.is_moving) == (MONDAY_ELEVEN.isoformat(), False)
    await page.do(OwnVisitState, "ask_cancel")
    await page.do(OwnVisitState, "cancel")
    assert (seen.visit.state, seen.visit.is_open) == ("cancelled", False)
    await page.do(OwnVisitState, "move", form={"time": MONDAY_TEN.isoformat()})
    assert bool(seen.refusal)


async def test_a_double_click_goes_to_the_same_visit(screens: Screens) -> None:
    tab = await screens.form()
    await tab.do(BookVisitState, "check", form=GOOD)
    # More clicks than a number has bookings in a day.
    sent = [await screens.send(tab) for _ in range(5)]
    assert sent[0] != ""
    assert set(sent) == {sent[0]}
    assert len(await screens.visits()) == 1


async def test_a_page_that_lost_its_state_still_books_what_its_form_has(screens: Screens) -> None:
    lost = screens.tab(f"{routes.VISIT_BOOKING}?store=kyiv-centre")
    assert await screens.send(lost, puzzle=screens.puzzle("v" * 64)) != ""


async def test_mistakes_stand_beside_their_fields_and_what_was_typed_stays(screens: Screens) -> None:
    tab = await screens.form()
    shown = await tab.state(BookVisitState)
    for field, typed in (("phone", "044 490 12 34"), ("name", " "), ("time", ""), ("time", "2026-11-23T10:00")):
        await tab.do(BookVisitState, "check", form=GOOD | {field: typed})
        assert (list(shown.field_refusals), shown.step) == ([field], "form"), typed
    assert (shown.name, shown.phone) == ("Іван", "067 100 00 77")
    await tab.do(BookVisitState, "check", form=GOOD | {"purpose": "free money"})
    assert bool(shown.refusal)


async def test_robots_get_another_puzzle(screens: Screens) -> None:
    tab = await screens.form()
    await tab.do(BookVisitState, "check", form=GOOD)
    shown = await tab.state(BookVisitState)
    before, tries = shown.challenge, shown.tries
    assert await screens.send(tab, website="https://spam.example") == ""
    assert (bool(shown.refusal), shown.step, shown.tries) == (True, "check", tries + 1)
    assert shown.challenge != before
    assert await screens.send(tab, puzzle="") == ""
    assert await screens.visits() == []
    assert await screens.send(tab) != ""


async def test_a_customers_number_is_answered_as_anybodys(screens: Screens) -> None:
    async with screens.database.unit_of_work() as session:
        (await session.get_one(Profile, screens.olena.profile_id)).is_employee = True
    answers = []
    for actor in (None, screens.olena):
        tab = await screens.form(actor=actor)
        await tab.do(BookVisitState, "check", form=GOOD | {"phone": f"067 100 00 8{len(answers)}"})
        shown = await tab.state(BookVisitState)
        answers.append((shown.step, shown.refusal, shown.field_refusals))
    assert answers[0] == answers[1] == ("check", {}, {})


@pytest.mark.parametrize("store", ["", "nowhere", "kyiv-02", "x" * 500])
async def test_other_places_take_no_visits(screens: Screens, store: str) -> None:
    tab = await screens.form(store)
    assert (await tab.state(BookVisitState)).standing == "nothing"
    assert await screens.send(tab, puzzle=screens.puzzle("v" * 64)) == ""


@pytest.mark.parametrize("code", ["guessed", "", "x" * 500])
async def test_a_stranger_finds_no_visit(screens: Screens, code: str) -> None:
    await screens.booked()
    stranger = screens.tab(f"/visits/{code}")
    for handler, arguments in (
        ("load", {}),
        ("ask_move", {}),
        ("move", {"form": {"time": GOOD["time"]}}),
        ("cancel", {}),
    ):
        await stranger.do(OwnVisitState, handler, **arguments)
        shown = await stranger.state(OwnVisitState)
        assert (shown.standing, shown.visit) == ("nothing", None)
    assert [each.state for each in await screens.visits()] == ["booked"]


async def test_the_page_of_a_centre_leads_there_and_others_do_not(screens: Screens) -> None:
    for code, expected in (("kyiv-centre", f"{routes.VISIT_BOOKING}?store=kyiv-centre"), ("kyiv-02", "")):
        tab = screens.tab(f"/stores/{code}")
        await tab.do(StoreState, "load")
        store = (await tab.state(StoreState)).store
        assert store is not None
        assert store.booking == expected


async def test_the_desk_lists_marks_and_is_written_down(screens: Screens) -> None:
    await screens.booked()
    [visit] = await screens.visits()
    desk = screens.tab(f"{routes.DESK_VISITS}?store=kyiv-centre&day=2026-11-23", staff=screens.solomiia)
    await desk.do(DeskVisitsState, "load")
    shown = await desk.state(DeskVisitsState)
    assert [(each.number, each.name, each.phone, each.is_markable) for each in shown.visits] == [
        (visit.number, "Іван", "380671000077", False)
    ]
    await desk.do(DeskVisitsState, "came", number=visit.number)
    assert bool(shown.refusal), "not before its day"
    screens.clock.moment = MONDAY_TEN - timedelta(minutes=1)
    await desk.do(DeskVisitsState, "absent", number=visit.number)
    await desk.do(DeskVisitsState, "came", number=visit.number)
    assert ([each.state for each in shown.visits], shown.refusal) == (["came"], {})
    async with screens.database.reading() as session:
        assert len((await session.exec(select(VisitLook))).all()) == 1
    assert "store=kyiv-02" in str(
        (await desk.do(DeskVisitsState, "choose", form={"store": "kyiv-02", "day": "2026-11-24"})).args[0][1]
    )
    lost = screens.tab(f"{routes.DESK_VISITS}?store=nowhere&day=yesterday", staff=screens.solomiia)
    await lost.do(DeskVisitsState, "load")
    nothing = await lost.state(DeskVisitsState)
    assert (nothing.store, nothing.day, [each.code for each in nothing.centres]) == ("", "2026-11-23", ["kyiv-centre"])


async def test_customers_and_strangers_have_no_list_and_consultants_give_no_access(screens: Screens) -> None:
    for who in ({"actor": screens.olena}, {}):
        tab = screens.tab(routes.DESK_VISITS, **who)  # type: ignore[arg-type]
        for kind, handler, arguments in (
            (DeskVisitsState, "load", {}),
            (DeskVisitsState, "choose", {"form": {"store": "kyiv-centre", "day": "2026-11-23"}}),
            (DeskVisitsState, "came", {"number": "V-7K3M9Q"}),
            (DeskVisitsState, "absent", {"number": "V-7K3M9Q"}),
            (DeskRestoringState, "load", {}),
            (DeskRestoringState, "put_away", {}),
        ):
            with pytest.raises(AssertionError, match=AWAY):
                await tab.do(kind, handler, **arguments)  # type: ignore[arg-type]
    consultant = screens.tab(routes.DESK_RESTORING, staff=screens.solomiia)
    for handler, arguments in (
        ("load", {}),
        ("find", {"form": {"subject": "olena"}}),
        ("give", {"form": {"document": "passport", "note": "паспорт 123456"}}),
    ):
        with pytest.raises(AssertionError, match=AWAY):
            await consultant.do(DeskRestoringState, handler, **arguments)


async def test_a_lead_sees_the_card_and_shows_the_password_once(screens: Screens) -> None:
    counter = screens.tab(f"{routes.DESK_RESTORING}?visit=V-7K3M9Q", staff=screens.marta)
    await counter.do(DeskRestoringState, "load")
    shown = await counter.state(DeskRestoringState)
    await counter.do(DeskRestoringState, "find", form={"subject": "nobody"})
    assert ("subject" in shown.field_refusals, shown.subject, shown.person) == (True, "nobody", None)
    await counter.do(DeskRestoringState, "find", form={"subject": "olena"})
    assert shown.card is not None
    assert shown.card.name == "Олена"
    await counter.do(DeskRestoringState, "give", form={"document": "library card", "note": "так"})
    await counter.do(DeskRestoringState, "give", form={"document": "passport", "note": ""})
    assert ("note" in shown.field_refusals, shown.given) == (True, None)
    await counter.do(DeskRestoringState, "give", form={"document": "diia", "note": "Дія, …123456"})
    assert shown.given is not None
    assert (shown.given.login, len(shown.given.password), shown.card) == ("olena", 10, None)
    password = shown.given.password
    # A second click finds nobody at the counter any more, and takes nothing back.
    await counter.do(DeskRestoringState, "give", form={"document": "diia", "note": "Дія, …123456"})
    assert shown.given.password == password
    await counter.do(DeskRestoringState, "put_away")
    assert (shown.given, shown.subject) == (None, "")
    async with screens.database.reading() as session:
        [given] = await session.exec(select(AccessRestoring))
        [look] = await session.exec(select(CustomerLook))
    assert (given.visit_number, look.visit_number, given.staff_id) == ("V-7K3M9Q", "V-7K3M9Q", screens.marta.staff_id)
