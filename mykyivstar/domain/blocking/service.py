"""Blocking a line: at once when the SIM is lost or stolen, otherwise by an application within half an hour (G1).

The line's row is held by whoever changes anything, so that of two at once one comes first and the other sees it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import changed
from mykyivstar.db.jobs import enqueue
from mykyivstar.db.turns import take_turn
from mykyivstar.domain.blocking import notices
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
from mykyivstar.domain.blocking.models import BlockEnding, BlockReason, BlockState, LineBlock
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.proof import require_fresh
from mykyivstar.domain.lines.models import HoldingRole, Line, LineState
from mykyivstar.domain.lines.queries import held_line
from mykyivstar.domain.support.texts import cleaned
from mykyivstar.kit.errors import NotFound

CARRY_OUT_JOB = "blocking.carry_out"
#: An application is done by then: what the page promises.
PROMISED = timedelta(minutes=30)
#: And taken up after this long, in which it can be withdrawn; the rest is for tries that fail.
TAKEN_UP_AFTER = timedelta(minutes=15)
WORDS_LEAST, WORDS_MOST = 3, 200
_OF_PEOPLE = frozenset(BlockReason) - {BlockReason.OPERATOR}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A block as it is asked for; `note` is for BlockReason.OTHER, and "" otherwise."""

    line_id: int
    reason: BlockReason
    note: str = ""


async def check(session: AsyncSession, actor: Actor, wanted: Wanted) -> Wanted:
    """The same, put in order, if it may be asked for now.

    Raises NotFound, OnlyOwnerBlocks, ReasonMissing, ReasonWordsMissing, AlreadyBlocked, BlockingAppliedFor,
    BlockedByRegister, LineNotInService.
    """
    wanted = _fit(wanted)
    line = await own(session, actor, wanted.line_id)
    _demand(line, await open_block(session, wanted.line_id), wanted.reason)
    return wanted


async def block(session: AsyncSession, actor: Actor, wanted: Wanted, *, key: str, at: datetime) -> LineBlock:
    """Block it at once or file the application, once for the key of its form; an open application is overtaken by
    a loss or theft. Raises ProofNeeded and what `check` does.
    """
    require_fresh(actor, at)
    return await block_by_phone(session, actor, wanted, key=key, at=at)


async def block_by_phone(session: AsyncSession, actor: Actor, wanted: Wanted, *, key: str, at: datetime) -> LineBlock:
    """The same for who dials: that the network names the phone is the proof. Raises what `check` does."""
    wanted = _fit(wanted)
    await take_turn(session, f"block:{key}")
    await own(session, actor, wanted.line_id)
    line = await held_for_change(session, wanted.line_id)
    known = (await session.exec(select(LineBlock).where(LineBlock.key == key))).first()
    if known is not None:
        if (known.profile_id, known.line_id) != (actor.profile_id, wanted.line_id):
            raise NotFound
        return known
    waiting = await open_block(session, wanted.line_id)
    _demand(line, waiting, wanted.reason)
    if waiting is not None:
        # Applied for before the SIM was missed: the application gives way to what is done at once.
        await _withdraw(session, waiting, at)
    made = LineBlock(
        line_id=wanted.line_id,
        profile_id=actor.profile_id,
        key=key,
        reason=wanted.reason,
        note=wanted.note,
        state=BlockState.WAITING,
        asked_at=at,
    )
    if wanted.reason.is_urgent:
        await _begin(session, line, made, at=at)
        return made
    made.due_at = at + PROMISED
    session.add(made)
    await session.flush()
    await enqueue(session, CARRY_OUT_JOB, {"block_id": made.id}, run_at=at + TAKEN_UP_AFTER, dedup=f"block:{made.id}")
    await notices.applied_for(session, line, made, at=at)
    changed(session, Subject(Topic.LINE, wanted.line_id))
    return made


