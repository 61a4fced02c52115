"""The two WebAuthn ceremonies (A11): a challenge goes out, an answer comes back, once, to the same browser.

Everything a browser answers is hostile until it is verified here; what is wrong with it is nobody's business.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, update
from sqlmodel.ext.asyncio.session import AsyncSession
from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from mykyivstar.domain.identity.passkey_challenges import CHALLENGE_LIVES, UNREADABLE, Ceremony, Owner, new_challenge
from mykyivstar.domain.identity.security_errors import PasskeyExpired, PasskeyRefused

_TIMEOUT_MS = int(CHALLENGE_LIVES.total_seconds() * 1000)


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
        challenge=await new_challenge(session, Ceremony.MAKE, visitor=visitor, owner=owner, at=at),
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
        challenge=await new_challenge(session, Ceremony.USE, visitor=visitor, owner=owner, at=at),
        timeout=_TIMEOUT_MS,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json(options)


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
    except UNREADABLE as unfit:
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
    except UNREADABLE as unfit:
        raise PasskeyRefused from unfit
    if handle != known.handle:
        raise PasskeyRefused
    return verified.new_sign_count


def credential_id(answer: Attestation | Assertion) -> bytes:
    """The id as it is stored, b"" for an unreadable one."""
    try:
        return base64url_to_bytes(answer.id)
    except UNREADABLE:
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
