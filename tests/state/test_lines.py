"""The list of numbers and accounts, its dialogs, and adding one."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from mykyivstar.db.database import Database
from mykyivstar.domain.lines.errors import AlreadyYours, LastHolding, NicknameMalformed
from mykyivstar.domain.lines.models import Colour, Line
from mykyivstar.domain.lines.queries import holdings
from mykyivstar.domain.notifications.models import SmsMessage
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.errors import Malformed, NotFound
from mykyivstar.kit.money import Money
from mykyivstar.kit.msisdn import Msisdn
from mykyivstar.state.lines.adding import AddingState
from mykyivstar.state.lines.state import LineRow, LinesState
from mykyivstar.state.shell import ShellState
from tests.factories.people import hold, make_account, make_line, make_owner, make_person, put_money
from tests.state.conftest import Tab


@pytest.fixture
async def olena(world: Database) -> Tab:
    """Olena has line:1 and internet:1; line:2 and line:3 are in the register, line:2 of the same owner."""
    async with world.unit_of_work() as session:
        actor, owner = await make_person(session), await make_owner(session)
        line = await make_line(session, owner_id=owner.id)
        await make_line(session, "380671000002", owner_id=owner.id)
        await make_line(session, "380671000003")
        await hold(session, actor, line, position=0, nickname="Mine")
        await hold(session, actor, await make_account(session), position=1)
        await put_money(session, line, Money.uah(5))
    return Tab(actor, address="/lines")


@pytest.fixture
async def stranger(world: Database, olena: Tab) -> Tab:
    """Somebody with a line and an account of their own."""
    async with world.unit_of_work() as session:
        actor = await make_person(session, "stranger")
        await hold(session, actor, await make_line(session, "380672000001"))
        await hold(session, actor, await make_account(session, "0007730015"), position=1)
    return Tab(actor, address="/lines", visitor="another browser")


async def keys(tab: Tab) -> list[str]:
    return [row.key for row in (await tab.see(LinesState)).rows]


async def last_code(world: Database) -> str:
    async with world.reading() as session:
        message = (await session.exec(select(SmsMessage).order_by(col(SmsMessage.id).desc()).limit(1))).one()
    assert message.params is not None
    return str(message.params["code"])


async def test_the_list_shows_everything_in_order(olena: Tab):
    await olena.do(LinesState.load)
    state = await olena.see(LinesState)
    assert list(state.rows) == [
        LineRow("line:1", "line", "Mine", "380671000001", 500, "blue", "owner", is_first=True, is_last=False),
        LineRow("internet:1", "internet", "", "0004477622", None, "blue", "owner", is_first=False, is_last=True),
    ]
    assert state.ready
    assert (await olena.see(ShellState)).ready


async def test_moving_changes_the_order_everywhere(olena: Tab):
    await olena.do(LinesState.load)
    await olena.do(LinesState.move, key="internet:1", by=-1)
    assert await keys(olena) == ["internet:1", "line:1"]
    assert [chip.key for chip in (await olena.see(ShellState)).lines] == ["internet:1", "line:1"]


async def test_a_name_and_a_colour_are_kept(olena: Tab):
    await olena.do(LinesState.load)
    await olena.do(LinesState.open_look, key="internet:1")
    state = await olena.see(LinesState)
    assert (state.dialog, state.handled.key) == ("look", "internet:1")
    await olena.do(LinesState.save_look, form={"nickname": "  Дім ", "colour": "teal"})
    assert (state.dialog, state.handled) == ("", None)
    assert (state.rows[1].nickname, state.rows[1].colour) == ("Дім", "teal")


async def test_a_name_that_is_too_long_is_refused_beside_its_field_and_the_dialog_stays(olena: Tab):
    await olena.do(LinesState.load)
    await olena.do(LinesState.open_look, key="line:1")
    await olena.do(LinesState.save_look, form={"nickname": "x" * 41, "colour": "red"})
    state = await olena.see(LinesState)
    assert state.dialog == "look"
    assert state.field_refusals["nickname"]["en"] == NicknameMalformed.sentence
    assert set(state.field_refusals["nickname"]) == {"uk", "en", "ru"}
    assert (state.rows[0].nickname, state.rows[0].colour) == ("Mine", "blue")
    await olena.do(LinesState.close)
    assert (state.dialog, dict(state.field_refusals)) == ("", {})


async def test_removing_is_asked_about_and_then_done(olena: Tab):
    await olena.do(LinesState.load)
    await olena.do(LinesState.open_removal, key="internet:1")
    assert await keys(olena) == ["line:1", "internet:1"]
    await olena.do(LinesState.remove)
    assert await keys(olena) == ["line:1"]
    assert (await olena.see(LinesState)).dialog == ""


async def test_removing_without_having_been_asked_removes_nothing(olena: Tab):
    await olena.do(LinesState.load)
    await olena.do(LinesState.remove)
    assert (await olena.see(LinesState)).refusal["en"] == NotFound.sentence
    assert len(await keys(olena)) == 2


async def test_the_last_one_stays_and_it_is_said_why(olena: Tab):
    await olena.do(LinesState.load)
    for key in ("internet:1", "line:1"):
        await olena.do(LinesState.open_removal, key=key)
        await olena.do(LinesState.remove)
    state = await olena.see(LinesState)
    assert (state.dialog, state.refusal["en"]) == ("removal", LastHolding.sentence)
    assert await keys(olena) == ["line:1"]


@pytest.mark.parametrize(
    ("handler", "arguments"),
    [
        (LinesState.move, {"key": "line:1", "by": 1}),
        (LinesState.open_look, {"key": "line:1"}),
        (LinesState.open_removal, {"key": "line:1"}),
        (AddingState.add_suggested, {"key": "line:2"}),
        (AddingState.add_suggested, {"key": "line:1"}),
    ],
)
async def test_a_stranger_does_nothing_to_hers(
    world: Database, olena: Tab, stranger: Tab, handler: Any, arguments: dict[str, Any]
):
    for load in (LinesState.load, AddingState.load):
        await stranger.do(load)
    await stranger.do(handler, **arguments)
    refusals = [(await stranger.see(state)).refusal for state in (LinesState, AddingState)]
    assert NotFound.sentence in [refusal.get("en") for refusal in refusals]
    await stranger.do(LinesState.remove)
    await stranger.do(LinesState.save_look, form={"nickname": "Stolen", "colour": "red"})
    async with world.reading() as session:
        hers = await holdings(session, olena.who.actor)
    assert [(str(held.key), held.holding.nickname) for held in hers] == [("line:1", "Mine"), ("internet:1", "")]


@pytest.mark.parametrize(
    ("handler", "arguments"),
    [
        (LinesState.move, {"key": "line:1", "by": 2}),
        (LinesState.move, {"key": "line:1", "by": "1"}),
        (LinesState.move, {"key": 1, "by": 1}),
        (LinesState.move, {"key": "line:1"}),
        (LinesState.open_look, {"key": ["line:1"]}),
        (LinesState.save_look, {"form": {"nickname": "x"}}),
        (LinesState.save_look, {"form": {"nickname": 5, "colour": "red"}}),
        (LinesState.save_look, {"form": {"nickname": "x", "colour": "octarine"}}),
        (LinesState.save_look, {"form": "x"}),
        (AddingState.send_code, {"form": {}}),
        (AddingState.send_code, {"form": {"number": 380671000002}}),
        (AddingState.send_code, {"form": {"number": "0" * 2001}}),
        (AddingState.enter_code, {"form": {"code": None}}),
        (AddingState.add_suggested, {"key": {"id": 2}}),
    ],
)
async def test_what_no_page_of_ours_sends_is_refused(olena: Tab, handler: Any, arguments: dict[str, Any]):
    for load in (LinesState.load, AddingState.load):
        await olena.do(load)
    await olena.do(handler, **arguments)
    refusals = [(await olena.see(state)).refusal for state in (LinesState, AddingState)]
    assert Malformed.sentence in [refusal.get("en") for refusal in refusals]


async def test_a_number_is_added_by_its_code(world: Database, olena: Tab):
    await olena.do(LinesState.load)
    await olena.do(AddingState.load)
    await olena.do(AddingState.send_code, form={"number": " 067 100-00-03 "})
    adding = await olena.see(AddingState)
    assert (adding.step, adding.kind, adding.typed) == ("code", "line", "067 100-00-03")
    assert adding.expires_at > adding.resend_at > ""
    await olena.do(AddingState.enter_code, form={"code": await last_code(world)})
    assert (adding.step, adding.typed, adding.added, adding.times_added) == ("number", "", 1, 1)
    assert await keys(olena) == ["line:1", "internet:1", "line:3"]


async def test_a_lost_page_finds_its_code_step_again(world: Database, olena: Tab):
    await olena.do(AddingState.send_code, form={"number": "0671000003"})
    again = Tab(olena.who.actor, address="/lines")
    await again.do(LinesState.load)
    await again.do(AddingState.load)
    adding = await again.see(AddingState)
    assert (adding.step, adding.typed) == ("code", "0671000003")
    await again.do(AddingState.enter_code, form={"code": await last_code(world)})
    assert await keys(again) == ["line:1", "internet:1", "line:3"]


async def test_a_suggestion_is_masked_until_it_is_added_and_then_gone(world: Database, olena: Tab):
    await olena.do(AddingState.load)
    adding = await olena.see(AddingState)
    assert [(row.key, row.masked) for row in adding.suggestions] == [("line:2", "+380 67 ••• •• 02")]
    await olena.do(AddingState.add_suggested, key="line:2")
    assert (adding.step, adding.typed) == ("code", "+380 67 ••• •• 02")
    await olena.do(AddingState.enter_code, form={"code": await last_code(world)})
    assert list(adding.suggestions) == []
    assert "line:2" in await keys(olena)


async def test_going_back_keeps_what_was_typed_but_no_mask(olena: Tab):
    await olena.do(AddingState.load)
    await olena.do(AddingState.send_code, form={"number": "0671000003"})
    await olena.do(AddingState.start_over)
    adding = await olena.see(AddingState)
    assert (adding.step, adding.typed) == ("number", "0671000003")
    await olena.do(AddingState.add_suggested, key="line:2")
    await olena.do(AddingState.start_over)
    assert (adding.step, adding.typed) == ("number", "")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("0671000001", AlreadyYours.sentence),
        ("0004477622", AlreadyYours.sentence),
        ("", "Enter a mobile number, for example 067 123 45 67, or the account number of your home internet."),
        ("мама", "Enter a mobile number, for example 067 123 45 67, or the account number of your home internet."),
    ],
)
async def test_a_number_that_cannot_be_added_is_refused_beside_its_field_and_stays_typed(
    olena: Tab, typed: str, sentence: str
):
    await olena.do(AddingState.load)
    await olena.do(AddingState.send_code, form={"number": typed})
    adding = await olena.see(AddingState)
    assert (adding.step, adding.typed, adding.field_refusals["number"]["en"]) == ("number", typed, sentence)


async def test_a_wrong_code_is_refused_beside_its_field(olena: Tab):
    await olena.do(AddingState.send_code, form={"number": "0671000003"})
    await olena.do(AddingState.enter_code, form={"code": "----"})
    adding = await olena.see(AddingState)
    assert adding.step == "code"
    assert "4" in adding.field_refusals["code"]["en"]


async def test_what_took_too_long_starts_again(olena: Tab, clock: FixedClock):
    await olena.do(AddingState.send_code, form={"number": "0671000003"})
    clock.moment += timedelta(minutes=30)
    await olena.do(AddingState.enter_code, form={"code": "AAAA"})
    adding = await olena.see(AddingState)
    assert adding.step == "number"
    assert adding.refusal["en"]


async def test_another_code_is_sent_only_when_it_is_time(world: Database, olena: Tab, clock: FixedClock):
    await olena.do(AddingState.send_code, form={"number": "0671000003"})
    first = await last_code(world)
    await olena.do(AddingState.send_again)
    assert await last_code(world) == first
    clock.moment += timedelta(minutes=1)
    await olena.do(AddingState.send_again)
    async with world.reading() as session:
        assert len((await session.exec(select(SmsMessage))).all()) == 2


async def test_a_line_with_internet_behind_it_brings_both(world: Database, olena: Tab):
    async with world.unit_of_work() as session:
        line = await session.get_one(Line, 3)
        await make_account(session, "0001112223", contract_phone=Msisdn(line.msisdn.digits))
    await olena.do(AddingState.send_code, form={"number": "0671000003"})
    await olena.do(AddingState.enter_code, form={"code": await last_code(world)})
    assert (await olena.see(AddingState)).added == 2
    assert await keys(olena) == ["line:1", "internet:1", "line:3", "internet:2"]


async def test_colours_are_those_that_the_form_offers(olena: Tab):
    await olena.do(LinesState.load)
    for colour in Colour:
        await olena.do(LinesState.open_look, key="line:1")
        await olena.do(LinesState.save_look, form={"nickname": "Mine", "colour": colour.value})
        assert (await olena.see(LinesState)).rows[0].colour == colour.value
