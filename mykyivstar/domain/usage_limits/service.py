"""Setting limits, pausing and resuming data: by the owner of the line alone (N5, B4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import changed
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.lines.models import HoldingRole
from mykyivstar.domain.lines.queries import HeldLine, held_line
from mykyivstar.domain.usage_limits import pauses
from mykyivstar.domain.usage_limits.checking import check_line, held_back, is_reached, limits_of, pause_for
from mykyivstar.domain.usage_limits.errors import DataLimitOutOfBounds, MoneyLimitOutOfBounds, OnlyOwnersLimit
from mykyivstar.domain.usage_limits.models import DataPause, LimitKind, PauseCause, UsageAlert, UsageLimit
from mykyivstar.domain.usage_limits.used import Used, used_in
from mykyivstar.domain.usage_limits.volumes import GIGABYTE
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month

#: The least and the most that a limit can be.
BOUNDS = {LimitKind.MONEY: (100, 10_000_000), LimitKind.DATA: (GIGABYTE // 100, 10_000 * GIGABYTE)}


@dataclass(frozen=True, slots=True)
class Standing:
    """How a line stands in this Kyiv month; `alerts` are of the limits as they are now."""

    held: HeldLine
    month: Month
    used: Used
    limits: Sequence[UsageLimit]
    alerts: Sequence[UsageAlert]
    pause: DataPause | None

    @property
    def may_set(self) -> bool:
        return self.held.holding.role is HoldingRole.OWNER


async def standing(session: AsyncSession, actor: Actor, line_id: int, *, at: datetime) -> Standing:
    """What a person who may see the line's usage sees. Raises NotFound, for who only pays for it too (B4)."""
    held = await _seen(session, actor, line_id)
    month = Month.of(at)
    limits = (await session.exec(select(UsageLimit).where(UsageLimit.line_id == line_id))).all()
    alerts = await session.exec(
        select(UsageAlert)
        .where(UsageAlert.line_id == line_id, UsageAlert.month == str(month))
        .order_by(col(UsageAlert.id))
    )
    present = {(each.kind, each.most) for each in limits}
    return Standing(
        held=held,
        month=month,
        used=(await used_in(session, [line_id], month))[line_id],
        limits=limits,
        alerts=[each for each in alerts if (each.kind, each.most) in present],
        pause=await pauses.pause_in_force(session, line_id, at),
    )


async def set_limit(
    session: AsyncSession, actor: Actor, *, line_id: int, kind: LimitKind, most: int, pauses_data: bool, at: datetime
) -> None:
    """The line is meant to use so many kopiykas or bytes in a month, from this one on.

    What is reached already is told at once. Raises NotFound, OnlyOwnersLimit,
    MoneyLimitOutOfBounds, DataLimitOutOfBounds.
    """
    await _owned(session, actor, line_id)
    least, greatest = BOUNDS[kind]
    if not least <= most <= greatest:
        if kind is LimitKind.MONEY:
            raise MoneyLimitOutOfBounds(least=Money(least), most=Money(greatest))
        raise DataLimitOutOfBounds(least=round(least / GIGABYTE, 2), most=greatest // GIGABYTE)
    await held_back(session, line_id)
    known = await _limit(session, line_id, kind)
    limit = known or UsageLimit(line_id=line_id, kind=kind, most=most, profile_id=actor.profile_id, set_at=at)
    is_to_pause_now = pauses_data and not limit.pauses_data
    limit.most, limit.pauses_data = most, pauses_data
    limit.profile_id, limit.set_at = actor.profile_id, at
    session.add(limit)
    await session.flush()
    await _reconsider(session, line_id, at)
    await check_line(session, line_id, at=at)
    used = (await used_in(session, [line_id], Month.of(at)))[line_id]
    if is_to_pause_now and is_reached(limit, used, 100):
        # Told before, when it was not to pause anything.
        await pause_for(session, limit, at)
    changed(session, Subject(Topic.LINE, line_id))


async def remove_limit(session: AsyncSession, actor: Actor, *, line_id: int, kind: LimitKind, at: datetime) -> None:
    """There is no such limit any more; data that it paused comes back. Raises NotFound, OnlyOwnersLimit."""
    await _owned(session, actor, line_id)
    await held_back(session, line_id)
    if (limit := await _limit(session, line_id, kind)) is not None:
        await session.delete(limit)
        await session.flush()
    await _reconsider(session, line_id, at)
    changed(session, Subject(Topic.LINE, line_id))


async def pause_data(session: AsyncSession, actor: Actor, *, line_id: int, at: datetime) -> None:
    """No mobile data from now on until its owner resumes it. Raises NotFound, OnlyOwnersLimit."""
    await _owned(session, actor, line_id)
    await held_back(session, line_id)
    present = await pauses.pause_in_force(session, line_id, at)
    if present is None or present.cause is not PauseCause.BY_HAND:
        await pauses.begin(session, line_id, PauseCause.BY_HAND, until=None, at=at)
    changed(session, Subject(Topic.LINE, line_id))


async def resume_data(session: AsyncSession, actor: Actor, *, line_id: int, at: datetime) -> None:
    """Data is back, whatever paused it; a limit that is reached does not pause it again this month.

    Raises NotFound, OnlyOwnersLimit.
    """
    await _owned(session, actor, line_id)
    await held_back(session, line_id)
    await pauses.end(session, line_id, at=at)
    changed(session, Subject(Topic.LINE, line_id))


async def _reconsider(session: AsyncSession, line_id: int, at: datetime) -> None:
    """A limit changed: what it paused comes back, unless a limit still says so."""
    used = (await used_in(session, [line_id], Month.of(at)))[line_id]
    if not any(limit.pauses_data and is_reached(limit, used, 100) for limit in await limits_of(session, line_id)):
        await pauses.end(session, line_id, at=at, cause=PauseCause.LIMIT)


async def _seen(session: AsyncSession, actor: Actor, line_id: int) -> HeldLine:
    held = await held_line(session, actor, line_id)
    if not held.holding.role.sees_usage:
        raise NotFound
    return held


async def _owned(session: AsyncSession, actor: Actor, line_id: int) -> HeldLine:
    held = await _seen(session, actor, line_id)
    if held.holding.role is not HoldingRole.OWNER:
        raise OnlyOwnersLimit
    return held


async def _limit(session: AsyncSession, line_id: int, kind: LimitKind) -> UsageLimit | None:
    query = select(UsageLimit).where(UsageLimit.line_id == line_id, UsageLimit.kind == kind)
    return (await session.exec(query.execution_options(populate_existing=True))).first()
