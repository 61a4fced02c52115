"""The two WebAuthn ceremonies (A11): a challenge goes out, an answer comes back, once, to the same browser.

Everything a browser answers is hostile until it is verified here; what is wrong with it is nobody's business.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_bytes
from typing import Any

from sqlalchemy import and_, delete, or_, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession
from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import parse_client_data_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from mykyivstar.domain.identity.errors import FlowLost
from mykyivstar.domain.identity.models import PasskeyChallenge
from mykyivstar.domain.identity.security_errors import PasskeyExpired, PasskeyRefused

CHALLENGE_LIVES = timedelta(minutes=5)
_CHALLENGE_BYTES = 32
_TIMEOUT_MS = int(CHALLENGE_LIVES.total_seconds() * 1000)
# What the library raises at answers that are no answers: its own family, and what base64, JSON and CBOR say.
_UNREADABLE = (WebAuthnException, ValueError, TypeError, LookupError, AttributeError, RecursionError)


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """Who we are to an authenticator: a passkey works for this host name alone."""

    id: str
    name: str
    origins: Sequence[str]


@dataclass(frozen=True, slots=True)
class Attestation:
    """A browser's answer when a passkey was made; everything base64url as it came."""

    id: str
    client_data: str
    attestation: str


@dataclass(frozen=True, slots=True)
class Assertion:
    """A browser's answer when a passkey was used; everything base64url as it came."""

    id: str
    client_data: str
    authenticator_data: str
    signature: str
    user_handle: str


@dataclass(frozen=True, slots=True)
class Made:
    """A new credential as its authenticator described it."""

    credential_id: bytes
    public_key: bytes
    sign_count: int


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the credential that an answer names, and what its authenticator knows its owner by."""

    public_key: bytes
    handle: bytes


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


async def creation_options(
    session: AsyncSession,
    site: RelyingParty,
    owner: Owner,
    *,
    login: str,
    name: str,
    known: Sequence[bytes],
    visitor: str,
    at: datetime,
) -> str:
    """What a browser needs to make a passkey (JSON); authenticators that hold a credential of `known` will decline."""
    options = generate_registration_options(
        rp_id=site.id,
        rp_name=site.name,
        user_id=owner.handle,
        user_name=login,
        user_display_name=name or login,
        challenge=await _challenge(session, visitor, owner, at),
        timeout=_TIMEOUT_MS,
        # Found without a login, and only after a finger, a face or a PIN: it stands for password and code at once.
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=each) for each in known],
    )
    return options_to_json(options)


async def request_options(
    session: AsyncSession, site: RelyingParty, *, visitor: str, owner: Owner, at: datetime
) -> str:
    """What a browser needs to use a passkey (JSON): any of this site's; which ones an owner has stays with us."""
    options = generate_authentication_options(
        rp_id=site.id,
        challenge=await _challenge(session, visitor, owner, at),
        timeout=_TIMEOUT_MS,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json(options)


async def take_challenge(
    session: AsyncSession, client_data: str, *, visitor: str, owner: Owner, at: datetime
) -> bytes | None:
    """The challenge that this answer answers, used up by it; None when it is not open in this browser.

    For a transaction of its own: an answer that turns out wrong must not give its challenge back.
    """
    try:
        challenge = parse_client_data_json(base64url_to_bytes(client_data)).challenge
    except _UNREADABLE:
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


def verified_attestation(site: RelyingParty, answer: Attestation, challenge: bytes | None) -> Made:
    """The credential that was made. Raises PasskeyExpired without a challenge, PasskeyRefused for anything wrong."""
    if challenge is None:
        raise PasskeyExpired
    try:
        verified = verify_registration_response(
            credential={
                "id": answer.id,
                "rawId": answer.id,
                "type": "public-key",
                "response": {"clientDataJSON": answer.client_data, "attestationObject": answer.attestation},
            },
            expected_challenge=challenge,
            expected_rp_id=site.id,
            expected_origin=list(site.origins),
            require_user_verification=True,
        )
    except _UNREADABLE as unfit:
        raise PasskeyRefused from unfit
    if verified.credential_id != credential_id(answer):
        raise PasskeyRefused
    return Made(verified.credential_id, verified.credential_public_key, verified.sign_count)


def verified_assertion(site: RelyingParty, answer: Assertion, challenge: bytes | None, known: Known | None) -> int:
    """The new sign count. Raises PasskeyExpired without a challenge, PasskeyRefused for anything wrong.

    Whether the count has grown is the caller's to judge: a copy of a passkey is news, not only a refusal.
    """
    if challenge is None:
        raise PasskeyExpired
    if known is None:
        raise PasskeyRefused
    try:
        handle = base64url_to_bytes(answer.user_handle)
        verified = verify_authentication_response(
            credential={
                "id": answer.id,
                "rawId": answer.id,
                "type": "public-key",
                "response": {
                    "clientDataJSON": answer.client_data,
                    "authenticatorData": answer.authenticator_data,
                    "signature": answer.signature,
                    "userHandle": answer.user_handle,
                },
            },
            expected_challenge=challenge,
            expected_rp_id=site.id,
            expected_origin=list(site.origins),
            credential_public_key=known.public_key,
            credential_current_sign_count=0,
            require_user_verification=True,
        )
    except _UNREADABLE as unfit:
        raise PasskeyRefused from unfit
    if handle != known.handle:
        raise PasskeyRefused
    return verified.new_sign_count


def credential_id(answer: Attestation | Assertion) -> bytes:
    """The id as it is stored, b"" for an unreadable one."""
    try:
        return base64url_to_bytes(answer.id)
    except _UNREADABLE:
        return b""


async def counted(session: AsyncSession, passkeys: Any, passkey_id: int | None, count: int, at: datetime) -> bool:
    """Note the use of a passkey, a row of `passkeys`; False when its count has not grown, so that there is a copy.

    Synced passkeys do not count and stay at 0; every other one has to grow.
    """
    grown = or_(passkeys.sign_count < count, and_(count == 0, passkeys.sign_count == 0))  # type: ignore[arg-type]
    won = await session.execute(
        update(passkeys)
        .where(passkeys.id == passkey_id, passkeys.removed_at.is_(None), grown)
        .values(sign_count=count, last_used_at=at)
        .returning(passkeys.id)
    )
    return won.scalar_one_or_none() is not None


def _hashed(owner: str) -> bytes:
    return hashlib.sha256(f"my-kyivstar-passkeys:{owner}".encode()).digest()


async def _challenge(session: AsyncSession, visitor: str, owner: Owner, at: datetime) -> bytes:
    if not visitor:
        raise FlowLost
    late = delete(PasskeyChallenge).where(
        col(PasskeyChallenge.visitor) == visitor, col(PasskeyChallenge.expires_at) <= at
    )
    await session.execute(late)
    challenge = token_bytes(_CHALLENGE_BYTES)
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
