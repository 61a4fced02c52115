"""Passkeys (A11): the third way in. Made by a signed-in person, used without a number or a password."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import UnitOfWork, changed
from mykyivstar.domain.identity import limits, notices, sessions
from mykyivstar.domain.identity import passkey_ceremony as ceremony
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.errors import SignInRefused
from mykyivstar.domain.identity.limits import Rule
from mykyivstar.domain.identity.models import Passkey, Profile, SignInMethod
from mykyivstar.domain.identity.passkey_ceremony import Assertion, Attestation, Known, RelyingParty
from mykyivstar.domain.identity.passkey_challenges import Ceremony, Owner, take_challenge, user_handle
from mykyivstar.domain.identity.proof import require_fresh
from mykyivstar.domain.identity.security_errors import (
    NameMalformed,
    PasskeyKnown,
    PasskeyRefused,
    TooManyPasskeys,
)
from mykyivstar.domain.identity.security_events import SecurityEventKind, record
from mykyivstar.kit.errors import NotFound

PASSKEYS_MAX = 10
NAME_MAX = 60


async def own(session: AsyncSession, actor: Actor) -> Sequence[Passkey]:
    """The actor's passkeys, the oldest first."""
    return await of_profile(session, actor.profile_id)


async def of_profile(session: AsyncSession, profile_id: int) -> Sequence[Passkey]:
    """The passkeys of a profile that were not removed, the oldest first."""
    rows = await session.exec(
        select(Passkey)
        .where(Passkey.profile_id == profile_id, col(Passkey.removed_at).is_(None))
        .order_by(col(Passkey.id))
        .limit(PASSKEYS_MAX)
    )
    return rows.all()


async def adding_options(
    unit_of_work: UnitOfWork, site: RelyingParty, actor: Actor, *, visitor: str, at: datetime
) -> str:
    """What the browser needs to make the actor a passkey (JSON). Raises ProofNeeded, TooManyPasskeys, FlowLost.

    The proof is asked for here; the challenge then carries it to `add`.
    """
    require_fresh(actor, at)
    return await making_options(unit_of_work, site, profile_id=actor.profile_id, visitor=visitor, at=at)


async def making_options(
    unit_of_work: UnitOfWork, site: RelyingParty, *, profile_id: int, visitor: str, at: datetime
) -> str:
    """What the browser needs to make a passkey for this profile (JSON). Raises TooManyPasskeys, FlowLost."""
    async with unit_of_work() as session:
        known = await of_profile(session, profile_id)
        if len(known) >= PASSKEYS_MAX:
            raise TooManyPasskeys(most=PASSKEYS_MAX)
        profile = await session.get_one(Profile, profile_id)
        return await ceremony.creation_options(
            session,
            site,
            Owner(profile_id=profile_id),
            login=profile.login,
            name=profile.name,
            known=[passkey.credential_id for passkey in known],
            visitor=visitor,
            at=at,
        )


async def add(
    unit_of_work: UnitOfWork,
    site: RelyingParty,
    *,
    profile_id: int,
    answer: Attestation,
    name: str,
    visitor: str,
    address: str,
    at: datetime,
) -> Passkey:
    """Keep the passkey that the browser made, under a name (the browser's, to be renamed); its owner gets a notice.

    Raises PasskeyRefused, PasskeyExpired, PasskeyKnown, TooManyPasskeys.
    """
    async with unit_of_work() as session:
        challenge = await take_challenge(
            session,
            Ceremony.MAKE,
            answer.client_data,
            visitor=visitor,
            owner=Owner(profile_id=profile_id),
            at=at,
        )
    made = ceremony.verified_attestation(site, answer, challenge)
    passkey = Passkey(
        profile_id=profile_id,
        credential_id=made.credential_id,
        public_key=made.public_key,
        sign_count=made.sign_count,
        name=name.strip()[:NAME_MAX],
        created_at=at,
    )
    try:
        async with unit_of_work() as session:
            if len(await of_profile(session, profile_id)) >= PASSKEYS_MAX:
                raise TooManyPasskeys(most=PASSKEYS_MAX)
            session.add(passkey)
            await notices.passkey_added(session, profile_id, at, name=passkey.name, address=address)
    except IntegrityError as clash:
        raise PasskeyKnown from clash
    return passkey


