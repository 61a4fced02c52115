"""The bars of every signed-in page, and the line in hand."""

import asyncio
from datetime import timedelta

import pytest

from mykyivstar.db.database import Database
from mykyivstar.domain.lines import service
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.lines.models import Brand, Colour
from mykyivstar.domain.lines.queries import holdings
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.errors import Malformed
from mykyivstar.kit.money import Money
from mykyivstar.state.choices import choices
from mykyivstar.state.home.state import HomeState
from mykyivstar.state.shell import LineChip, ShellState
from tests.factories.people import hold, make_account, make_line, make_person, put_money
from tests.state.conftest import Tab


@pytest.fixture
async def olena(world: Database) -> Tab:
    """Olena has a line (line:1), a DJUICE line (line:2) and home internet (internet:1)."""
    async with world.unit_of_work() as session:
        actor = await make_person(session)
        first = await make_line(session)
        await hold(session, actor, first, position=0, nickname="Mine", colour=Colour.TEAL)
        await hold(session, actor, await make_line(session, "380671000002", brand=Brand.DJUICE), position=1)
        await hold(session, actor, await make_account(session), position=2)
        await put_money(session, first, Money.uah(5))
    return Tab(actor)


async def kept(world: Database, tab: Tab) -> list[str]:
    async with world.reading() as session:
        return [str(held.key) for held in await holdings(session, tab.who.actor) if held.holding.chosen_at]


async def chosen_key(tab: Tab) -> str:
    chosen = (await tab.see(ShellState)).chosen
    return chosen.key if chosen else ""


async def test_the_bars_show_the_person_and_all_they_have(olena: Tab):
    await olena.do(ShellState.load)
    shell = await olena.see(ShellState)
    assert (shell.ready, shell.name, shell.brand) == (True, "olena", "kyivstar")
    assert list(shell.lines) == [
        LineChip("line:1", "line", "Mine", "380671000001", 500, "teal"),
        LineChip("line:2", "line", "", "380671000002", None, "blue"),
        LineChip("internet:1", "internet", "", "0004477622", None, "blue"),
    ]
    assert shell.chosen == shell.lines[0]


async def test_before_anything_is_loaded_nothing_is_claimed(olena: Tab):
    shell = await olena.see(ShellState)
    assert (shell.ready, shell.name, list(shell.lines), shell.chosen) == (False, "", [], None)


async def test_choosing_takes_another_in_hand_and_the_brand_follows(olena: Tab):
    await olena.do(ShellState.load)
    await olena.do(ShellState.choose, key="line:2")
    shell = await olena.see(ShellState)
    assert (shell.chosen.key, shell.brand) == ("line:2", "djuice")
    await olena.do(ShellState.choose, key="internet:1")
    assert (await olena.see(ShellState)).brand == "kyivstar"


async def test_choosing_brings_the_screen_up_to_date_in_the_same_breath(olena: Tab):
    await olena.do(HomeState.load)
    await olena.do(ShellState.choose, key="line:2")
    assert (await olena.see(HomeState)).hero.key == "line:2"
    olena.go_to("/elsewhere")
    await olena.do(ShellState.choose, key="line:1")
    assert (await olena.see(HomeState)).hero.key == "line:2"


async def test_the_choice_survives_a_lost_state(world: Database, olena: Tab):
    await olena.do(ShellState.load)
    await olena.do(ShellState.choose, key="line:2")
    await olena.do(ShellState.choose, key="internet:1")
    await choices.keep()
    again = Tab(olena.who.actor)
    await again.do(ShellState.load)
    assert await chosen_key(again) == "internet:1"


async def test_a_new_tab_knows_a_choice_that_is_not_written_yet(world: Database, olena: Tab):
    await olena.do(ShellState.load)
    await olena.do(ShellState.choose, key="line:2")
    again = Tab(olena.who.actor)
    await again.do(ShellState.load)
    assert await kept(world, olena) == []
    assert await chosen_key(again) == "line:2"


async def test_a_newer_choice_of_another_process_counts(world: Database, olena: Tab, clock: FixedClock):
    await olena.do(ShellState.load)
    await olena.do(ShellState.choose, key="line:2")
    await choices.keep()
    clock.moment += timedelta(seconds=3)
    async with world.unit_of_work() as session:
        elsewhere = {olena.who.actor.profile_id: HoldingKey(HoldingKind.INTERNET, 1)}
        await service.remember_chosen(session, elsewhere, at=clock.now())
    again = Tab(olena.who.actor)
    await again.do(ShellState.load)
    assert await chosen_key(again) == "internet:1"


