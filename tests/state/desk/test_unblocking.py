"""At the counter: only a lead finds a blocked number and gives it back, once (G1)."""

from typing import Any

import pytest
from sqlmodel import select

from mykyivstar import routes
from mykyivstar.domain.blocking.models import BlockReason, BlockState, LineBlock, LineUnblocking
from mykyivstar.domain.lines.models import Holding, Line, LineState
from mykyivstar.domain.staff.models import StaffRole
from mykyivstar.domain.support.models import CustomerLook
from mykyivstar.guard.action import policy_of
from mykyivstar.kit.msisdn import Msisdn
from mykyivstar.state.desk.unblocking import DeskUnblockingState as State
from tests.state.rooms import Rooms

AWAY = "send this caller away"
NUMBER = "380671000001"
SEEN = {"document": "passport", "note": "паспорт, …123456"}
HANDLERS: dict[str, dict[str, Any]] = {
    "load": {},
    "find": {"form": {"number": NUMBER}},
    "unblock": {"form": SEEN},
    "put_away": {},
}


@pytest.fixture
async def counter(rooms: Rooms) -> Rooms:
    """Olena's number was stolen."""
    at = rooms.clock.now()
    async with rooms.database.unit_of_work() as session:
        session.add(line := Line(msisdn=Msisdn(NUMBER), state=LineState.BLOCKED))
        await session.flush()
        session.add(Holding(profile_id=rooms.olena.profile_id, line_id=line.id, proved_at=at))
        stolen = LineBlock(line_id=line.id or 0, key="k", reason=BlockReason.STOLEN, asked_at=at, since=at)
        stolen.state = BlockState.ACTIVE
        session.add(stolen)
    return rooms


async def state_of(rooms: Rooms) -> LineState:
    async with rooms.database.reading() as session:
        return (await session.exec(select(Line))).one().state


async def test_every_handler_is_for_leads_alone(counter: Rooms) -> None:
    declared = {name for name in State.event_handlers if policy_of(State.event_handlers[name].fn) is not None}
    assert declared >= set(HANDLERS)
    assert all(policy_of(State.event_handlers[name].fn).staff is StaffRole.LEAD for name in HANDLERS)  # type: ignore[union-attr]
    for who in ({}, {"actor": counter.olena}, {"staff": counter.solomiia}):
        tab = counter.tab(routes.DESK_UNBLOCKING, **who)  # type: ignore[arg-type]
        for handler, arguments in HANDLERS.items():
            with pytest.raises(AssertionError, match=AWAY):
                await tab.do(State, handler, **arguments)
    assert await state_of(counter) is LineState.BLOCKED


async def test_a_lead_finds_the_number_and_gives_it_back_once(counter: Rooms) -> None:
    tab = counter.tab(f"{routes.DESK_UNBLOCKING}?visit=V-7K3M9Q", staff=counter.marta)
    await tab.do(State, "load")
    shown = await tab.state(State)
    assert (shown.ready, shown.visit) == (True, "V-7K3M9Q")
    await tab.do(State, "find", form={"number": "067 999 99 99"})
    assert ("number" in shown.field_refusals, shown.line, shown.number) == (True, None, "067 999 99 99")
    await tab.do(State, "find", form={"number": "067 100 00 01"})
    assert shown.line is not None
    assert (shown.line.number, shown.line.reason, shown.line.owner) == (NUMBER, "stolen", "")
    assert shown.card is not None
    await tab.do(State, "unblock", form={"document": "library card", "note": SEEN["note"]})
    await tab.do(State, "unblock", form={"document": "passport", "note": "так"})
    assert "note" in shown.field_refusals
    assert await state_of(counter) is LineState.BLOCKED
    await tab.do(State, "unblock", form=SEEN)
    assert (shown.done, shown.line, shown.card) == (NUMBER, None, None)
    # A second click finds nobody at the counter any more, and takes nothing back.
    await tab.do(State, "unblock", form=SEEN)
    assert (shown.done, await state_of(counter)) == (NUMBER, LineState.ACTIVE)
    await tab.do(State, "put_away")
    assert shown.done == ""
    await tab.do(State, "find", form={"number": NUMBER})
    assert "not blocked" in shown.field_refusals["number"]["en"]
    async with counter.database.reading() as session:
        [given] = await session.exec(select(LineUnblocking))
        [look] = await session.exec(select(CustomerLook))
    assert (given.visit_number, look.visit_number, given.staff_id) == ("V-7K3M9Q", "V-7K3M9Q", counter.marta.staff_id)


async def test_two_leads_with_the_same_number_unblock_it_once(counter: Rooms) -> None:
    tabs = [counter.tab(routes.DESK_UNBLOCKING, staff=counter.marta) for _ in range(2)]
    for tab in tabs:
        await tab.do(State, "find", form={"number": NUMBER})
    for tab in tabs:
        await tab.do(State, "unblock", form=SEEN)
    quick, slow = [await tab.state(State) for tab in tabs]
    assert (quick.done, slow.done) == (NUMBER, "")
    assert "not blocked" in slow.field_refusals["number"]["en"]
