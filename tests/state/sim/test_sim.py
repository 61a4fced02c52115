"""The page of a SIM: what it shows, who may do what, double clicks, strangers, other tabs (G1)."""

import dataclasses
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from mykyivstar.db.database import Database
from mykyivstar.domain.blocking import service
from mykyivstar.domain.blocking.models import BlockReason, LineBlock
from mykyivstar.domain.identity.models import Profile
from mykyivstar.domain.lines.models import HoldingRole, Line, LineState
from mykyivstar.domain.notifications.models import SmsMessage
from mykyivstar.guard.action import policy_of
from mykyivstar.kit.clock import FixedClock
from mykyivstar.pages.sim.words import REASONS
from mykyivstar.state.proof import ProofState
from mykyivstar.state.shell import ShellState
from mykyivstar.state.sim.state import SimState
from tests.factories.people import hold, make_account, make_line, make_person
from tests.state.conftest import Tab

OTHER = "380671000002"
KEY = {"key": "k" * 32}


@pytest.fixture
async def olena(world: Database, clock: FixedClock) -> Tab:
    """Olena owns line:1 and line:2, pays for line:3, has internet:1, and has just proved who she is."""
    async with world.unit_of_work() as session:
        actor = await make_person(session)
        roles = (HoldingRole.OWNER, HoldingRole.OWNER, HoldingRole.PAYER)
        for position, role in enumerate(roles):
            line = await make_line(session, f"38067100000{position + 1}")
            await hold(session, actor, line, role=role, position=position)
        await hold(session, actor, await make_account(session), position=3)
        await make_line(session, "380671000009")
    return Tab(dataclasses.replace(actor, proved_at=clock.now()), address="/sim?line=line:1")


async def opened(tab: Tab, line: str = "line:1") -> SimState:
    tab.go_to(f"/sim?line={line}")
    await tab.do(SimState.load)
    return await tab.see(SimState)


async def blocked(tab: Tab, reason: str = "stolen", **more: str) -> SimState:
    """After the form, the check and the yes."""
    state = await opened(tab)
    await tab.do(SimState.begin)
    await tab.do(SimState.check, form={"line": "line:1", "reason": reason, **more})
    assert (state.step, state.refusal, state.field_refusals) == ("check", {}, {})
    assert state.checked is not None
    form = {"line": "line:1", "reason": state.checked.reason, "note": state.checked.note, "key": state.form_key}
    await tab.do(SimState.block, form=form)
    return state


async def carried_out(world: Database, at: Any) -> None:
    async with world.unit_of_work() as session:
        waiting = (await session.exec(select(LineBlock).order_by(col(LineBlock.id).desc()))).first()
        assert waiting is not None
        assert await service.carry_out(session, waiting.id or 0, at=at)


async def blocks(world: Database) -> list[tuple[str, str]]:
    async with world.reading() as session:
        found = await session.exec(select(LineBlock).order_by(col(LineBlock.id)))
        return [(each.reason.value, each.state.value) for each in found]


async def code(world: Database) -> tuple[str, str]:
    """To whom the last one went, and what it is."""
    async with world.reading() as session:
        sms = select(SmsMessage).where(SmsMessage.template == "code_unblock").order_by(col(SmsMessage.id).desc())
        found = (await session.exec(sms)).first()
    assert found is not None
    assert found.params is not None
    return found.to.digits, str(found.params["code"])


def test_the_form_offers_every_reason_of_people() -> None:
    assert {each.value for each in REASONS} == {each.value for each in BlockReason} - {"operator"}


async def test_a_stolen_sim_is_blocked_at_once_and_comes_back_by_a_document(olena: Tab, world: Database) -> None:
    state = await blocked(olena)
    assert (state.step, state.standing, state.checked) == ("standing", "ready", None)
    assert state.sim is not None
    assert (state.sim.state, state.sim.reason, state.sim.returns) == ("blocked", "stolen", "document")
    assert state.sim.contacts == []
    assert await blocks(world) == [("stolen", "active")]
    await olena.do(SimState.send_code, line="line:1", to=OTHER)
    assert "service centre" in state.refusal["en"]
    assert state.code is None
    await olena.do(SimState.unblock, form={"line": "line:1", "code": "ABCD"})
    assert state.sim.state == "blocked"


