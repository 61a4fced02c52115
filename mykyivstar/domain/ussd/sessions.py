"""One request of a dialogue is answered once, however often the gateway sends it and however many at a time."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.statements import insert_into
from mykyivstar.domain.ussd.models import UssdSession
from mykyivstar.domain.ussd.screens import Screen
from mykyivstar.domain.ussd.terms import UssdTerms
from mykyivstar.kit.msisdn import Msisdn


@dataclass(frozen=True, slots=True)
class Request:
    """What the gateway sends: its name of the dialogue, the number of the request in it (from 1), who types what."""

    session: str
    step: int
    msisdn: Msisdn
    text: str

    @property
    def hash(self) -> str:
        """What must be the same when a request comes again."""
        return hashlib.sha256(f"{self.msisdn}\n{self.text}".encode()).hexdigest()


class Turn(StrEnum):
    """What is to be done about a request."""

    ANSWER = "answer"
    # It was answered before: the same words again.
    REPEAT = "repeat"
    # The dialogue is over, or nobody answered in time.
    OVER = "over"
    # Another worker is about to answer the same request.
    BUSY = "busy"
    # Not the next request of this dialogue, or one with other content under the same number.
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Claim:
    """The dialogue as it stood before this request, and what to do."""

    turn: Turn
    row: UssdSession
    working_until: datetime

    @property
    def place(self) -> str:
        return self.row.place

    @property
    def typed(self) -> dict[str, Any]:
        return dict(self.row.typed)


async def claim(session: AsyncSession, request: Request, *, terms: UssdTerms, at: datetime) -> Claim | None:
    """Take a request on, if it is the next one and nobody else works on it; None where there is no such dialogue."""
    if request.step == 1:
        await _begin(session, request, at)
    until = at + terms.works
    is_next = (
        col(UssdSession.key) == request.session,
        col(UssdSession.msisdn) == request.msisdn,
        col(UssdSession.step) == request.step - 1,
        col(UssdSession.is_over).is_(False),
        col(UssdSession.seen_at) > at - terms.waits,
        or_(col(UssdSession.working_until).is_(None), col(UssdSession.working_until) <= at),
    )
    claiming = update(UssdSession).where(*is_next).values(working_until=until).returning(col(UssdSession.id))
    is_mine = (await session.exec(claiming)).scalar_one_or_none() is not None
    known = select(UssdSession).where(UssdSession.key == request.session).execution_options(populate_existing=True)
    row = (await session.exec(known)).first()
    if row is None:
        return None
    return Claim(Turn.ANSWER if is_mine else _turn(row, request, terms, at), row, until)


async def keep(
    session: AsyncSession,
    claimed: Claim,
    request: Request,
    screen: Screen,
    text: str,
    *,
    line_id: int | None,
    at: datetime,
) -> str:
    """Write the answer down; the words to send, which are those of whoever was faster where the claim was lost."""
    mine = (
        col(UssdSession.id) == claimed.row.id,
        col(UssdSession.step) == request.step - 1,
        col(UssdSession.working_until) == claimed.working_until,
    )
    values = {
        "step": request.step,
        "step_hash": request.hash,
        "line_id": line_id,
        "place": screen.place.value if screen.place else "",
        "typed": dict(screen.typed),
        "text": text,
        "is_over": screen.place is None,
        "seen_at": at,
        "working_until": None,
    }
    kept = update(UssdSession).where(*mine).values(**values).returning(col(UssdSession.id))
    if (await session.exec(kept)).scalar_one_or_none() is not None:
        return text
    query = select(UssdSession).where(col(UssdSession.id) == claimed.row.id).execution_options(populate_existing=True)
    row = (await session.exec(query)).one()
    return row.text if row.step == request.step and row.step_hash == request.hash else text


async def hang_up(session: AsyncSession, key: str, msisdn: Msisdn) -> None:
    """The phone has ended the dialogue."""
    mine = (col(UssdSession.key) == key, col(UssdSession.msisdn) == msisdn)
    await session.exec(update(UssdSession).where(*mine).values(is_over=True))


def _turn(row: UssdSession, request: Request, terms: UssdTerms, at: datetime) -> Turn:
    if row.msisdn != request.msisdn:
        return Turn.WRONG
    if row.step == request.step:
        return Turn.REPEAT if row.step_hash == request.hash else Turn.WRONG
    if row.step != request.step - 1:
        return Turn.WRONG
    if row.is_over or row.seen_at <= at - terms.waits:
        return Turn.OVER
    return Turn.BUSY


async def _begin(session: AsyncSession, request: Request, at: datetime) -> None:
    values = {
        "key": request.session,
        "msisdn": request.msisdn,
        "place": "",
        "typed": {},
        "step": 0,
        "step_hash": "",
        "text": "",
        "is_over": False,
        "begun_at": at,
        "seen_at": at,
    }
    await session.exec(insert_into(session, UssdSession).values(**values).on_conflict_do_nothing())
