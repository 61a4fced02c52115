"""Signing in to the desk: a password, and then always a passkey or a code by SMS to the member's phone (K6)."""

from datetime import datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import UnitOfWork
from mykyivstar.domain.identity import flow_codes, flow_store, limits, passwords
from mykyivstar.domain.identity.errors import FlowLost
from mykyivstar.domain.identity.flow_codes import Standing
from mykyivstar.domain.identity.limits import Rule
from mykyivstar.domain.identity.models import FlowKind, FlowStep, Language
from mykyivstar.domain.identity.passkey_ceremony import Assertion, RelyingParty
from mykyivstar.domain.staff import passkeys
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
    """Begin: the password is right. A member with passkeys is asked for one, any other has a code on its way.

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
        has_passkeys = member is not None and bool(await passkeys.of_member(session, member.id or 0))
    stored = member.password_hash if member else None
    if not await passwords.matches(password, stored) or member is None:
        raise StaffWrongCredentials
    if member.phone is None and not has_passkeys:
        raise StaffWrongCredentials
    async with unit_of_work() as session:
        flow = await flow_store.begin(session, visitor=visitor, kind=FlowKind.STAFF, at=at)
        flow.typed, flow.subject, flow.password_proved = login[:80], f"staff:{login}", True
        if has_passkeys:
            flow.step = FlowStep.PASSKEY
            return Standing(flow.step, flow.typed, password_proved=True)
    return await send_code(unit_of_work, key, visitor=visitor, address=address, language=language, at=at)


async def send_code(
    unit_of_work: UnitOfWork, key: bytes, *, visitor: str, address: str, language: Language, at: datetime
) -> Standing:
    """A code after all, for who has no passkey at hand. Raises FlowLost, TooManyTries."""
    async with unit_of_work() as session:
        member = await _who_proved_the_password(session, visitor, at)
        if member.phone is None:
            raise FlowLost
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
    return await _finish(unit_of_work, visitor, at)


async def passkey_options(
    unit_of_work: UnitOfWork, site: RelyingParty, *, visitor: str, address: str, at: datetime
) -> str:
    """What the browser needs to prove who it is with a passkey (JSON). Raises FlowLost, TooManyTries."""
    async with unit_of_work() as session:
        member = await _who_proved_the_password(session, visitor, at)
    return await passkeys.asking_options(unit_of_work, site, member.id or 0, visitor=visitor, address=address, at=at)


async def with_passkey(
    unit_of_work: UnitOfWork, site: RelyingParty, *, answer: Assertion, visitor: str, at: datetime
) -> str:
    """Finish with a passkey of whoever proved the password: the ticket to trade for the session.

    Raises PasskeyRefused, PasskeyExpired, FlowLost.
    """
    async with unit_of_work() as session:
        member = await _who_proved_the_password(session, visitor, at)
    await passkeys.check(unit_of_work, site, member.id or 0, answer=answer, visitor=visitor, at=at)
    return await _finish(unit_of_work, visitor, at)


async def _finish(unit_of_work: UnitOfWork, visitor: str, at: datetime) -> str:
    async with unit_of_work() as session:
        member = await _who_proved_the_password(session, visitor, at)
        await flow_store.forget(session, visitor=visitor, kind=FlowKind.STAFF)
        return issue_ticket(session, member.id or 0, visitor=visitor, at=at)


async def _who_proved_the_password(session: AsyncSession, visitor: str, at: datetime) -> StaffMember:
    flow = await flow_store.current(session, visitor=visitor, kind=FlowKind.STAFF, at=at)
    member = await _open_member(session, flow.subject.removeprefix("staff:"))
    if member is None or not flow.password_proved:
        raise FlowLost
    return member


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
