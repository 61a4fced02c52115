"""The page of limits: what its owner sets, what others may only look at or do not find (N5)."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from mykyivstar.db.database import Database
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.lines.models import HoldingRole, Line
from mykyivstar.domain.notifications.models import SmsMessage
from mykyivstar.domain.usage.ingest import store
from mykyivstar.domain.usage.models import UsageCategory
from mykyivstar.domain.usage_limits.checking import check_everything
from mykyivstar.domain.usage_limits.models import DataPause, UsageLimit
from mykyivstar.domain.usage_limits.volumes import GIGABYTE, parse_gigabytes, written_gigabytes
from mykyivstar.guard.action import policy_of
from mykyivstar.i18n import describe
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.money import Money
from mykyivstar.state.usage_limits.state import LimitsState
from tests.domain.usage.test_ingest import record
from tests.factories.people import hold, make_account, make_line, make_person, put_money
from tests.state.conftest import Tab


def handlers(line: str) -> dict[str, dict[str, Any]]:
    """What changes something, as the page of this line sends it."""
    return {
        "set_money": {"form": {"line": line, "amount": "100"}},
        "set_data": {"form": {"line": line, "data": "10"}},
        "remove": {"kind": "data", "line": line},
        "pause": {"line": line},
        "resume": {"line": line},
    }


@pytest.fixture
async def olena(world: Database) -> Tab:
    """Olena owns line:1, pays for line:2, looks at line:3 and has internet:1."""
    async with world.unit_of_work() as session:
        actor = await make_person(session)
        for position, role in enumerate((HoldingRole.OWNER, HoldingRole.PAYER, HoldingRole.VIEWER)):
            line = await make_line(session, f"38067100000{position + 1}")
            await put_money(session, line, Money.uah(100))
            await hold(session, actor, line, role=role, position=position)
        await hold(session, actor, await make_account(session), position=3)
    return Tab(actor, address="/limits?line=line:1")


async def opened(tab: Tab, line: str = "line:1") -> LimitsState:
    tab.go_to(f"/limits?line={line}")
    await tab.do(LimitsState.load)
    return await tab.see(LimitsState)


async def used(world: Database, clock: FixedClock, quantity: int) -> None:
    row = {**record(line_id=1, started_at=clock.now() - timedelta(minutes=1)), "other_party": "", "quantity": quantity}
    async with world.unit_of_work() as session:
        await store(session, [{**row, "category": UsageCategory.DATA}])  # type: ignore[typeddict-item]
    await check_everything(world, at=clock.now())


async def rows(world: Database) -> tuple[int, int]:
    async with world.reading() as session:
        return len((await session.exec(select(UsageLimit))).all()), len((await session.exec(select(DataPause))).all())


async def test_a_limit_is_set_followed_and_removed(olena: Tab, world: Database, clock: FixedClock) -> None:
    state = await opened(olena)
    assert (state.standing, state.may_set, state.number, state.month) == ("ready", True, "380671000001", "2026-11-01")
    assert state.data is not None
    assert (state.data.most, state.data.typed) == (0, "")
    await olena.do(LimitsState.set_data, form={"line": "line:1", "data": " 1,5 ", "data_pauses": "on"})
    await used(world, clock, GIGABYTE * 5 // 4)
    await olena.do(LimitsState.refresh)
    data = (await olena.see(LimitsState)).data
    assert data is not None
    assert (data.most, data.typed, data.percent, data.pauses_data) == (GIGABYTE * 3 // 2, "1.5", 83, True)
    assert (data.near_at, data.reached_at) == (clock.now().isoformat(), "")
    await used(world, clock, GIGABYTE)
    await olena.do(LimitsState.refresh)
    state = await olena.see(LimitsState)
    assert (state.is_paused, state.paused_by, state.paused_until) == (True, "limit", "2026-11-30T22:00:00+00:00")
    async with world.reading() as session:
        assert len((await session.exec(select(SmsMessage))).all()) == 2
    await olena.do(LimitsState.remove, kind="data", line="line:1")
    state = await olena.see(LimitsState)
    assert (state.is_paused, await rows(world)) == (False, (0, 1))


async def test_money_is_set_beside_data(olena: Tab, world: Database) -> None:
    await opened(olena)
    await olena.do(LimitsState.set_money, form={"line": "line:1", "amount": "1 250,50 ₴"})
    await olena.do(LimitsState.set_data, form={"line": "line:1", "data": "20"})
    state = await olena.see(LimitsState)
    assert state.money is not None
    assert (state.money.most, state.money.typed, state.saved) == (125_050, "1250.50", 2)
    assert await rows(world) == (2, 0)


async def test_data_is_paused_after_one_more_yes_and_resumed(olena: Tab, world: Database) -> None:
    await opened(olena)
    await olena.do(LimitsState.ask_pause)
    assert (await olena.see(LimitsState)).is_asking
    await olena.do(LimitsState.think_again)
    assert await rows(world) == (0, 0)
    await olena.do(LimitsState.pause, line="line:1")
    state = await olena.see(LimitsState)
    assert (state.is_paused, state.paused_by, state.paused_until, state.is_asking) == (True, "by_hand", "", False)
    await olena.do(LimitsState.resume, line="line:1")
    assert not (await olena.see(LimitsState)).is_paused


async def test_a_click_is_about_the_line_it_was_drawn_for(olena: Tab, world: Database) -> None:
    async with world.unit_of_work() as session:
        await hold(session, olena.who.actor, line := await make_line(session, "380671000009"), position=9)
    await opened(olena)
    other = await opened(olena, f"line:{line.id}")
    assert (other.key, other.may_set) == (f"line:{line.id}", True)
    for name, arguments in handlers("line:1").items():
        if name not in {"remove", "resume"}:
            await olena.do(getattr(LimitsState, name), **arguments)
    async with world.reading() as session:
        for model in (UsageLimit, DataPause):
            assert {each.line_id for each in await session.exec(select(model))} == {1}
    assert (other.key, other.is_paused, other.refusal) == (f"line:{line.id}", False, {})
    for name in ("remove", "resume"):
        await olena.do(getattr(LimitsState, name), **handlers("line:1")[name])
    await olena.do(LimitsState.remove, kind="money", line="line:1")
    async with world.reading() as session:
        assert list(await session.exec(select(UsageLimit))) == []


@pytest.mark.parametrize(
    ("handler", "form", "field"),
    [
        ("set_data", {"data": ""}, "data"),
        ("set_data", {"data": "-1"}, "data"),
        ("set_data", {"data": "ten"}, "data"),
        ("set_data", {"data": "0"}, "data"),
        ("set_data", {"data": "999999"}, "data"),
        ("set_data", {"data": "1.0001"}, "data"),
        ("set_money", {"amount": "0"}, "amount"),
        ("set_money", {"amount": "0,50"}, "amount"),
        ("set_money", {"amount": "100000,01"}, "amount"),
        ("set_money", {}, "amount"),
    ],
)
async def test_mistakes_stand_beside_their_fields(
    olena: Tab, world: Database, handler: str, form: dict[str, str], field: str
) -> None:
    await opened(olena)
    await olena.do(getattr(LimitsState, handler), form={"line": "line:1", **form})
    assert set((await olena.see(LimitsState)).field_refusals) == {field}
    assert await rows(world) == (0, 0)


async def test_an_unknown_kind_is_refused(olena: Tab) -> None:
    await opened(olena)
    await olena.do(LimitsState.remove, kind="minutes", line="line:1")
    assert (await olena.see(LimitsState)).refusal


async def test_who_only_looks_sets_nothing(olena: Tab, world: Database) -> None:
    state = await opened(olena, "line:3")
    assert (state.standing, state.may_set) == ("ready", False)
    for name, arguments in handlers("line:3").items():
        await olena.do(getattr(LimitsState, name), **arguments)
        assert "Only the owner" in (await olena.see(LimitsState)).refusal["en"]
    assert await rows(world) == (0, 0)


@pytest.mark.parametrize("line", ["line:2", "internet:1"])
async def test_what_has_no_limits_for_this_person_says_so(olena: Tab, world: Database, line: str) -> None:
    state = await opened(olena, line)
    assert (state.standing, state.key) == ("none", "")
    for sent in (line, ""):
        for name, arguments in handlers(sent).items():
            await olena.do(getattr(LimitsState, name), **arguments)
            assert state.refusal
    assert await rows(world) == (0, 0)


async def test_strangers_find_nothing(olena: Tab, world: Database) -> None:
    async with world.unit_of_work() as session:
        stranger = await make_person(session, "stranger")
    tab = Tab(Actor(stranger.profile_id, stranger.session_id), visitor="other")
    assert (await opened(tab)).standing == "none"
    for name, arguments in handlers("line:1").items():
        await tab.do(getattr(LimitsState, name), **arguments)
        assert (await tab.see(LimitsState)).refusal["en"] == describe(NotFound(), "en")
    assert await rows(world) == (0, 0)
    async with world.reading() as session:
        assert len((await session.exec(select(Line))).all()) == 3


async def test_every_handler_is_for_signed_in_people() -> None:
    for name in ("load", "refresh", "ask_pause", "think_again", *handlers("")):
        policy = policy_of(LimitsState.event_handlers[name].fn)
        assert policy is not None
        assert not policy.is_public


@pytest.mark.parametrize(("text", "again"), [("10", "10"), ("0,5", "0.5"), ("1 000", "1000"), ("0.125", "0.125")])
def test_gigabytes_are_read_as_people_type_them(text: str, again: str) -> None:
    assert written_gigabytes(parse_gigabytes(text)) == again