async def test_a_choice_is_kept_by_itself_a_moment_later(world: Database, olena: Tab):
    await olena.do(ShellState.load)
    await olena.do(ShellState.choose, key="line:2")
    for _ in range(200):
        if await kept(world, olena):
            break
        await asyncio.sleep(0.05)
    assert await kept(world, olena) == ["line:2"]


async def test_two_tabs_look_at_different_lines(olena: Tab):
    other = Tab(olena.who.actor)
    for tab, key in ((olena, "line:2"), (other, "internet:1")):
        await tab.do(ShellState.load)
        await tab.do(ShellState.choose, key=key)
        await choices.keep()
    await olena.do(ShellState.refresh)
    assert (await chosen_key(olena), await chosen_key(other)) == ("line:2", "internet:1")


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("/home?line=line:2", "line:2"),
        ("/home?line=internet%3A1", "internet:1"),
        ("/home?line=line:999", "line:1"),
        ("/home?line=", "line:1"),
        ("/home?line=%00'\"", "line:1"),
    ],
)
async def test_the_address_may_name_the_line_to_begin_with(olena: Tab, address: str, key: str):
    olena.go_to(address)
    await olena.do(ShellState.load)
    assert await chosen_key(olena) == key


async def test_the_address_does_not_overrule_a_later_choice(olena: Tab):
    olena.go_to("/home?line=line:2")
    await olena.do(ShellState.load)
    await olena.do(ShellState.choose, key="internet:1")
    await olena.do(ShellState.refresh)
    assert await chosen_key(olena) == "internet:1"


@pytest.mark.parametrize("key", ["line:4", "line:999", "junk", "", "profile:1"])
async def test_what_one_does_not_have_cannot_be_chosen(world: Database, olena: Tab, key: str):
    async with world.unit_of_work() as session:
        stranger = await make_person(session, "stranger")
        for number in ("380671000003", "380671000004"):
            await hold(session, stranger, await make_line(session, number))
    await olena.do(ShellState.load)
    await olena.do(ShellState.choose, key=key)
    await choices.keep()
    assert await chosen_key(olena) == "line:1"
    async with world.reading() as session:
        assert [held.holding.chosen_at for held in await holdings(session, olena.who.actor)] == [None] * 3


@pytest.mark.parametrize("key", [None, 1, ["line:1"], {"key": "line:1"}, True, "x" * 2001])
async def test_a_key_of_another_type_does_not_reach_the_handler(olena: Tab, key: object):
    with pytest.raises(Malformed):
        await olena.do(ShellState.choose, key=key)


async def test_a_line_that_was_removed_in_another_tab_leaves_the_hand(world: Database, olena: Tab):
    await olena.do(ShellState.load)
    await olena.do(ShellState.choose, key="line:2")
    async with world.unit_of_work() as session:
        await service.remove(session, olena.who.actor, HoldingKey.parse("line:2"))
    await choices.keep()
    await olena.do(ShellState.refresh)
    assert await chosen_key(olena) == "line:1"


async def test_somebody_with_nothing_has_nothing_in_hand(world: Database):
    async with world.unit_of_work() as session:
        nobody = Tab(await make_person(session, "nobody"))
    await nobody.do(ShellState.load)
    shell = await nobody.see(ShellState)
    assert (shell.ready, list(shell.lines), shell.chosen) == (True, [], None)


async def test_a_change_of_this_process_is_shown_at_once(world: Database, olena: Tab):
    await olena.do(ShellState.load)
    async with world.unit_of_work() as session:
        (held, *_) = await holdings(session, olena.who.actor)
        await service.rename(session, olena.who.actor, held.key, nickname="Work")
    await olena.do(ShellState.refresh)
    assert (await olena.see(ShellState)).lines[0].nickname == "Work"


async def test_a_change_that_nobody_told_of_is_shown_within_two_seconds(world: Database, olena: Tab, clock: FixedClock):
    await olena.do(ShellState.load)
    elsewhere = Database(world.url.render_as_string(hide_password=False))
    async with elsewhere.unit_of_work() as session:
        (held, *_) = await holdings(session, olena.who.actor)
        held.holding.nickname = "Work"
    await elsewhere.dispose()
    clock.moment += timedelta(seconds=2)
    await olena.do(ShellState.refresh)
    assert (await olena.see(ShellState)).lines[0].nickname == "Work"


async def test_a_refresh_that_finds_nothing_new_sends_nothing(olena: Tab):
    await olena.do(ShellState.load)
    shell = await olena.see(ShellState)
    olena.root._clean()
    await olena.do(ShellState.refresh)
    assert shell.dirty_vars == set()