async def rename(session: AsyncSession, actor: Actor, passkey_id: int, *, name: str) -> None:
    """Call one of the actor's passkeys by another name. Raises NotFound, NameMalformed."""
    passkey = await _one(session, actor, passkey_id)
    shown = " ".join(name.split())
    if not 1 <= len(shown) <= NAME_MAX or not shown.isprintable():
        raise NameMalformed(most=NAME_MAX)
    passkey.name = shown
    changed(session, Subject(Topic.PROFILE, actor.profile_id))


async def remove(session: AsyncSession, actor: Actor, passkey_id: int, at: datetime, *, address: str = "") -> None:
    """Let this passkey open nothing any more. Raises ProofNeeded, NotFound."""
    require_fresh(actor, at)
    passkey = await _one(session, actor, passkey_id)
    passkey.removed_at = at
    record(session, actor.profile_id, SecurityEventKind.PASSKEY_REMOVED, at, detail=passkey.name, address=address)


async def sign_in_options(
    unit_of_work: UnitOfWork, site: RelyingParty, *, visitor: str, address: str, at: datetime
) -> str:
    """What the browser needs to sign somebody in (JSON). Raises TooManyTries, FlowLost."""
    async with unit_of_work() as session:
        wait = await limits.hit(session, at, (Rule.PASSKEYS_FOR_ADDRESS, address))
    limits.refuse_if_over(wait)
    return await assertion_options(unit_of_work, site, visitor=visitor, profile_id=None, at=at)


async def sign_in(
    unit_of_work: UnitOfWork, site: RelyingParty, *, answer: Assertion, visitor: str, at: datetime
) -> str:
    """The ticket of whoever the passkey belongs to. Raises PasskeyRefused, PasskeyExpired, SignInRefused."""
    passkey = await check(unit_of_work, site, visitor=visitor, profile_id=None, answer=answer, at=at)
    async with unit_of_work() as session:
        profile = await session.get_one(Profile, passkey.profile_id)
        if profile.closed_at is not None:
            raise SignInRefused
        return await sessions.issue_ticket(
            session, profile_id=passkey.profile_id, visitor=visitor, method=SignInMethod.PASSKEY, at=at
        )


async def assertion_options(
    unit_of_work: UnitOfWork, site: RelyingParty, *, visitor: str, profile_id: int | None, at: datetime
) -> str:
    """What the browser needs to use a passkey, of one profile or of anybody (JSON). Raises FlowLost."""
    async with unit_of_work() as session:
        return await ceremony.request_options(session, site, visitor=visitor, owner=Owner(profile_id=profile_id), at=at)


async def check(
    unit_of_work: UnitOfWork,
    site: RelyingParty,
    *,
    visitor: str,
    profile_id: int | None,
    answer: Assertion,
    at: datetime,
) -> Passkey:
    """The passkey that was used; of this profile when it is given. Raises PasskeyRefused, PasskeyExpired.

    A sign count that did not grow means that there is a copy: refused, and noted for the owner.
    """
    async with unit_of_work() as session:
        challenge = await take_challenge(
            session,
            Ceremony.USE,
            answer.client_data,
            visitor=visitor,
            owner=Owner(profile_id=profile_id),
            at=at,
        )
        passkey = await _used(session, answer, profile_id)
    known = Known(passkey.public_key, user_handle(passkey.profile_id)) if passkey else None
    count = ceremony.verified_assertion(site, answer, challenge, known)
    assert passkey is not None
    async with unit_of_work() as session:
        is_counted = await ceremony.counted(session, Passkey, passkey.id, count, at)
        if not is_counted:
            record(session, passkey.profile_id, SecurityEventKind.PASSKEY_COPIED, at, detail=passkey.name)
    if not is_counted:
        raise PasskeyRefused
    return passkey


async def _used(session: AsyncSession, answer: Assertion, profile_id: int | None) -> Passkey | None:
    rows = await session.exec(
        select(Passkey).where(
            Passkey.credential_id == ceremony.credential_id(answer), col(Passkey.removed_at).is_(None)
        )
    )
    passkey = rows.first()
    return passkey if passkey is not None and profile_id in {None, passkey.profile_id} else None


async def _one(session: AsyncSession, actor: Actor, passkey_id: int) -> Passkey:
    passkey = await session.get(Passkey, passkey_id)
    if passkey is None or passkey.profile_id != actor.profile_id or passkey.removed_at is not None:
        raise NotFound
    return passkey
