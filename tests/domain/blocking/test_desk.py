"""At the desk: whose line is unblocked for a document, by whom, and what is written down (G1)."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import update

from mykyivstar.domain.blocking import desk
from mykyivstar.domain.blocking.desk import Asked
from mykyivstar.domain.blocking.errors import (
    LineBlockedByRegister,
    LineIsNotBlocked,
    NoSuchLine,
)
from mykyivstar.domain.blocking.models import BlockEnding, LineBlock, LineUnblocking
from mykyivstar.domain.identity.errors import TooManyTries
from mykyivstar.domain.lines.models import Line, LineState, OwnerKind
from mykyivstar.domain.staff.actor import StaffActor
from mykyivstar.domain.staff.errors import StaffRoleNeeded
from mykyivstar.domain.staff.models import StaffRole
from mykyivstar.domain.support.models import CustomerLook
from mykyivstar.domain.visits.counter import Seen
from mykyivstar.domain.visits.errors import DocumentNoteMissing
from mykyivstar.domain.visits.models import ProofDocument, VisitLook
from tests.domain.blocking.conftest import LINE, LOST, OTHER, STOLEN, Home
from tests.factories.people import LONG_AGO, make_line, make_owner

PASSPORT = Seen(ProofDocument.PASSPORT, "паспорт, …123456")


async def look(home: Home, member: StaffActor, number: str = "067 100 00 01", visit: str = "") -> desk.BlockedLine:
    return await desk.look_for(home.database.unit_of_work, member, Asked(number, visit), at=home.clock.now())


async def free(home: Home, member: StaffActor, seen: Seen = PASSPORT, number: str = LINE, visit: str = "") -> Any:
    return await desk.unblock(home.database.unit_of_work, member, Asked(number, visit), seen, at=home.clock.now())


async def test_the_desk_unblocks_what_was_stolen_and_writes_it_down(home: Home) -> None:
    async with home.database.unit_of_work() as session:
        owner = await make_owner(session, name="Коваленко Олена", kind=OwnerKind.INDIVIDUAL)
        await session.exec(update(Line).where(Line.id == home.line_id).values(owner_id=owner.id))
    await home.block(STOLEN)
    since = home.clock.now()
    home.clock.moment += timedelta(hours=2)
    marta = await home.member()
    seen = await look(home, marta, visit="V-7K3M9Q")
    assert (seen.number, seen.reason, seen.since, seen.owner, seen.is_company) == (
        LINE,
        STOLEN,
        since,
        "Коваленко Олена",
        False,
    )
    assert seen.card is not None
    assert await free(home, marta, visit="V-7K3M9Q") == LINE
    assert await home.state() is LineState.ACTIVE
    (kept,) = await home.all(LineUnblocking)
    assert (kept.staff_id, kept.visit_number, kept.document, kept.note, kept.at) == (
        marta.staff_id,
        "V-7K3M9Q",
        ProofDocument.PASSPORT,
        "паспорт, …123456",
        home.clock.now(),
    )
    (block,) = await home.all(LineBlock)
    assert (block.id, block.ending, block.until) == (kept.block_id, BlockEnding.AT_DESK, home.clock.now())
    (of_customer,) = await home.all(CustomerLook)
    assert (of_customer.profile_id, of_customer.visit_number) == (home.olena.profile_id, "V-7K3M9Q")
    assert [each.subject for each in await home.all(VisitLook)] == [f"line:{LINE}"]
    assert (await home.told())[-2:] == [("line_unblocked", LINE), ("line_unblocked", OTHER)]
    with pytest.raises(LineIsNotBlocked):
        await free(home, marta)
    assert len(await home.all(LineUnblocking)) == 1


async def test_only_leads_look_and_unblock(home: Home) -> None:
    await home.block(STOLEN)
    consultant = await home.member(StaffRole.CONSULTANT)
    for attempt in (look(home, consultant), free(home, consultant)):
        with pytest.raises(StaffRoleNeeded):
            await attempt
    assert await home.state() is LineState.BLOCKED
    assert not await home.all(VisitLook)


async def test_the_desk_is_refused_what_is_not_to_be_unblocked_and_the_look_is_kept(home: Home) -> None:
    lead = await home.member()
    for number, refusal in (("12", NoSuchLine), ("067 999 99 99", NoSuchLine), (LINE, LineIsNotBlocked)):
        with pytest.raises(refusal):
            await look(home, lead, number)
        with pytest.raises(refusal):
            await free(home, lead, number=number)
    async with home.database.unit_of_work() as session:
        await session.exec(update(Line).where(Line.id == home.line_id).values(state=LineState.BLOCKED))
    with pytest.raises(LineBlockedByRegister):
        await look(home, lead)
    with pytest.raises(LineBlockedByRegister):
        await free(home, lead)
    assert [each.subject for each in await home.all(VisitLook)] == [
        "line:380679999999",
        f"line:{LINE}",
        f"line:{LINE}",
    ]
    assert not await home.all(CustomerLook)


@pytest.mark.parametrize("note", ["", "1234", " \n ", "a  b"])
async def test_what_was_seen_is_written(home: Home, note: str) -> None:
    await home.block(STOLEN)
    with pytest.raises(DocumentNoteMissing):
        await free(home, await home.member(), Seen(ProofDocument.DIIA, note))
    assert await home.state() is LineState.BLOCKED


async def test_two_leads_at_once_unblock_once(home: Home) -> None:
    await home.block(STOLEN)
    lead, second = await home.member(), await home.member()
    done = await asyncio.gather(free(home, lead), free(home, second), return_exceptions=True)
    assert sorted(map(str, map(type, done))) == sorted(map(str, [str, LineIsNotBlocked]))
    assert len(await home.all(LineUnblocking)) == 1


async def test_a_lead_unblocks_at_most_thirty_a_day(home: Home) -> None:
    lead = await home.member()
    for _ in range(30):
        with pytest.raises(LineIsNotBlocked):
            await free(home, lead)
    await home.block(STOLEN)
    with pytest.raises(TooManyTries):
        await free(home, lead)


async def test_a_company_is_shown_as_one_and_a_line_without_a_profile_too(home: Home) -> None:
    async with home.database.unit_of_work() as session:
        company = await make_owner(session, name="ТОВ «Нива»", kind=OwnerKind.LEGAL)
        line = await make_line(session, "380671000030", owner_id=company.id, state=LineState.BLOCKED)
        session.add(
            LineBlock(line_id=line.id or 0, key="k", reason=LOST, state="active", asked_at=LONG_AGO, since=LONG_AGO)
        )
    seen = await look(home, await home.member(), "380671000030")
    assert (seen.owner, seen.is_company, seen.card) == ("ТОВ «Нива»", True, None)


@pytest.mark.parametrize(
    ("visit", "kept"), [("V-7K3M9Q", "V-7K3M9Q"), ("V-7k3m9q", ""), ("V-000000", ""), ("V-7K3M9QX", "")]
)
async def test_only_the_number_of_a_visit_is_written_down(home: Home, visit: str, kept: str) -> None:
    await home.block(STOLEN)
    await free(home, await home.member(), visit=visit)
    assert [each.visit_number for each in await home.all(LineUnblocking)] == [kept]
