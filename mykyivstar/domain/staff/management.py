"""Accounts of the staff: made, changed and closed by an administrator at the command line."""

import re
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.identity.passwords import PasswordTooWeak, judge
from mykyivstar.domain.staff import passkeys, sessions
from mykyivstar.domain.staff.errors import StaffLoginMalformed, StaffLoginTaken, UnknownStaff
from mykyivstar.domain.staff.models import StaffMember, StaffRole
from mykyivstar.kit.msisdn import Msisdn

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{2,63}")


async def add(
    session: AsyncSession,
    *,
    login: str,
    name: str,
    role: StaffRole,
    phone: Msisdn | None,
    password_hash: str | None,
    skills: Sequence[str],
    at: datetime,
    capacity: int = 4,
) -> StaffMember:
    """A new member. Raises StaffLoginMalformed, StaffLoginTaken."""
    if not _LOGIN.fullmatch(login):
        raise StaffLoginMalformed
    if (await session.exec(select(StaffMember.id).where(StaffMember.login == login))).first() is not None:
        raise StaffLoginTaken
    member = StaffMember(
        login=login,
        name=name.strip()[:80],
        role=role,
        phone=phone,
        password_hash=password_hash,
        skills=",".join(skills),
        capacity=capacity,
        created_at=at,
    )
    session.add(member)
    await session.flush()
    return member


async def of_login(session: AsyncSession, login: str) -> StaffMember:
    """The member with this login, closed ones too. Raises UnknownStaff."""
    found = await session.exec(select(StaffMember).where(StaffMember.login == login.strip().lower()))
    if (member := found.first()) is None:
        raise UnknownStaff
    return member


async def everyone(session: AsyncSession) -> Sequence[StaffMember]:
    """All members, by login."""
    return (await session.exec(select(StaffMember).order_by(col(StaffMember.login)))).all()


async def set_password(session: AsyncSession, login: str, password_hash: str, *, at: datetime) -> StaffMember:
    """Another password; every session of the member ends, and passkeys are made anew. Raises UnknownStaff."""
    member = await of_login(session, login)
    member.password_hash = password_hash
    session.add(member)
    await sessions.revoke_all(session, member.id or 0, at)
    await passkeys.remove_all(session, member.id or 0, at=at)
    return member


async def close(session: AsyncSession, login: str, *, at: datetime) -> StaffMember:
    """End the account for good; its conversations stay. Raises UnknownStaff."""
    member = await of_login(session, login)
    member.closed_at, member.is_available = member.closed_at or at, False
    session.add(member)
    await sessions.revoke_all(session, member.id or 0, at)
    await passkeys.remove_all(session, member.id or 0, at=at)
    return member


def require_good_password(password: str, *, login: str) -> None:
    """Raise PasswordTooWeak unless this may become a member's password: the same rules as for customers (A7)."""
    if broken := judge(password, login=login).broken:
        raise PasswordTooWeak(broken)
