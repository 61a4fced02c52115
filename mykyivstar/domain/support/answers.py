"""Prepared answers: kept by leads, filled in for the conversation they are used in."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.prepared import ask
from mykyivstar.domain.staff.actor import StaffActor
from mykyivstar.domain.staff.models import StaffRole
from mykyivstar.domain.support import statements
from mykyivstar.domain.support.errors import MessageEmpty, TitleEmpty, TitleTaken
from mykyivstar.domain.support.models import CannedAnswer, Specialism
from mykyivstar.domain.support.texts import cleaned
from mykyivstar.kit.errors import NotFound

PLACEHOLDERS = ("customer", "consultant", "number")
TITLE_MOST, TEXT_MOST = 80, 2000
_LANGUAGES = ("uk", "en", "ru")
_PLACEHOLDER = re.compile(r"\{(" + "|".join(PLACEHOLDERS) + r")\}")


@dataclass(frozen=True, slots=True)
class Offered:
    """A prepared answer as conversations offer it; its texts by language."""

    title: str
    texts: Mapping[str, str]


async def offered(session: AsyncSession, specialism: Specialism) -> Sequence[Offered]:
    """Those for this specialism and those for all, in their order."""
    [rows] = await ask(session, (statements.OFFERED, {"specialism": specialism}))
    return [Offered(*row) for row in rows]


async def answers(session: AsyncSession) -> Sequence[CannedAnswer]:
    """Every one, in its order."""
    statement = select(CannedAnswer).where(col(CannedAnswer.removed_at).is_(None))
    return (await session.exec(statement.order_by(col(CannedAnswer.position), col(CannedAnswer.title)))).all()


async def save(
    session: AsyncSession,
    staff: StaffActor,
    *,
    answer_id: int | None,
    title: str,
    texts: Mapping[str, str],
    specialism: Specialism | None,
) -> CannedAnswer:
    """A new answer, or another text of one. Raises StaffRoleNeeded, TitleEmpty, TitleTaken, MessageEmpty, NotFound."""
    staff.require(StaffRole.LEAD)
    said = {language: cleaned(texts.get(language, ""))[:TEXT_MOST] for language in _LANGUAGES}
    name = cleaned(title)[:TITLE_MOST]
    if not name:
        raise TitleEmpty
    if not said["uk"]:
        raise MessageEmpty
    called = await _called(session, name)
    answer = await session.get(CannedAnswer, answer_id) if answer_id else called
    if answer is None:
        if answer_id:
            raise NotFound
        answer = CannedAnswer(title=name)
    elif called is not None and called is not answer:
        if called.removed_at is None:
            raise TitleTaken
        # One that was removed gives its title up.
        called.title = f"{called.id}: {name}"[:TITLE_MOST]
        await session.flush()
    answer.title, answer.texts, answer.specialism, answer.removed_at = name, said, specialism, None
    session.add(answer)
    await session.flush()
    return answer


async def remove(session: AsyncSession, staff: StaffActor, answer_id: int, *, at: datetime) -> None:
    """Take it off the list. Raises StaffRoleNeeded, NotFound."""
    staff.require(StaffRole.LEAD)
    if (answer := await session.get(CannedAnswer, answer_id)) is None:
        raise NotFound
    answer.removed_at = at
    session.add(answer)


def filled(answer: CannedAnswer | Offered, language: str, **values: str) -> str:
    """The text in the customer's language (Ukrainian where there is none) with its placeholders filled.

    Only known placeholders are, so that a brace in a text or in a name stays what it is.
    """
    text = answer.texts.get(language) or answer.texts.get("uk", "")
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], ""), text)


async def _called(session: AsyncSession, title: str) -> CannedAnswer | None:
    return (await session.exec(select(CannedAnswer).where(CannedAnswer.title == title))).first()