async def test_what_it_means_is_said_before(olena: Tab) -> None:
    state = await opened(olena)
    for reason, is_urgent in (("lost", True), ("stolen", True), ("away", False)):
        await olena.do(SimState.check, form={"line": "line:1", "reason": reason, "note": "whatever"})
        assert state.checked is not None
        assert (state.checked.reason, state.checked.note) == (reason, "")
        assert (state.checked.is_urgent, state.checked.has_contact) == (is_urgent, True)
    await olena.do(SimState.change)
    assert (state.step, state.reason) == ("form", "away")
    await olena.do(SimState.leave)
    assert (state.step, state.reason) == ("standing", "")


async def test_an_application_waits_and_is_withdrawn(olena: Tab, world: Database, clock: FixedClock) -> None:
    state = await blocked(olena, "away")
    assert state.sim is not None
    assert (state.sim.state, state.sim.due_at) == ("waiting", (clock.now() + timedelta(minutes=30)).isoformat())
    await olena.do(SimState.withdraw, line="line:1")
    assert (state.sim.state, await blocks(world)) == ("works", [("away", "withdrawn")])
    # The second click of the same button: what was wanted is so.
    await olena.do(SimState.withdraw, line="line:1")
    assert (state.sim.state, state.refusal) == ("works", {})
    assert await blocks(world) == [("away", "withdrawn")]


async def test_what_was_done_is_unblocked_by_a_code_to_another_number(
    olena: Tab, world: Database, clock: FixedClock
) -> None:
    state = await blocked(olena, "other", note="  чекаю на нову  картку ")
    await carried_out(world, clock.now())
    await olena.do(SimState.refresh)
    assert state.sim is not None
    assert (state.sim.state, state.sim.note, state.sim.returns) == ("blocked", "чекаю на нову картку", "by_code")
    assert [(each.key, each.is_email) for each in state.sim.contacts] == [(OTHER, False)]
    await olena.do(SimState.send_code, line="line:1", to=OTHER)
    to, right = await code(world)
    assert state.code is not None
    assert (to, state.code.contact.key) == (OTHER, OTHER)
    wrong = "2222" if right != "2222" else "3333"
    await olena.do(SimState.unblock, form={"line": "line:1", "code": wrong})
    assert "4" in state.field_refusals["code"]["en"]
    # A page that was loaded anew finds the code again.
    again = Tab(olena.who.actor, address="/sim?line=line:1")  # type: ignore[arg-type]
    found = await opened(again)
    assert found.code == state.code
    await olena.do(SimState.unblock, form={"line": "line:1", "code": right})
    assert (state.sim.state, state.code, state.refusal) == ("works", None, {})
    # The second click of the same button.
    await olena.do(SimState.unblock, form={"line": "line:1", "code": right})
    assert (state.sim.state, state.refusal, state.field_refusals) == ("works", {}, {})
    assert await blocks(world) == [("other", "ended")]


async def test_without_a_fresh_proof_it_is_asked_for_and_nothing_is_blocked(olena: Tab, world: Database) -> None:
    assert olena.who.actor is not None
    old = Tab(dataclasses.replace(olena.who.actor, proved_at=None), address="/sim?line=line:1")
    await opened(old)
    await old.do(SimState.block, form={"line": "line:1", "reason": "stolen", **KEY})
    assert (await old.see(ProofState)).is_open
    assert await blocks(world) == []


async def test_a_double_click_blocks_once(olena: Tab, world: Database) -> None:
    await opened(olena)
    for _ in range(3):
        await olena.do(SimState.block, form={"line": "line:1", "reason": "stolen", **KEY})
    assert await blocks(world) == [("stolen", "active")]
    assert (await olena.see(SimState)).refusal == {}


async def test_another_tab_that_was_quicker_is_told_and_shown(olena: Tab, world: Database) -> None:
    state = await opened(olena)
    await olena.do(SimState.begin)
    await olena.do(SimState.check, form={"line": "line:1", "reason": "away"})
    await blocked(Tab(olena.who.actor))  # type: ignore[arg-type]
    await olena.do(SimState.block, form={"line": "line:1", "reason": "away", **KEY})
    assert state.refusal["en"] == "This number is blocked already."
    assert (state.step, state.sim.state if state.sim else "") == ("standing", "blocked")
    assert await blocks(world) == [("stolen", "active")]


async def test_an_open_form_goes_when_the_line_was_blocked_elsewhere(olena: Tab) -> None:
    state = await opened(olena)
    await olena.do(SimState.begin)
    await olena.do(SimState.refresh)
    assert state.step == "form"
    await blocked(Tab(olena.who.actor))  # type: ignore[arg-type]
    await olena.do(SimState.refresh)
    assert (state.step, state.sim.state if state.sim else "") == ("standing", "blocked")


