"""Pages of applications on both sides: what is shown, what is done once, what strangers get."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from reflex.istate.data import RouterData

from mykyivstar import wiring
from mykyivstar.db.database import Database
from mykyivstar.domain.applications import checking
from mykyivstar.domain.applications.models import Application, ApplicationKind
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.notifications.models import SmsMessage
from mykyivstar.domain.staff.actor import StaffActor
from mykyivstar.guard.caller import Caller
from mykyivstar.kit.clock import FixedClock
from mykyivstar.state.applications.change import DataChangeState
from mykyivstar.state.applications.check import DataCheckState
from mykyivstar.state.applications.data import PersonalDataState
from mykyivstar.state.applications.mine import ApplicationsState, OwnApplicationState
from mykyivstar.state.desk.applications import DeskApplicationsState, DeskApplicationState
from mykyivstar.state.proof import ProofState
from tests.domain.applications.conftest import NAME, Bureau
from tests.domain.applications.test_keeping import newest_code
from tests.state.tab import Tab


class Rooms(Bureau):
    """Tabs of those who file and check."""

    def tab(self, address: str, *, actor: Actor | None = None, staff: StaffActor | None = None) -> Tab:
        tab = Tab(Caller(actor=actor, staff=staff, visitor="v" * 64, address="203.0.113.7"))
        go_to(tab, address)
        return tab

    async def desk(self, application: Application, who: StaffActor) -> tuple[Tab, DeskApplicationState]:
        tab = self.tab(f"/desk/applications/{application.code}", staff=who)
        await tab.do(DeskApplicationState, "load")
        return tab, await tab.state(DeskApplicationState)


def go_to(tab: Tab, address: str) -> None:
    about = {"pathname": address.partition("?")[0], "asPath": address, "headers": {}}
    tab.root.router = RouterData.from_router_data(about)


def led_to(event: object) -> str:
    """Where a redirect leads."""
    return str(event.args[0][1]).strip('"')  # type: ignore[attr-defined]


@pytest.fixture
async def rooms(
    sqlite_url: str, tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Rooms]:
    database = Database(sqlite_url, clock=clock)
    monkeypatch.setattr(wiring, "database", lambda: database)
    monkeypatch.setattr(wiring, "clock", lambda: clock)
    monkeypatch.setattr(wiring, "secret_key", lambda: b"a key")
    monkeypatch.setattr(wiring, "attachments_folder", lambda: tmp_path)
    rooms = Rooms(database, clock)
    await rooms.open()
    yield rooms
    await database.dispose()


async def test_from_the_form_to_the_new_name(rooms: Rooms) -> None:
    tab = rooms.tab("/profile/data/change?what=name", actor=rooms.olena)
    await tab.do(DataChangeState, "load")
    form = await tab.state(DataChangeState)
    about = {"what": "name", "form_key": form.form_key, "words": "Після одруження", "phone": None, "address": None}
    await tab.do(DataChangeState, "check", form={**about, "full_name": "Олена"})
    assert "full_name" in form.field_refusals
    checked = led_to(await tab.do(DataChangeState, "check", form={**about, **NAME}))
    go_to(tab, checked)
    await tab.do(DataCheckState, "load")
    check = await tab.state(DataCheckState)
    assert (check.standing, check.values[0].new, check.words) == ("ready", NAME["full_name"], "Після одруження")
    async with rooms.database.reading() as session:
        draft = await session.get_one(Application, 1)
    await rooms.attaches(draft)
    spare = await rooms.attaches(draft)
    await tab.do(DataCheckState, "take_away", code=spare.code)
    assert len(check.files) == 1
    await tab.do(DataCheckState, "send", form={"form_key": check.form_key})
    assert (await tab.state(ProofState)).is_open, "a fresh proof is asked for first"
    tab.proved(rooms.clock.now())
    sent = [led_to(await tab.do(DataCheckState, "send", form={"form_key": check.form_key})) for _ in range(2)]
    assert sent == [f"/applications/{draft.code}"] * 2
    assert led_to(await tab.do(DataCheckState, "load")) == sent[0]

    desk, shown = await rooms.desk(draft, rooms.solomiia)
    assert (shown.is_readable, shown.values, shown.files) == (False, [], [])
    await desk.do(DeskApplicationState, "take")
    assert (shown.can_decide, shown.customer, len(shown.files)) == (True, "Олена", 1)
    await desk.do(DeskApplicationState, "ask_for", question="approve")
    await desk.do(DeskApplicationState, "approve")
    assert (shown.question, shown.is_readable, shown.values) == ("", False, [])

    go_to(tab, sent[0])
    await tab.do(OwnApplicationState, "load")
    one = await tab.state(OwnApplicationState)
    assert one.application is not None
    assert (one.application.state, [step.state for step in one.steps]) == ("approved", ["new", "in_check", "approved"])
    await tab.do(PersonalDataState, "load")
    assert (await tab.state(PersonalDataState)).rows[0].value == NAME["full_name"]
    await tab.do(ApplicationsState, "load")
    assert [row.state for row in (await tab.state(ApplicationsState)).applications] == ["approved"]


async def test_a_new_phone_is_confirmed_on_the_check_page(rooms: Rooms) -> None:
    draft = await rooms.writes({"phone": "0671000009"}, ApplicationKind.PHONE)
    tab = rooms.tab(f"/profile/data/check?form={draft.key}", actor=rooms.fresh(rooms.olena))
    await tab.do(DataCheckState, "load")
    check = await tab.state(DataCheckState)
    await tab.do(DataCheckState, "send", form={"form_key": check.form_key})
    assert check.refusal
    await tab.do(DataCheckState, "send_code")
    assert check.expires_at
    await tab.do(DataCheckState, "enter_code", form={"contact_code": "????"})
    assert "code" in check.field_refusals
    await tab.do(DataCheckState, "enter_code", form={"contact_code": (await newest_code(rooms, SmsMessage))[1]})
    assert check.is_confirmed
    assert led_to(await tab.do(DataCheckState, "send", form={"form_key": check.form_key})).startswith("/applications/")


async def test_strangers_find_nothing_and_do_nothing(rooms: Rooms) -> None:
    sent, draft = (
        await rooms.files(),
        await rooms.writes({"address": "м. Київ, вул. Садова, 1"}, ApplicationKind.ADDRESS),
    )
    file = await rooms.attaches(draft)
    tab = rooms.tab(f"/applications/{sent.code}", actor=rooms.fresh(rooms.taras))
    await tab.do(OwnApplicationState, "load")
    one = await tab.state(OwnApplicationState)
    assert (one.standing, one.application, one.files) == ("nothing", None, [])
    await tab.do(OwnApplicationState, "withdraw")
    await tab.do(OwnApplicationState, "add", form={"words": "Я"})
    await tab.do(OwnApplicationState, "take_away", code=file.code)
    go_to(tab, f"/profile/data/check?form={draft.key}")
    await tab.do(DataCheckState, "load")
    check = await tab.state(DataCheckState)
    assert (check.standing, check.values) == ("lost", [])
    await tab.do(DataCheckState, "take_away", code=file.code)
    await tab.do(DataCheckState, "send", form={"form_key": draft.key})
    assert check.refusal
    await tab.do(ApplicationsState, "load")
    assert (await tab.state(ApplicationsState)).applications == []
    assert await rooms.states(sent) == ["new"]
    assert await rooms.states(draft) == []


async def test_addresses_and_forms_of_no_form_of_ours_are_refused(rooms: Rooms) -> None:
    tab = rooms.tab("/profile/data/change?what=salary", actor=rooms.olena)
    await tab.do(DataChangeState, "load")
    form = await tab.state(DataChangeState)
    assert form.standing == "lost"
    for about in ({"what": "salary", "form_key": "k" * 20}, {"what": "name", "form_key": "short"}, {}):
        await tab.do(DataChangeState, "check", form=about)
        assert form.refusal
    running = await rooms.files()
    go_to(tab, "/profile/data/change?what=name")
    await tab.do(DataChangeState, "load")
    assert (form.standing, form.open_number) == ("open", running.number)


async def test_the_form_is_opened_again_as_it_was_left(rooms: Rooms) -> None:
    draft = await rooms.writes(words="Після одруження")
    tab = rooms.tab(f"/profile/data/change?what=name&form={draft.key}", actor=rooms.olena)
    await tab.do(DataChangeState, "load")
    form = await tab.state(DataChangeState)
    assert (form.form_key, form.full_name, form.words) == (draft.key, NAME["full_name"], "Після одруження")


async def test_whoever_is_slower_is_told_so_and_sees_how_it_stands(rooms: Rooms) -> None:
    application = await rooms.files()
    (quick, has), (slow, lacks) = (
        await rooms.desk(application, rooms.solomiia),
        await rooms.desk(application, rooms.bohdan),
    )
    await quick.do(DeskApplicationState, "take")
    await slow.do(DeskApplicationState, "take")
    assert "Соломія" in lacks.refusal["uk"]
    assert lacks.application is not None
    assert (lacks.application.state, lacks.is_readable, lacks.can_decide) == ("in_check", False, False)
    for handler, about in (
        ("approve", {}),
        ("ask", {"form": {"words": "Ще"}}),
        ("decline", {"form": {"reason": "other", "words": "Ні"}}),
    ):
        await slow.do(DeskApplicationState, handler, **about)
        assert "Соломія" in lacks.refusal["uk"]
    assert await rooms.states(application) == ["new", "in_check"]
    lead, looks = await rooms.desk(application, rooms.marta)
    assert looks.is_readable
    await lead.do(DeskApplicationState, "take")
    await quick.do(DeskApplicationState, "ask_for", question="decline")
    await quick.do(DeskApplicationState, "decline", form={"reason": "unreadable", "words": ""})
    assert ("Марта" in has.refusal["uk"], has.question, has.values) == (True, "", [])


async def test_asked_for_more_the_customer_answers_and_it_goes_on(rooms: Rooms) -> None:
    application = await rooms.in_check()
    desk, shown = await rooms.desk(application, rooms.solomiia)
    await desk.do(DeskApplicationState, "ask_for", question="ask")
    await desk.do(DeskApplicationState, "ask", form={"words": ""})
    assert "words" in shown.field_refusals
    await desk.do(DeskApplicationState, "put_away")
    await desk.do(DeskApplicationState, "ask", form={"words": "Друга сторінка"})
    tab = rooms.tab(f"/applications/{application.code}", actor=rooms.olena)
    await tab.do(OwnApplicationState, "load")
    one = await tab.state(OwnApplicationState)
    await tab.do(OwnApplicationState, "add", form={"words": " "})
    assert "words" in one.field_refusals
    file = await rooms.attaches(application)
    await tab.do(OwnApplicationState, "refresh")
    assert [each.code for each in one.unsent] == [file.code]
    await tab.do(OwnApplicationState, "add", form={})
    await tab.do(OwnApplicationState, "add", form={"words": "Двічі"})
    await desk.do(DeskApplicationState, "refresh")
    assert (shown.can_decide, len(shown.files), [step.text for step in shown.steps][-1]) == (True, 2, "")
    await tab.do(OwnApplicationState, "withdraw")
    await desk.do(DeskApplicationState, "approve")
    assert shown.refusal
    assert await rooms.states(application) == ["new", "in_check", "needs_more", "in_check", "withdrawn"]


async def test_who_is_awaited_may_be_declined_but_not_what_they_added_meanwhile(rooms: Rooms) -> None:
    application = await rooms.in_check()
    desk, shown = await rooms.desk(application, rooms.solomiia)
    no = {"reason": "somebody_elses", "words": ""}
    await desk.do(DeskApplicationState, "ask", form={"words": "Друга сторінка"})
    assert (shown.can_decide, shown.can_decline) == (False, True)
    await desk.do(DeskApplicationState, "ask_for", question="decline")
    tab = rooms.tab(f"/applications/{application.code}", actor=rooms.olena)
    await tab.do(OwnApplicationState, "add", form={"words": "Ось"})
    await desk.do(DeskApplicationState, "refresh")
    await desk.do(DeskApplicationState, "decline", form=no)
    assert (bool(shown.refusal), shown.question, shown.can_decide) == (True, "", True)
    await desk.do(DeskApplicationState, "ask", form={"words": "Не та"})
    await desk.do(DeskApplicationState, "ask_for", question="decline")
    await desk.do(DeskApplicationState, "decline", form={"reason": "other", "words": ""})
    assert (list(shown.field_refusals), shown.question) == (["words"], "decline")
    await desk.do(DeskApplicationState, "decline", form=no)
    assert (shown.question, shown.can_decline) == ("", False)
    path = ["new", "in_check", "needs_more", "in_check", "needs_more", "declined"]
    assert await rooms.states(application) == path


async def test_the_desks_list_names_nobody_and_filters(rooms: Rooms) -> None:
    await rooms.files(who=rooms.taras)
    mine = await rooms.in_check()
    tab = rooms.tab("/desk/applications", staff=rooms.solomiia)
    await tab.do(DeskApplicationsState, "load")
    shown = await tab.state(DeskApplicationsState)
    assert [(row.state, row.is_mine, row.checked_by) for row in shown.applications] == [
        ("new", False, ""),
        ("in_check", True, "Соломія"),
    ]
    assert not any("Олена" in str(row) for row in shown.applications)
    await tab.do(DeskApplicationsState, "show_only", shown="mine")
    assert [row.number for row in shown.applications] == [mine.number]
    await rooms.does(checking.approve, rooms.solomiia, mine)
    await tab.do(DeskApplicationsState, "show_only", shown="over")
    assert [row.state for row in shown.applications] == ["approved"]
    await tab.do(DeskApplicationsState, "show_only", shown="everything")
    assert shown.shown == "over"
    nothing = rooms.tab("/desk/applications/no-such-code", staff=rooms.marta)
    await nothing.do(DeskApplicationState, "load")
    assert (await nothing.state(DeskApplicationState)).standing == "nothing"
