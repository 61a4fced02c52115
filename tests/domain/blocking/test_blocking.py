"""Who may block a line, how fast it is done, what is told, and that of two at once one comes first (G1)."""

import asyncio
from datetime import timedelta
from functools import partial
from itertools import count

import pytest
from sqlmodel import update

from mykyivstar.domain.blocking.errors import (
    AlreadyBlocked,
    BlockedByRegister,
    BlockingAppliedFor,
    LineNotInService,
    OnlyOwnerBlocks,
    ReasonMissing,
    ReasonWordsMissing,
    TooLateToWithdraw,
)
from mykyivstar.domain.blocking.models import BlockReason, BlockState, LineBlock
from mykyivstar.domain.blocking.queries import Return
from mykyivstar.domain.identity.security_errors import ProofNeeded
from mykyivstar.domain.lines.models import HoldingRole, Line, LineState
from mykyivstar.domain.notifications.models import MailMessage, SmsMessage
from mykyivstar.kit.errors import CustomerError, NotFound
from tests.domain.blocking.conftest import AWAY, EMAIL, LINE, LOST, OTHER, STOLEN, WORDS, Home
from tests.factories.people import hold, make_line, make_person
from tests.fixtures.meetings import Send, meetings, on_postgresql


@pytest.mark.parametrize("reason", [LOST, STOLEN])
async def test_a_lost_or_stolen_sim_is_blocked_at_once(home: Home, reason: BlockReason) -> None:
    made = await home.block(reason)
    assert (made.state, made.since, made.due_at) == (BlockState.ACTIVE, home.clock.now(), None)
    assert await home.state() is LineState.BLOCKED
    assert not await home.jobs()
    assert await home.told() == [("line_blocked", LINE), ("line_blocked", OTHER)]
    assert await home.events() == ["line_blocked"]
    (letter,) = await home.all(MailMessage)
    assert (letter.to, letter.template, letter.params["template"]) == (EMAIL, "notice", "line_blocked")
    assert (await home.see()).returns is Return.DOCUMENT


async def test_any_other_reason_is_an_application_done_within_half_an_hour(home: Home) -> None:
    asked = home.clock.now()
    made = await home.block(AWAY)
    assert (made.state, made.since, made.due_at) == (BlockState.WAITING, None, asked + timedelta(minutes=30))
    assert await home.state() is LineState.ACTIVE
    assert await home.told() == [("line_block_asked", LINE), ("line_block_asked", OTHER)]
    (job,) = await home.jobs()
    assert (job.run_at, job.payload) == (asked + timedelta(minutes=15), {"block_id": made.id})
    assert made.due_at is not None
    assert job.run_at < made.due_at
    home.clock.moment += timedelta(minutes=15)
    assert await home.carry_out(made)
    assert await home.state() is LineState.BLOCKED
    standing = await home.see()
    assert standing.block is not None
    assert (standing.block.since, standing.returns) == (asked + timedelta(minutes=15), Return.BY_CODE)
    assert [each.key for each in standing.contacts] == [OTHER, EMAIL]
    assert await home.events() == ["line_block_asked", "line_blocked"]


async def test_it_is_carried_out_once(home: Home) -> None:
    made = await home.block()
    assert [await home.carry_out(made), await home.carry_out(made)] == [True, False]
    assert len([each for each in await home.told() if each[0] == "line_blocked"]) == 2


async def test_it_can_be_withdrawn_until_it_is_done(home: Home) -> None:
    made = await home.block()
    await home.withdraw()
    assert not await home.carry_out(made)
    assert (await home.state(), await home.blocks()) == (LineState.ACTIVE, [("away", "withdrawn")])
    # Twice is once.
    await home.withdraw()
    assert await home.events() == ["line_block_asked", "line_block_withdrawn"]
    again = await home.block(key="form-2")
    await home.carry_out(again)
    with pytest.raises(TooLateToWithdraw):
        await home.withdraw()
    assert await home.state() is LineState.BLOCKED


async def test_a_line_that_has_ended_meanwhile_is_not_blocked(home: Home) -> None:
    made = await home.block()
    async with home.database.unit_of_work() as session:
        await session.exec(update(Line).where(Line.id == home.line_id).values(state=LineState.INACTIVE))
    assert not await home.carry_out(made)
    assert await home.blocks() == [("away", "withdrawn")]
    assert await home.state() is LineState.INACTIVE
    with pytest.raises(TooLateToWithdraw):
        await home.withdraw()


async def test_a_fresh_proof_is_asked_for(home: Home) -> None:
    with pytest.raises(ProofNeeded):
        await home.block(STOLEN, by=home.olena)
    assert (await home.state(), await home.blocks()) == (LineState.ACTIVE, [])


async def test_only_its_owner_blocks_and_withdraws(home: Home) -> None:
    for role in (HoldingRole.PAYER, HoldingRole.VIEWER):
        async with home.database.unit_of_work() as session:
            somebody = await make_person(session, f"a-{role.value}")
            await hold(session, somebody, await session.get_one(Line, home.line_id), role=role)
        with pytest.raises(OnlyOwnerBlocks):
            await home.block(STOLEN, by=home.proved(somebody))
        assert not (await home.see(by=somebody)).may_change
        await home.block(AWAY, key=f"form-{role.value}")
        with pytest.raises(OnlyOwnerBlocks):
            await home.withdraw(by=somebody)
        await home.withdraw()