@pytest.mark.parametrize(
    ("form", "field", "words"),
    [
        ({"line": "line:1"}, "reason", "Choose why"),
        ({"line": "line:1", "reason": "operator"}, "reason", "Choose why"),
        ({"line": "line:1", "reason": "boredom"}, "reason", "Choose why"),
        ({"line": "line:1", "reason": "other", "note": "a"}, "note", "from 3 to 200"),
        ({"line": "line:4", "reason": "lost"}, "", "could not find"),
        ({"line": "line:99", "reason": "lost"}, "", "could not find"),
        ({"line": "internet:1", "reason": "lost"}, "", "could not find"),
        ({"line": "", "reason": "lost"}, "", "could not find"),
        ({"line": "line:3", "reason": "lost"}, "", "Only the owner"),
    ],
)
async def test_what_cannot_be_blocked_is_refused(
    olena: Tab, world: Database, form: dict[str, str], field: str, words: str
) -> None:
    state = await opened(olena)
    await olena.do(SimState.begin)
    for handler, more in ((SimState.check, {}), (SimState.block, KEY)):
        await olena.do(handler, form=form | more)
        said = state.field_refusals.get(field, {}) if field else state.refusal
        assert words in said["en"]
    assert await blocks(world) == []


async def test_lines_that_are_nobodys_own_are_neither_withdrawn_nor_unblocked(olena: Tab, world: Database) -> None:
    await blocked(olena, "away")
    async with world.unit_of_work() as session:
        stranger = await make_person(session, "stranger")
    theirs = Tab(dataclasses.replace(stranger, proved_at=olena.who.actor.proved_at))  # type: ignore[union-attr]
    state = await opened(theirs)
    assert (state.standing, state.sim) == ("none", None)
    for handler, arguments in (
        (SimState.withdraw, {"line": "line:1"}),
        (SimState.send_code, {"line": "line:1", "to": OTHER}),
        (SimState.unblock, {"form": {"line": "line:1", "code": "ABCD"}}),
        (SimState.block, {"form": {"line": "line:1", "reason": "stolen", **KEY}}),
    ):
        await theirs.do(handler, **arguments)
        assert "could not find" in state.refusal["en"]
    assert await blocks(world) == [("away", "waiting")]


async def test_a_line_that_is_only_paid_for_is_looked_at(olena: Tab) -> None:
    state = await opened(olena, "line:3")
    assert state.sim is not None
    assert (state.sim.number, state.sim.may_change, state.sim.state) == ("380671000003", False, "works")


async def test_home_internet_in_hand_asks_which_number(olena: Tab) -> None:
    state = await opened(olena, "internet:1")
    assert (state.standing, [each.key for each in state.lines]) == ("choose", ["line:1", "line:2", "line:3"])
    await olena.do(ShellState.choose, key="line:2")
    assert (state.standing, state.sim.number if state.sim else "") == ("ready", OTHER)


async def test_a_line_of_the_register_says_whom_to_call(olena: Tab, world: Database) -> None:
    for line_state, shown in ((LineState.BLOCKED, ("blocked", "operator")), (LineState.INACTIVE, ("ended", ""))):
        async with world.unit_of_work() as session:
            line = await session.get_one(Line, 1)
            line.state = line_state
            session.add(line)
        state = await opened(Tab(olena.who.actor))  # type: ignore[arg-type]
        assert state.sim is not None
        assert (state.sim.state, state.sim.returns) == shown


async def test_without_another_contact_it_leads_to_a_centre(olena: Tab, world: Database, clock: FixedClock) -> None:
    async with world.unit_of_work() as session:
        line = await session.get_one(Line, 2)
        line.state = LineState.BLOCKED
        profile = (await session.exec(select(Profile))).one()
        profile.contact_email = None
        session.add_all([line, profile])
    state = await opened(olena)
    await olena.do(SimState.check, form={"line": "line:1", "reason": "away"})
    assert state.checked is not None
    assert not state.checked.has_contact
    await blocked(olena, "away")
    await carried_out(world, clock.now())
    await olena.do(SimState.refresh)
    assert (state.sim.returns if state.sim else "") == "no_contact"
    await olena.do(SimState.send_code, line="line:1", to=OTHER)
    assert "no other number" in state.refusal["en"]


def test_every_handler_needs_a_session() -> None:
    for name, handler in SimState.event_handlers.items():
        if name.startswith("set") or name == "hydrate":
            continue
        policy = policy_of(handler.fn)
        assert policy is not None, name
        assert (policy.is_public, policy.staff) == (False, None), name
