"""Signing in to the desk: password and a code by SMS to the member's phone, always both (K6)."""

from datetime import datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import UnitOfWork
from mykyivstar.domain.identity import flow_codes, flow_store, limits, passwords
from mykyivstar.domain.identity.errors import FlowLost
from mykyivstar.domain.identity.flow_codes import Standing
from mykyivstar.domain.identity.limits import Rule
from mykyivstar.domain.identity.models import FlowKind, Language
from mykyivstar.domain.staff.errors import StaffWrongCredentials
from mykyivstar.domain.staff.models import StaffMember, StaffTicket
from mykyivstar.kit.secret import new_token, token_hash

TICKET_LIVES = timedelta(seconds=30)


async def with_password(
    unit_of_work: UnitOfWork,
    key: bytes,
    *,
    login: str,
    password: str,
    visitor: str,
    address: str,
    language: Language,
    at: datetime,
) -> Standing:
    """Begin: the password is right, and a code is on its way to the member's phone.

    Raises StaffWrongCredentials, the same for an unknown login and in the same time, TooManyTries.
    """
    login = login.strip().lower()
    async with unit_of_work() as session:
        wait = await limits.hit(
            session,
            at,
            (Rule.PASSWORDS_OF_LOGIN, f"staff:{login}"),
            (Rule.PASSWORDS_FOR_BROWSER, visitor),
            (Rule.PASSWORDS_FOR_ADDRESS, address),
        )
    limits.refuse_if_over(wait)
    async with unit_of_work() as session:
        member = await _open_member(session, login)
    stored = member.password_hash if member else None
    if not await passwords.matches(password, stored) or member is None or member.phone is None:
        raise StaffWrongCredentials
    async with unit_of_work() as session:
        flow = await flow_store.begin(session, visitor=visitor, kind=FlowKind.STAFF, at=at)
        flow.typed, flow.subject, flow.password_proved = login[:80], f"staff:{login}", True
    return await flow_codes.send(
        unit_of_work,
        key,
        kind=FlowKind.STAFF,
        to=member.phone,
        visitor=visitor,
        address=address,
        language=language,
        at=at,
    )


async def with_code(unit_of_work: UnitOfWork, key: bytes, *, visitor: str, code: str, at: datetime) -> str:
    """Finish with the code: the ticket to trade for the session.

    Raises WrongCode, CodeExpired, CodeSpent, FlowLost, TooManyTries.
    """
    await flow_codes.spend(unit_of_work, key, kind=FlowKind.STAFF, visitor=visitor, code=code, at=at)
    async with unit_of_work() as session:
        flow = await flow_store.current(session, visitor=visitor, kind=FlowKind.STAFF, at=at)
        member = await _open_member(session, flow.subject.removeprefix("staff:"))
        if member is None or member.id is None or not flow.password_proved:
            raise FlowLost
        await flow_store.forget(session, visitor=visitor, kind=FlowKind.STAFF)
        return issue_ticket(session, member.id, visitor=visitor, at=at)


def issue_ticket(session: AsyncSession, staff_id: int, *, visitor: str, at: datetime) -> str:
    """The ticket of a sign-in that has just been finished in this browser."""
    token = new_token()
    session.add(
        StaffTicket(token_hash=token_hash(token), staff_id=staff_id, visitor=visitor, expires_at=at + TICKET_LIVES)
    )
    return token


async def _open_member(session: AsyncSession, login: str) -> StaffMember | None:
    found = await session.exec(
        select(StaffMember).where(StaffMember.login == login, col(StaffMember.closed_at).is_(None))
    )
    return found.first()
