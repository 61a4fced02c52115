"""Profiles: read and changed by the person they belong to."""

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.models import Language, Profile


async def own(session: AsyncSession, actor: Actor) -> Profile:
    """The actor's profile; it exists as long as the session lives."""
    return await session.get_one(Profile, actor.profile_id)


async def set_language(session: AsyncSession, actor: Actor, language: Language) -> None:
    """The language of everything we send to this person (A12)."""
    (await own(session, actor)).language = language
