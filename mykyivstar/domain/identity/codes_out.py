"""Codes that are out. A page keeps none: which it is follows from what it is for, whose it is, and the browser."""

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import UnitOfWork
from mykyivstar.domain.identity.codes import spend_code
from mykyivstar.domain.identity.errors import CodeSpent
from mykyivstar.domain.identity.models import CodePurpose, OneTimeCode


async def to_type(
    session: AsyncSession, *, purpose: CodePurpose, subject: str, visitor: str, at: datetime
) -> OneTimeCode | None:
    """The code that is out and may still be typed, None when there is none."""
    code = await _latest(session, purpose=purpose, subject=subject, visitor=visitor)
    return None if code is None or code.expires_at <= at or code.tries_left == 0 else code


async def spend_latest(
    unit_of_work: UnitOfWork,
    key: bytes,
    *,
    purpose: CodePurpose,
    subject: str,
    visitor: str,
    code: str,
    at: datetime,
) -> None:
    """Trade the code that is out. Raises WrongCode, CodeExpired, CodeSpent (also when none is out), TooManyTries."""
    async with unit_of_work() as session:
        out = await _latest(session, purpose=purpose, subject=subject, visitor=visitor)
    if out is None or out.id is None:
        raise CodeSpent
    await spend_code(
        unit_of_work, key, code_id=out.id, purpose=purpose, subject=subject, visitor=visitor, code=code, at=at
    )


async def _latest(session: AsyncSession, *, purpose: CodePurpose, subject: str, visitor: str) -> OneTimeCode | None:
    rows = await session.exec(
        select(OneTimeCode)
        .where(
            OneTimeCode.purpose == purpose,
            OneTimeCode.subject == subject,
            OneTimeCode.visitor == visitor,
            col(OneTimeCode.used_at).is_(None),
            col(OneTimeCode.voided_at).is_(None),
        )
        .order_by(col(OneTimeCode.id).desc())
        .limit(1)
    )
    return rows.first()
