"""From when to when lines were blocked: what was used then is not charged (G1)."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.statements import rows_for
from mykyivstar.domain.blocking.models import LineBlock

#: The rule of what came in while the line was blocked: it costs nothing.
BLOCKED_RULE = "line blocked"
_BLOCKS_AT_ONCE = 500


class Blocked(NamedTuple):
    """A block that was carried out; `until` is its first moment no more, None while it lasts."""

    since: datetime
    until: datetime | None


async def blocks_since(session: AsyncSession, line_id: int, since: datetime) -> Sequence[Blocked]:
    """Every block of a line that held at this moment or began later; for pricing, which comes after the fact."""
    return (await blocks_of(session, [line_id], since)).get(line_id, ())


async def blocks_of(
    session: AsyncSession, line_ids: Collection[int], since: datetime
) -> Mapping[int, Sequence[Blocked]]:
    """The same of many lines; those that were never blocked are missing."""
    found: defaultdict[int, list[Blocked]] = defaultdict(list)
    # Few lines of a batch of many thousands have ever been blocked.
    known = await rows_for(session, "SELECT line_id, id FROM line_block WHERE line_id IN (?)", line_ids)
    ids = sorted({block_id for _, block_id in known})
    still = or_(col(LineBlock.until).is_(None), col(LineBlock.until) > since)
    asked = select(LineBlock.line_id, LineBlock.since, LineBlock.until).where(col(LineBlock.since).is_not(None), still)
    for start in range(0, len(ids), _BLOCKS_AT_ONCE):
        rows = await session.exec(asked.where(col(LineBlock.id).in_(ids[start : start + _BLOCKS_AT_ONCE])))
        for line_id, began, until in rows:
            assert began is not None
            found[line_id].append(Blocked(began, until))
    return found


def was_blocked(blocks: Sequence[Blocked], at: datetime) -> bool:
    """Whether the line was blocked at this moment: from the first moment of a block, until just before its end."""
    return any(each.since <= at and (each.until is None or at < each.until) for each in blocks)
