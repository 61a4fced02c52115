"""What a person chose for each topic, and changing it (M5)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import changed
from mykyivstar.db.statements import insert_into
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.models import Profile
from mykyivstar.domain.notices.errors import NoAddressForLetters
from mykyivstar.domain.notices.models import NoticeChoice
from mykyivstar.domain.notices.topics import USUAL, NoticeTopic, NoticeWay, Ways


@dataclass(frozen=True, slots=True)
class Chosen:
    """The ways of every topic, and where letters go ("" for nowhere)."""

    ways: Mapping[NoticeTopic, Ways]
    email: str


async def chosen(session: AsyncSession, actor: Actor) -> Chosen:
    """What the actor has chosen; the usual where they have not."""
    profile = await session.get_one(Profile, actor.profile_id)
    rows = await session.exec(select(NoticeChoice).where(NoticeChoice.profile_id == actor.profile_id))
    own = {row.topic: _ways(row) for row in rows}
    return Chosen({topic: own.get(topic, USUAL[topic]) for topic in NoticeTopic}, profile.contact_email or "")


async def ways_of(session: AsyncSession, profile_id: int, topic: NoticeTopic) -> Ways:
    """How this person is told of this topic."""
    rows = await session.exec(
        select(NoticeChoice).where(NoticeChoice.profile_id == profile_id, NoticeChoice.topic == topic)
    )
    return _ways(row) if (row := rows.first()) is not None else USUAL[topic]


async def choose(session: AsyncSession, actor: Actor, topic: NoticeTopic, way: NoticeWay, *, is_on: bool) -> Ways:
    """Switch one way of one topic on or off; the ways that are on then. Raises NoAddressForLetters."""
    # The profile is locked: two switches at the same moment both count.
    rows = await session.exec(select(Profile).where(Profile.id == actor.profile_id).with_for_update())
    if way is NoticeWay.EMAIL and is_on and not rows.one().contact_email:
        raise NoAddressForLetters
    ways = replace(await ways_of(session, actor.profile_id, topic), **{way.value: is_on})
    put = insert_into(session, NoticeChoice).values(
        profile_id=actor.profile_id, topic=topic, sms=ways.sms, email=ways.email, app=ways.app
    )
    values = {"sms": ways.sms, "email": ways.email, "app": ways.app}
    await session.exec(put.on_conflict_do_update(index_elements=["profile_id", "topic"], set_=values))
    changed(session, Subject(Topic.PROFILE, actor.profile_id))
    return ways


def _ways(row: NoticeChoice) -> Ways:
    return Ways(row.sms, row.email, row.app)
