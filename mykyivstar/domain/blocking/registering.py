"""What the operator's register says of lines: a block that it ends or begins has its period too (G1)."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.blocking.models import BlockEnding, BlockReason, BlockState, LineBlock
from mykyivstar.domain.lines.models import Line, LineState
from mykyivstar.kit.msisdn import Msisdn
from mykyivstar.kit.secret import new_token

_IDS_AT_ONCE = 500


async def kept_blocked(session: AsyncSession, numbers: Iterable[Msisdn]) -> set[Msisdn]:
    """Which of these their owners have blocked. A register that calls them active has not heard of it yet (G1).

    Nobody's stolen SIM shall work again because a file is a day old: such a block ends as it says itself.
    """
    query = (
        select(col(Line.msisdn))
        .join(LineBlock, col(LineBlock.line_id) == col(Line.id))
        .where(
            col(Line.msisdn).in_(set(numbers)),
            LineBlock.state == BlockState.ACTIVE,
            LineBlock.reason != BlockReason.OPERATOR,
        )
    )
    return set((await session.exec(query)).all())


async def told_by_register(session: AsyncSession, lines: Sequence[Line], *, at: datetime) -> None:
    """These lines have just come into the state they are in, and blocks follow it.

    The register's own block ends with a line that works, anybody's with one that has ended; an application is
    overtaken by whatever came first.
    """
    ids = [line.id or 0 for line in lines]
    opened: dict[int, LineBlock] = {}
    is_open = col(LineBlock.state).in_([BlockState.WAITING, BlockState.ACTIVE])
    for start in range(0, len(ids), _IDS_AT_ONCE):
        query = select(LineBlock).where(col(LineBlock.line_id).in_(ids[start : start + _IDS_AT_ONCE]), is_open)
        opened |= {each.line_id: each for each in (await session.exec(query.with_for_update())).all()}
    for line in lines:
        known = opened.get(line.id or 0)
        if known is not None and known.state is BlockState.ACTIVE and line.state is not LineState.BLOCKED:
            known.state, known.until, known.ending = BlockState.ENDED, at, BlockEnding.BY_OPERATOR
        elif known is not None and known.state is BlockState.WAITING and line.state is not LineState.ACTIVE:
            known.state, known.until = BlockState.WITHDRAWN, at
            known = None
        # What was open is closed in the database before another one is opened.
        await session.flush()
        if known is None and line.state is LineState.BLOCKED:
            session.add(_by_operator(line.id or 0, at))
    await session.flush()


def _by_operator(line_id: int, at: datetime) -> LineBlock:
    return LineBlock(
        line_id=line_id,
        key=f"register:{line_id}:{new_token()[:20]}",
        reason=BlockReason.OPERATOR,
        state=BlockState.ACTIVE,
        asked_at=at,
        since=at,
    )
