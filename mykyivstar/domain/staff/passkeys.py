"""A member's passkeys: the second proof at the door in place of a code, made and removed by the member (K6)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import UnitOfWork
from mykyivstar.domain.identity import limits, passwords
from mykyivstar.domain.identity import passkey_ceremony as ceremony
from mykyivstar.domain.identity.limits import Rule
from mykyivstar.domain.identity.passkey_ceremony import Assertion, Attestation, Known, RelyingParty
from mykyivstar.domain.identity.passkey_challenges import Ceremony, Owner, take_challenge
from mykyivstar.domain.identity.passkeys import NAME_MAX, PASSKEYS_MAX
from mykyivstar.domain.identity.security_errors import PasskeyKnown, PasskeyRefused, TooManyPasskeys, WrongPassword
from mykyivstar.domain.staff.actor import StaffActor
from mykyivstar.domain.staff.models import StaffMember, StaffPasskey
from mykyivstar.kit.errors import NotFound


async def of_member(session: AsyncSession, staff_id: int) -> Sequence[StaffPasskey]:
    """The passkeys of a member that were not removed, the oldest first."""
    rows = await session.exec(
        select(StaffPasskey)
        .where(StaffPasskey.staff_id == staff_id, col(StaffPasskey.removed_at).is_(None))
        .order_by(col(StaffPasskey.id))
    )
    return rows.all()


async def adding_options(
    unit_of_work: UnitOfWork,
    site: RelyingParty,
    staff: StaffActor,
    *,
    password: str,
    visitor: str,
    address: str,
    at: datetime,
) -> str:
    """What the browser needs to make the member a passkey (JSON); the challenge then carries the proof to `add`.

    The password is asked for again: a desk that was left open makes nobody a way in. Raises WrongPassword,
    TooManyTries, TooManyPasskeys, FlowLost.
    """
    async with unit_of_work() as session:
        member = await session.get_one(StaffMember, staff.staff_id)
        wait = await limits.hit(
            session,
            at,
            (Rule.PASSWORDS_OF_LOGIN, f"staff:{member.login}"),
            (Rule.PASSWORDS_FOR_BROWSER, visitor),
            (Rule.PASSWORDS_FOR_ADDRESS, address),
        )
    limits.refuse_if_over(wait)
    if not await passwords.matches(password, member.password_hash):
        raise WrongPassword
    async with unit_of_work() as session:
        known = await of_member(session, staff.staff_id)
        if len(known) >= PASSKEYS_MAX:
            raise TooManyPasskeys(most=PASSKEYS_MAX)
        return await ceremony.creation_options(
            session,
            site,
            Owner(staff_id=staff.staff_id),
            login=member.login,
            name=member.name,
            known=[passkey.credential_id for passkey in known],
            visitor=visitor,
            at=at,
        )


async def add(
    unit_of_work: UnitOfWork,
    site: RelyingParty,
    staff: StaffActor,
    *,
    answer: Attestation,
    name: str,
    visitor: str,
    at: datetime,
) -> None:
    """Keep the passkey that the browser made. Raises PasskeyRefused, PasskeyExpired, PasskeyKnown, TooManyPasskeys."""
    owner = Owner(staff_id=staff.staff_id)
    async with unit_of_work() as session:
        challenge = await take_challenge(
            session, Ceremony.MAKE, answer.client_data, visitor=visitor, owner=owner, at=at
        )
    made = ceremony.verified_attestation(site, answer, challenge)
    try:
        async with unit_of_work() as session:
            if len(await of_member(session, staff.staff_id)) >= PASSKEYS_MAX:
                raise TooManyPasskeys(most=PASSKEYS_MAX)
            session.add(
                StaffPasskey(
                    staff_id=staff.staff_id,
                    credential_id=made.credential_id,
                    public_key=made.public_key,
                    sign_count=made.sign_count,
                    name=name.strip()[:NAME_MAX],
                    created_at=at,
                )
            )
    except IntegrityError as clash:
        raise PasskeyKnown from clash


async def remove(session: AsyncSession, staff: StaffActor, passkey_id: int, *, at: datetime) -> None:
    """Let this passkey of the member's prove nothing any more. Raises NotFound."""
    passkey = await session.get(StaffPasskey, passkey_id)
    if passkey is None or passkey.staff_id != staff.staff_id or passkey.removed_at is not None:
        raise NotFound
    passkey.removed_at = at


async def remove_all(session: AsyncSession, staff_id: int, *, at: datetime) -> None:
    """None of the member's passkeys proves anything any more."""
    await session.execute(
        update(StaffPasskey)
        .where(col(StaffPasskey.staff_id) == staff_id, col(StaffPasskey.removed_at).is_(None))
        .values(removed_at=at)
    )


async def asking_options(
    unit_of_work: UnitOfWork, site: RelyingParty, staff_id: int, *, visitor: str, address: str, at: datetime
) -> str:
    """What the browser needs to use a passkey of this member (JSON). Raises TooManyTries, FlowLost."""
    async with unit_of_work() as session:
        wait = await limits.hit(session, at, (Rule.PASSKEYS_FOR_ADDRESS, address))
    limits.refuse_if_over(wait)
    async with unit_of_work() as session:
        return await ceremony.request_options(session, site, visitor=visitor, owner=Owner(staff_id=staff_id), at=at)


async def check(
    unit_of_work: UnitOfWork, site: RelyingParty, staff_id: int, *, answer: Assertion, visitor: str, at: datetime
) -> None:
    """A passkey of this member was used. Raises PasskeyRefused, also for a copy of one, PasskeyExpired."""
    owner = Owner(staff_id=staff_id)
    async with unit_of_work() as session:
        challenge = await take_challenge(session, Ceremony.USE, answer.client_data, visitor=visitor, owner=owner, at=at)
        rows = await session.exec(
            select(StaffPasskey).where(
                StaffPasskey.staff_id == staff_id,
                StaffPasskey.credential_id == ceremony.credential_id(answer),
                col(StaffPasskey.removed_at).is_(None),
            )
        )
        passkey = rows.first()
    known = Known(passkey.public_key, owner.handle) if passkey else None
    count = ceremony.verified_assertion(site, answer, challenge, known)
    assert passkey is not None
    async with unit_of_work() as session:
        is_counted = await ceremony.counted(session, StaffPasskey, passkey.id, count, at)
    if not is_counted:
        raise PasskeyRefused