async def test_a_strangers_line_is_not_there(home: Home) -> None:
    async with home.database.unit_of_work() as session:
        stranger = await make_person(session, "stranger")
    for attempt in (
        home.block(STOLEN, by=home.proved(stranger)),
        home.withdraw(by=stranger),
        home.see(by=stranger),
        home.block(STOLEN, line_id=999),
    ):
        with pytest.raises(NotFound):
            await attempt
    assert await home.blocks() == []


@pytest.mark.parametrize(
    ("note", "refusal"),
    [("", True), ("ab", True), ("abc", False), ("a" * 200, False), ("a" * 201, True), (" \n ", True)],
)
async def test_another_reason_has_words(home: Home, note: str, refusal: bool) -> None:
    if refusal:
        with pytest.raises(ReasonWordsMissing):
            await home.block(WORDS, note=note)
    else:
        assert (await home.block(WORDS, note=note)).note == note


async def test_words_belong_to_another_reason_alone(home: Home) -> None:
    assert (await home.block(AWAY, note="whatever")).note == ""


async def test_nobody_blocks_as_the_register_does(home: Home) -> None:
    with pytest.raises(ReasonMissing):
        await home.block(BlockReason.OPERATOR)


async def test_a_form_sent_twice_is_one_block(home: Home) -> None:
    first, second = await home.block(), await home.block()
    assert first.id == second.id
    assert len(await home.jobs()) == 1
    async with home.database.unit_of_work() as session:
        ivans = await make_line(session, "380671000003")
        await hold(session, home.ivan, ivans)
    with pytest.raises(NotFound):
        await home.block(by=home.proved(home.ivan), line_id=ivans.id)


async def test_of_two_at_once_one_wins(home: Home) -> None:
    done = await asyncio.gather(
        home.block(STOLEN, key="form-1"), home.block(LOST, key="form-2"), return_exceptions=True
    )
    assert sorted(type(each) for each in done if isinstance(each, CustomerError)) == [AlreadyBlocked]
    assert [each.state for each in done if isinstance(each, LineBlock)] == [BlockState.ACTIVE]
    assert len(await home.blocks()) == 1
    assert len(await home.told()) == 2


async def test_carrying_out_and_withdrawing_at_once_do_one_of_both(home: Home) -> None:
    made = await home.block()
    done, taken_back = await asyncio.gather(home.carry_out(made), home.withdraw(), return_exceptions=True)
    assert (done, isinstance(taken_back, TooLateToWithdraw)) in {(True, True), (False, False)}
    assert await home.state() is (LineState.BLOCKED if done else LineState.ACTIVE)


async def test_a_second_application_is_refused_but_a_theft_overtakes_it(home: Home) -> None:
    waiting = await home.block(AWAY)
    with pytest.raises(BlockingAppliedFor):
        await home.block(WORDS, note="чергове", key="form-2")
    stolen = await home.block(STOLEN, key="form-3")
    assert stolen.state is BlockState.ACTIVE
    assert await home.state() is LineState.BLOCKED
    assert await home.blocks() == [("away", "withdrawn"), ("stolen", "active")]
    assert not await home.carry_out(waiting)
    with pytest.raises(AlreadyBlocked):
        await home.block(LOST, key="form-4")


async def test_what_the_register_blocked_or_ended_is_not_blocked(home: Home) -> None:
    for state, refusal in ((LineState.BLOCKED, BlockedByRegister), (LineState.INACTIVE, LineNotInService)):
        async with home.database.unit_of_work() as session:
            await session.exec(update(Line).where(Line.id == home.line_id).values(state=state))
        with pytest.raises(refusal):
            await home.block(STOLEN)
    assert await home.blocks() == []


async def test_every_owner_hears_of_it_in_their_own_language_once_a_number(home: Home) -> None:
    async with home.database.unit_of_work() as session:
        husband = await make_person(session, "petro")
        await hold(session, husband, await session.get_one(Line, home.line_id))
        await hold(session, husband, await make_line(session, "380671000005"))
    await home.block(STOLEN)
    assert await home.told() == [("line_blocked", LINE), ("line_blocked", OTHER), ("line_blocked", "380671000005")]
    assert await home.events() == ["line_blocked", "line_blocked"]
    assert {each.params["number"] for each in await home.all(SmsMessage)} == {"067*****01"}


async def test_one_form_that_comes_twice_at_once_is_one_block(home: Home) -> None:
    first, second = await asyncio.gather(home.block(STOLEN), home.block(STOLEN))
    assert first.id == second.id
    assert await home.blocks() == [("stolen", "active")]
    assert len(await home.told()) == 2


@on_postgresql
async def test_one_form_is_for_one_line_whoever_is_first(home: Home) -> None:
    numbers = count()

    async def form() -> tuple[Send, Send]:
        # Of one key, for two new lines: what stood between two statements of the one was carried out for the other.
        number = next(numbers)
        async with home.database.unit_of_work() as session:
            lines = [await make_line(session, f"38067100{place}{number:03}") for place in (8, 9)]
            for line in lines:
                await hold(session, home.olena, line)
            first, second = (partial(home.block, STOLEN, line_id=line.id, key=f"for-two-{number}") for line in lines)
        return first, second

    for met in await meetings(home.database, form):
        assert {type(met.first), type(met.second)} == {LineBlock, NotFound}, met.statement