async def withdraw(session: AsyncSession, actor: Actor, line_id: int, *, at: datetime) -> None:
    """Take an application back that was not carried out yet. Twice is once: the line works, and nothing waits.

    Raises NotFound, OnlyOwnerBlocks, TooLateToWithdraw when the line is blocked or ended by now.
    """
    await own(session, actor, line_id)
    line = await held_for_change(session, line_id)
    waiting = await open_block(session, line_id)
    if waiting is None and line.state is LineState.ACTIVE:
        return
    if waiting is None or waiting.state is not BlockState.WAITING:
        raise TooLateToWithdraw
    await _withdraw(session, waiting, at)
    await notices.withdrawn(session, line, at=at)
    changed(session, Subject(Topic.LINE, line_id))


async def carry_out(session: AsyncSession, block_id: int, *, at: datetime) -> bool:
    """Do what was applied for; False: it was withdrawn, done before, or the line is not in service any more."""
    found = await session.get(LineBlock, block_id)
    if found is None:
        return False
    line = await held_for_change(session, found.line_id)
    await session.refresh(found)
    if found.state is not BlockState.WAITING:
        return False
    if line.state is not LineState.ACTIVE:
        await _withdraw(session, found, at)
        changed(session, Subject(Topic.LINE, found.line_id))
        return False
    await _begin(session, line, found, at=at)
    return True


async def end(session: AsyncSession, line: Line, active: LineBlock, ending: BlockEnding, *, at: datetime) -> None:
    """The line, which the caller holds, works again from this moment on."""
    active.state, active.until, active.ending = BlockState.ENDED, at, ending
    line.state = LineState.ACTIVE
    session.add_all([active, line])
    await session.flush()
    await notices.unblocked(session, line, active, at=at)
    changed(session, Subject(Topic.LINE, active.line_id))


async def open_block(session: AsyncSession, line_id: int) -> LineBlock | None:
    """The block of this line that waits or holds."""
    is_open = col(LineBlock.state).in_([BlockState.WAITING, BlockState.ACTIVE])
    query = select(LineBlock).where(LineBlock.line_id == line_id, is_open)
    return (await session.exec(query.execution_options(populate_existing=True))).first()


async def own(session: AsyncSession, actor: Actor, line_id: int) -> Line:
    """The actor's line, if they own it. Raises NotFound, for a stranger's too, OnlyOwnerBlocks."""
    held = await held_line(session, actor, line_id)
    if held.holding.role is not HoldingRole.OWNER:
        raise OnlyOwnerBlocks
    return held.line


async def held_for_change(session: AsyncSession, line_id: int) -> Line:
    """The line, held until the transaction ends. Raises NotFound."""
    query = select(Line).where(Line.id == line_id).with_for_update().execution_options(populate_existing=True)
    line = (await session.exec(query)).first()
    if line is None:
        raise NotFound
    return line


def _fit(wanted: Wanted) -> Wanted:
    if wanted.reason not in _OF_PEOPLE:
        raise ReasonMissing
    note = " ".join(cleaned(wanted.note).split()) if wanted.reason is BlockReason.OTHER else ""
    if wanted.reason is BlockReason.OTHER and not WORDS_LEAST <= len(note) <= WORDS_MOST:
        raise ReasonWordsMissing(least=WORDS_LEAST, most=WORDS_MOST)
    return Wanted(wanted.line_id, wanted.reason, note)


def _demand(line: Line, opened: LineBlock | None, reason: BlockReason) -> None:
    if line.state is LineState.INACTIVE:
        raise LineNotInService
    if line.state is LineState.BLOCKED:
        raise AlreadyBlocked if opened is not None and opened.reason is not BlockReason.OPERATOR else BlockedByRegister
    if opened is not None and not reason.is_urgent:
        raise BlockingAppliedFor


async def _begin(session: AsyncSession, line: Line, block: LineBlock, *, at: datetime) -> None:
    block.state, block.since = BlockState.ACTIVE, at
    line.state = LineState.BLOCKED
    session.add_all([block, line])
    await session.flush()
    await notices.blocked(session, line, block, at=at)
    changed(session, Subject(Topic.LINE, block.line_id))


async def _withdraw(session: AsyncSession, waiting: LineBlock, at: datetime) -> None:
    waiting.state, waiting.until = BlockState.WITHDRAWN, at
    session.add(waiting)
    await session.flush()
