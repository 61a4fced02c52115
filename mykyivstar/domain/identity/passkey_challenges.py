"""Challenges of passkeys (A11): given to one browser for one owner and one purpose, answered once, in five minutes."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from secrets import token_bytes

from sqlalchemy import delete, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession
from webauthn import base64url_to_bytes
from webauthn.helpers import parse_client_data_json
from webauthn.helpers.exceptions import WebAuthnException

from mykyivstar.domain.identity.errors import CookiesOff
from mykyivstar.domain.identity.models import PasskeyChallenge

CHALLENGE_LIVES = timedelta(minutes=5)
_CHALLENGE_BYTES = 32
# What the library raises at answers that are no answers: its own family, and what base64, JSON and CBOR say.
UNREADABLE = (WebAuthnException, ValueError, TypeError, LookupError, AttributeError, RecursionError)


class Ceremony(Enum):
    """What a challenge was given for, as its first byte.

    Making a passkey takes a fresh proof when it is begun, using one does not: the challenge that anybody signed in can
    ask for must not make one.
    """

    MAKE = b"\x01"
    USE = b"\x02"


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose passkey alone may answer: a profile's or a member's of the staff; neither: any customer's."""

    profile_id: int | None = None
    staff_id: int | None = None

    @property
    def handle(self) -> bytes:
        """What an authenticator knows the owner by: always the same, and telling nothing."""
        return user_handle(self.profile_id) if self.profile_id is not None else _hashed(f"desk:{self.staff_id}")


def user_handle(profile_id: int) -> bytes:
    """What an authenticator knows the profile by: always the same, and telling nothing."""
    return _hashed(str(profile_id))


async def new_challenge(
    session: AsyncSession, ceremony: Ceremony, *, visitor: str, owner: Owner, at: datetime
) -> bytes:
    """One for this browser; what it did not use in time goes. Raises CookiesOff."""
    if not visitor:
        raise CookiesOff
    late = delete(PasskeyChallenge).where(
        col(PasskeyChallenge.visitor) == visitor, col(PasskeyChallenge.expires_at) <= at
    )
    await session.execute(late)
    challenge = ceremony.value + token_bytes(_CHALLENGE_BYTES)
    session.add(
        PasskeyChallenge(
            challenge=challenge,
            visitor=visitor,
            profile_id=owner.profile_id,
            staff_id=owner.staff_id,
            expires_at=at + CHALLENGE_LIVES,
        )
    )
    return challenge


async def take_challenge(
    session: AsyncSession, ceremony: Ceremony, client_data: str, *, visitor: str, owner: Owner, at: datetime
) -> bytes | None:
    """The challenge that this answer answers, used up by it; None when it is not open for this in this browser.

    For a transaction of its own: an answer that turns out wrong must not give its challenge back.
    """
    try:
        challenge = parse_client_data_json(base64url_to_bytes(client_data)).challenge
    except UNREADABLE:
        return None
    if not challenge.startswith(ceremony.value):
        return None
    won = await session.execute(
        update(PasskeyChallenge)
        .where(
            col(PasskeyChallenge.challenge) == challenge,
            col(PasskeyChallenge.visitor) == visitor,
            col(PasskeyChallenge.profile_id).is_not_distinct_from(owner.profile_id),
            col(PasskeyChallenge.staff_id).is_not_distinct_from(owner.staff_id),
            col(PasskeyChallenge.used_at).is_(None),
            col(PasskeyChallenge.expires_at) > at,
        )
        .values(used_at=at)
        .returning(col(PasskeyChallenge.id))
    )
    return challenge if won.scalar_one_or_none() is not None else None


def _hashed(owner: str) -> bytes:
    return hashlib.sha256(f"my-kyivstar-passkeys:{owner}".encode()).digest()
