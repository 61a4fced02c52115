"""One browser's way in, step by step, kept in the database: a page whose connection was lost finds itself again."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.identity.errors import CookiesOff, FlowLost
from mykyivstar.domain.identity.models import FlowKind, SignInFlow

LIVES = timedelta(minutes=30)


async def begin(
    session: AsyncSession, *, visitor: str, kind: FlowKind, at: datetime, next_path: str = ""
) -> SignInFlow:
    """A new way in for this browser; an earlier one of the same kind is forgotten. Raises CookiesOff."""
    if not visitor:
        raise CookiesOff
    await forget(session, visitor=visitor, kind=kind)
    flow = SignInFlow(visitor=visitor, kind=kind, started_at=at, expires_at=at + LIVES, next_path=next_path[:300])
    session.add(flow)
    await session.flush()
    return flow


async def find(session: AsyncSession, *, visitor: str, kind: FlowKind, at: datetime) -> SignInFlow | None:
    """The way this browser is on, None when there is none or it took too long."""
    found = await session.exec(
        select(SignInFlow).where(
            SignInFlow.visitor == visitor, SignInFlow.kind == kind, col(SignInFlow.expires_at) > at
        )
    )
    return found.first()


async def current(session: AsyncSession, *, visitor: str, kind: FlowKind, at: datetime) -> SignInFlow:
    """The way this browser is on. Raises FlowLost."""
    flow = await find(session, visitor=visitor, kind=kind, at=at)
    if flow is None:
        raise FlowLost
    return flow


async def forget(session: AsyncSession, *, visitor: str, kind: FlowKind) -> None:
    """The way is finished or given up."""
    await session.execute(delete(SignInFlow).where(col(SignInFlow.visitor) == visitor, col(SignInFlow.kind) == kind))
