"""Profiles: read and changed by the person they belong to."""

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import changed
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.models import Language, Profile
from mykyivstar.domain.identity.security_errors import NameMalformed

NAME_MAX = 120


async def own(session: AsyncSession, actor: Actor) -> Profile:
    """The actor's profile; it exists as long as the session lives."""
    return await session.get_one(Profile, actor.profile_id)


async def set_language(session: AsyncSession, actor: Actor, language: Language) -> None:
    """The language of everything we send to this person (A12)."""
    (await own(session, actor)).language = language


async def rename(session: AsyncSession, actor: Actor, name: str) -> str:
    """How this person is to be called; the name as it is kept. Raises NameMalformed."""
    shown = " ".join(name.split())
    if not 1 <= len(shown) <= NAME_MAX or not shown.isprintable():
        raise NameMalformed(most=NAME_MAX)
    (await own(session, actor)).name = shown
    changed(session, Subject(Topic.PROFILE, actor.profile_id))
    return shown
