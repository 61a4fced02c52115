"""The ways in which a signed-in person proves who they are once more (O9)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import UnitOfWork
from mykyivstar.domain.identity import limits, own_codes, passkeys, passwords, sessions
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.errors import PasswordMissing
from mykyivstar.domain.identity.limits import Rule
from mykyivstar.domain.identity.models import CodePurpose, Language, Profile
from mykyivstar.domain.identity.own_codes import OwnCode
from mykyivstar.domain.identity.passkey_ceremony import Assertion, RelyingParty
from mykyivstar.domain.identity.security_errors import WrongPassword
from mykyivstar.kit.msisdn import Msisdn


@dataclass(frozen=True, slots=True)
class Ways:
    """How this person can prove who they are."""

    phones: Sequence[Msisdn]
    has_password: bool
    has_passkey: bool


async def ways(session: AsyncSession, actor: Actor) -> Ways:
    """What the actor may choose from."""
    profile = await session.get_one(Profile, actor.profile_id)
    return Ways(
        phones=await own_codes.phones(session, actor),
        has_password=profile.password_hash is not None,
        has_passkey=bool(await passkeys.own(session, actor)),
    )


async def send_code(
    unit_of_work: UnitOfWork,
    key: bytes,
    actor: Actor,
    *,
    to: str,
    visitor: str,
    address: str,
    language: Language,
    at: datetime,
) -> OwnCode:
    """Send a code to one of the actor's phones. Raises NotFound for anybody else's, TooManyTries."""
    return await own_codes.send(
        unit_of_work,
        key,
        actor,
        purpose=CodePurpose.FRESH_PROOF,
        to=to,
        visitor=visitor,
        address=address,
        language=language,
        at=at,
    )


async def pending_code(session: AsyncSession, actor: Actor, *, visitor: str, at: datetime) -> OwnCode | None:
    """The code that is out in this browser: a page that lost its connection shows it again."""
    return await own_codes.pending(session, actor, purpose=CodePurpose.FRESH_PROOF, visitor=visitor, at=at)


async def with_code(
    unit_of_work: UnitOfWork, key: bytes, actor: Actor, *, visitor: str, code: str, at: datetime
) -> None:
    """Prove by the code. Raises WrongCode, CodeExpired, CodeSpent, TooManyTries."""
    await own_codes.spend(unit_of_work, key, actor, purpose=CodePurpose.FRESH_PROOF, visitor=visitor, code=code, at=at)
    await _mark(unit_of_work, actor, at)


async def with_password(
    unit_of_work: UnitOfWork, actor: Actor, *, password: str, visitor: str, address: str, at: datetime
) -> None:
    """Prove by the password. Raises WrongPassword, PasswordMissing, TooManyTries."""
    if not password:
        raise PasswordMissing
    if not await knows_password(unit_of_work, actor, password=password, visitor=visitor, address=address, at=at):
        raise WrongPassword
    await _mark(unit_of_work, actor, at)


async def knows_password(
    unit_of_work: UnitOfWork, actor: Actor, *, password: str, visitor: str, address: str, at: datetime
) -> bool:
    """Whether this is the actor's password; each try counts as one at the login page.

    An empty field is no try. Raises TooManyTries.
    """
    if not password:
        return False
    async with unit_of_work() as session:
        profile = await session.get_one(Profile, actor.profile_id)
        wait = await limits.hit(
            session,
            at,
            (Rule.PASSWORDS_OF_LOGIN, profile.login_key),
            (Rule.PASSWORDS_FOR_BROWSER, visitor),
            (Rule.PASSWORDS_FOR_ADDRESS, address),
        )
    limits.refuse_if_over(wait)
    return await passwords.matches(password, profile.password_hash)


async def passkey_options(
    unit_of_work: UnitOfWork, site: RelyingParty, actor: Actor, *, visitor: str, at: datetime
) -> str:
    """What the browser asks the actor's authenticators with (JSON). Raises FlowLost without a visitor."""
    return await passkeys.assertion_options(unit_of_work, site, visitor=visitor, profile_id=actor.profile_id, at=at)


async def with_passkey(
    unit_of_work: UnitOfWork, site: RelyingParty, actor: Actor, *, visitor: str, answer: Assertion, at: datetime
) -> None:
    """Prove by one of the actor's passkeys. Raises PasskeyRefused, PasskeyExpired."""
    await passkeys.check(unit_of_work, site, visitor=visitor, profile_id=actor.profile_id, answer=answer, at=at)
    await _mark(unit_of_work, actor, at)


async def _mark(unit_of_work: UnitOfWork, actor: Actor, at: datetime) -> None:
    async with unit_of_work() as session:
        await sessions.mark_proved(session, actor, at)
