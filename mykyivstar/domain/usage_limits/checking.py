"""Looking whether a limit is reached: told at 80 and at 100 %, once for each limit and month (N5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import Database, changed
from mykyivstar.db.statements import insert_into
from mykyivstar.domain.lines.models import Holding, HoldingRole, Line
from mykyivstar.domain.usage_limits import notices, pauses
from mykyivstar.domain.usage_limits.models import PauseCause, UsageAlert, UsageLimit
from mykyivstar.domain.usage_limits.used import Used, used_in
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.period import Month

#: Percent of a limit that are told.
TOLD_AT = (80, 100)
_LINES_AT_ONCE = 500


async def check_everything(database: Database, *, at: datetime) -> int:
    """Tell whoever has reached a limit since the last look; how many lines had news."""
    news, after = 0, 0
    while True:
        async with database.reading() as session:
            lines = await _limited_lines(session, after)
            due = await _with_news(session, lines, at)
        for line_id in due:
            async with database.unit_of_work() as session:
                news += await check_line(session, line_id, at=at)
        if len(lines) < _LINES_AT_ONCE:
            return news
        after = lines[-1]


@dataclass(frozen=True, slots=True)
class _Look:
    """What a line has used in which month, looked at when."""

    month: Month
    used: Used
    at: datetime


async def check_line(session: AsyncSession, line_id: int, *, at: datetime) -> bool:
    """Write down and tell what this line has reached in this month of Kyiv; whether there was anything new."""
    await held_back(session, line_id)
    month = Month.of(at)
    look = _Look(month, (await used_in(session, [line_id], month))[line_id], at)
    news = False
    for limit in await limits_of(session, line_id):
        reached = [percent for percent in TOLD_AT if is_reached(limit, look.used, percent)]
        new = [percent for percent in reached if await _is_new(session, limit, percent, look)]
        if not new:
            continue
        news = True
        # Whoever is past all of it at once is told once.
        is_paused = 100 in new and limit.pauses_data and await pause_for(session, limit, at)
        await notices.reached(session, limit, max(new), is_paused=is_paused, at=at)
    if news:
        changed(session, Subject(Topic.LINE, line_id))
    return news


async def limits_of(session: AsyncSession, line_id: int) -> Sequence[UsageLimit]:
    """The limits of a line whose setter still owns it: a limit goes with its owner."""
    query = _owned_limits().where(UsageLimit.line_id == line_id).order_by(col(UsageLimit.kind))
    return (await session.exec(query.execution_options(populate_existing=True))).all()


async def held_back(session: AsyncSession, line_id: int) -> Line:
    """The line, held until the transaction ends: its limits and pauses change one after the other. Raises NotFound."""
    line = await session.get(Line, line_id, with_for_update=True)
    if line is None:
        raise NotFound
    return line


def is_reached(limit: UsageLimit, used: Used, percent: int) -> bool:
    """Whether so much of the limit is used."""
    return used[limit.kind] * 100 >= limit.most * percent


def _owned_limits() -> SelectOfScalar[UsageLimit]:
    same_line = col(Holding.line_id) == col(UsageLimit.line_id)
    same_person = col(Holding.profile_id) == col(UsageLimit.profile_id)
    owned = (same_line, same_person, col(Holding.role) == HoldingRole.OWNER)
    return select(UsageLimit).join(Holding, and_(*owned))


async def _limited_lines(session: AsyncSession, after: int) -> Sequence[int]:
    query = select(UsageLimit.line_id).where(UsageLimit.line_id > after).distinct()
    return (await session.exec(query.order_by(col(UsageLimit.line_id)).limit(_LINES_AT_ONCE))).all()


async def _with_news(session: AsyncSession, line_ids: Sequence[int], at: datetime) -> Sequence[int]:
    """Which of these lines have reached what was not written down yet."""
    month = Month.of(at)
    used = await used_in(session, line_ids, month)
    limits = await session.exec(_owned_limits().where(col(UsageLimit.line_id).in_(line_ids)))
    alerts = await session.exec(
        select(UsageAlert).where(col(UsageAlert.line_id).in_(line_ids), UsageAlert.month == str(month))
    )
    told = {(each.line_id, each.kind, each.most, each.percent) for each in alerts}
    return sorted(
        {
            limit.line_id
            for limit in limits
            for percent in TOLD_AT
            if is_reached(limit, used[limit.line_id], percent)
            and (limit.line_id, limit.kind, limit.most, percent) not in told
        }
    )


async def _is_new(session: AsyncSession, limit: UsageLimit, percent: int, look: _Look) -> bool:
    """Write it down; False when it was before. The key decides, so no two workers tell the same."""
    row = {"line_id": limit.line_id, "month": str(look.month), "kind": limit.kind, "most": limit.most}
    row |= {"percent": percent, "used": look.used[limit.kind], "at": look.at}
    adding = insert_into(session, UsageAlert).values(row).on_conflict_do_nothing()
    return (await session.exec(adding.returning(col(UsageAlert.id)))).first() is not None


async def pause_for(session: AsyncSession, limit: UsageLimit, at: datetime) -> bool:
    """Pause data until the month of Kyiv ends; what is paused by hand stays so for longer. True: it is paused."""
    if await pauses.pause_in_force(session, limit.line_id, at) is None:
        until = Month.of(at).period.end
        await pauses.begin(session, limit.line_id, PauseCause.LIMIT, until=until, at=at)
    return True
