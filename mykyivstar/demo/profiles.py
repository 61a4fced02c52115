"""The demo people's logins, with what they accepted and what they have among their own."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.demo.cast import PASSWORD, AccountPart, LinePart, Part
from mykyivstar.demo.posting import Ids
from mykyivstar.domain.identity.agreements import PERSONAL_DATA_VERSION, TERMS_VERSION
from mykyivstar.domain.identity.models import Agreement, Consent, Profile
from mykyivstar.domain.identity.passwords import hash_password
from mykyivstar.domain.lines.models import Holding
from mykyivstar.kit.msisdn import Msisdn


async def passwords(cast: Sequence[Part]) -> dict[str, str]:
    """What is kept of the demo's password, for each person apart; slow on purpose, so made before the transaction."""
    return {part.key: await hash_password(PASSWORD) for part in cast}


async def add_profiles(
    session: AsyncSession, cast: Sequence[Part], ids: Ids, hashes: Mapping[str, str], at: datetime
) -> int:
    """Make the profiles whose login is free; how many. A profile that is there is somebody's and stays as it is."""
    taken = set(await session.exec(select(col(Profile.login_key)).where(col(Profile.login_key).in_(_logins(cast)))))
    made = [part for part in cast if part.login not in taken]
    for part in made:
        joined = at - timedelta(days=part.joined_days_ago)
        profile = Profile(
            login=part.login,
            login_key=part.login,
            name=part.name,
            password_hash=hashes[part.key],
            password_changed_at=joined,
            contact_phone=Msisdn(part.login),
            contact_email=part.email,
            created_at=joined,
        )
        session.add(profile)
        await session.flush()
        assert profile.id is not None
        session.add_all([*_consents(profile.id, joined), *_holdings(profile.id, part, ids, joined)])
    return len(made)


def _logins(cast: Sequence[Part]) -> Sequence[str]:
    return [part.login for part in cast]


def _consents(profile_id: int, at: datetime) -> Sequence[Consent]:
    versions = {Agreement.TERMS: TERMS_VERSION, Agreement.PERSONAL_DATA: PERSONAL_DATA_VERSION}
    return [
        Consent(profile_id=profile_id, agreement=agreement, version=version, given_at=at)
        for agreement, version in versions.items()
    ]


def _holdings(profile_id: int, part: Part, ids: Ids, at: datetime) -> Sequence[Holding]:
    """Lines first, then internet accounts, in the order of the data."""
    return [
        Holding(
            profile_id=profile_id,
            line_id=ids.lines.get(what.number),
            internet_account_id=ids.accounts.get(what.number),
            nickname=what.nickname,
            colour=what.colour,
            position=position,
            proved_at=at,
        )
        for position, what in enumerate(_held(part))
    ]


def _held(part: Part) -> Sequence[LinePart | AccountPart]:
    return [*part.lines, *part.accounts]
