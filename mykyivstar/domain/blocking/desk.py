"""At the counter: a blocked line is unblocked for somebody who showed a document (G1); each look is written down."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import UnitOfWork
from mykyivstar.domain.blocking import service
from mykyivstar.domain.blocking.errors import (
    LineBlockedByRegister,
    LineIsNotBlocked,
    NoSuchLine,
)
from mykyivstar.domain.blocking.models import BlockEnding, BlockReason, LineBlock, LineUnblocking
from mykyivstar.domain.blocking.queries import Return, way_back
from mykyivstar.domain.identity import limits
from mykyivstar.domain.identity.limits import Rule
from mykyivstar.domain.identity.subjects import Found, Subject, profile_of
from mykyivstar.domain.lines.models import Line, LineState, Owner, OwnerKind
from mykyivstar.domain.staff.actor import StaffActor
from mykyivstar.domain.staff.models import StaffRole
from mykyivstar.domain.support.card import Card, look_in_person
from mykyivstar.domain.visits.counter import Seen, note_of, visit_number
from mykyivstar.domain.visits.models import VisitLook
from mykyivstar.kit.msisdn import Msisdn, NotANumber

ROLE = StaffRole.LEAD


@dataclass(frozen=True, slots=True)
class Asked:
    """The number that somebody at the counter names; `visit_number` is "" for whoever came without a visit."""

    number: str
    visit_number: str = ""


@dataclass(frozen=True, slots=True)
class BlockedLine:
    """What the document is compared with. `owner` is the name in the operator's contract, "" where none is known."""

    number: str
    reason: BlockReason
    note: str
    since: datetime
    owner: str
    is_company: bool
    # The customer's, where the line is in a profile.
    card: Card | None


async def look_for(unit_of_work: UnitOfWork, staff: StaffActor, asked: Asked, *, at: datetime) -> BlockedLine:
    """The blocked line; the look is written down, also one at a line that works.

    Raises StaffRoleNeeded, NoSuchLine, LineIsNotBlocked, LineBlockedByRegister.
    """
    staff.require(ROLE)
    number = _number(asked)
    async with unit_of_work() as session:
        session.add(VisitLook(staff_id=staff.staff_id, subject=f"line:{number.digits}", at=at))
        line = (await session.exec(select(Line).where(Line.msisdn == number))).first()
        opened = await service.open_block(session, line.id or 0) if line is not None else None
    if line is None or line.state is LineState.INACTIVE:
        raise NoSuchLine
    active = _demand(line, opened)
    async with unit_of_work() as session:
        return await _shown(session, staff, line, active, asked, at=at)


async def unblock(unit_of_work: UnitOfWork, staff: StaffActor, asked: Asked, seen: Seen, *, at: datetime) -> str:
    """The line works again; written down with the document that was seen. The number, for the one who stands there.

    Raises what `look_for` does, DocumentNoteMissing, TooManyTries.
    """
    staff.require(ROLE)
    number = _number(asked)
    note = note_of(seen)
    async with unit_of_work() as session:
        wait = await limits.hit(session, at, (Rule.UNBLOCKINGS_OF_STAFF, str(staff.staff_id)))
    limits.refuse_if_over(wait)
    async with unit_of_work() as session:
        found = (await session.exec(select(Line.id).where(Line.msisdn == number))).first()
        if found is None:
            raise NoSuchLine
        line = await service.held_for_change(session, found)
        active = _demand(line, await service.open_block(session, found))
        session.add(
            LineUnblocking(
                block_id=active.id or 0,
                line_id=found,
                staff_id=staff.staff_id,
                visit_number=visit_number(asked.visit_number),
                document=seen.document,
                note=note,
                at=at,
            )
        )
        await service.end(session, line, active, BlockEnding.AT_DESK, at=at)
    return number.digits


def _demand(line: Line, opened: LineBlock | None) -> LineBlock:
    if line.state is not LineState.BLOCKED:
        raise LineIsNotBlocked
    if opened is None or way_back(opened) is Return.OPERATOR:
        raise LineBlockedByRegister
    return opened


async def _shown(
    session: AsyncSession, staff: StaffActor, line: Line, active: LineBlock, asked: Asked, *, at: datetime
) -> BlockedLine:
    profile = await profile_of(session, Found(Subject("line", line.msisdn.digits), line_id=line.id))
    card = None
    if profile is not None:
        card = await look_in_person(session, staff, profile, visit_number=visit_number(asked.visit_number), at=at)
    owner = await session.get(Owner, line.owner_id) if line.owner_id is not None else None
    return BlockedLine(
        number=line.msisdn.digits,
        reason=active.reason,
        note=active.note,
        since=active.since or active.asked_at,
        owner=owner.name if owner is not None else "",
        is_company=owner is not None and owner.kind is OwnerKind.LEGAL,
        card=card,
    )


def _number(asked: Asked) -> Msisdn:
    try:
        return Msisdn.parse(asked.number)
    except NotANumber as unfit:
        raise NoSuchLine from unfit
