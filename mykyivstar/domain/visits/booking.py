"""Booking a visit: by anybody, once for each form, one at a time for each number (A8).

Nothing here asks whether a number is a customer's, so nobody learns it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe
from string import ascii_letters, digits
from typing import Any

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import UnitOfWork
from mykyivstar.db.statements import insert_into
from mykyivstar.db.turns import take_turn
from mykyivstar.domain.feedback.errors import PuzzleTooOld, PuzzleUnsolved
from mykyivstar.domain.feedback.puzzle import demand_solved
from mykyivstar.domain.identity import limits
from mykyivstar.domain.identity.errors import TooManyTries
from mykyivstar.domain.identity.limits import Rule
from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.domain.stores.hours import hours_of
from mykyivstar.domain.stores.keeping import is_closed
from mykyivstar.domain.stores.models import Store
from mykyivstar.domain.support.texts import cleaned
from mykyivstar.domain.visits import notices, slots
from mykyivstar.domain.visits.errors import (
    NoSuchTime,
    NoVisitsHere,
    VisitCheckAgain,
    VisitNameMissing,
    VisitOpenAlready,
    VisitPhoneTakesNoSms,
    VisitPhoneUnfit,
)
from mykyivstar.domain.visits.models import Visit, VisitPurpose, VisitState
from mykyivstar.domain.visits.times import half_hours, takes_visits
from mykyivstar.kit.clock import kyiv_date
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.msisdn import Msisdn, NotANumber, NotMobile
from mykyivstar.kit.secret import CODE_ALPHABET, new_code

NAME_MOST = 80
_NUMBER_LENGTH = 6
_CODE_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Wanted:
    """The form as it was filled in."""

    store: str
    starts_at: datetime
    purpose: VisitPurpose
    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class Checked:
    """The same, understood."""

    store: Store
    starts_at: datetime
    purpose: VisitPurpose
    name: str
    phone: Msisdn


@dataclass(frozen=True, slots=True)
class Booker:
    """Whose form it was; `bait` is the field that people do not meet, `answer` what the browser solved."""

    visitor: str
    address: str
    language: Language
    bait: str
    answer: str


async def check(session: AsyncSession, wanted: Wanted, *, at: datetime) -> Checked:
    """Look the form over. Raises NotFound, NoVisitsHere, NoSuchTime, VisitNameMissing, VisitPhoneUnfit and its kin."""
    store = await store_of(session, wanted.store)
    demand_time(store, wanted.starts_at, at)
    name = " ".join(cleaned(wanted.name).split())[:NAME_MOST]
    if not name:
        raise VisitNameMissing
    return Checked(store, wanted.starts_at, wanted.purpose, name, _phone(wanted.phone))


async def book(
    unit_of_work: UnitOfWork, wanted: Wanted, booker: Booker, *, places: int, key: bytes, bits: int, at: datetime
) -> Visit:
    """The visit of this form: the same one however often the same puzzle's solution is sent.

    Raises what `check` does, VisitCheckAgain, TooManyTries, TimeTaken, VisitOpenAlready; the last sends the SMS of the
    visit that is there to its number again, and to nobody else.
    """
    async with unit_of_work() as session:
        asked = await check(session, wanted, at=at)
    nonce = _nonce(booker, key=key, bits=bits, at=at)
    async with unit_of_work() as session:
        await take_turn(session, f"visit:{nonce}")
        # What is sent again is no other try.
        if (before := await _of_ref(session, nonce)) is not None:
            return before
        wait = await limits.hit(
            session,
            at,
            (Rule.VISITS_OF_PHONE, asked.phone.digits),
            (Rule.VISITS_FOR_BROWSER, booker.visitor),
            (Rule.VISITS_FOR_ADDRESS, booker.address),
        )
        visit = None if wait else await _put(session, asked, booker.language, nonce, places=places, at=at)
        is_there_already = visit is not None and visit.ref != nonce
        if visit is not None and is_there_already:
            store = await session.get_one(Store, visit.store_id)
            await notices.told(session, visit, store, SmsTemplate.VISIT_BOOKED, at=at)
    if visit is None:
        raise TooManyTries(minutes=wait)
    if is_there_already:
        raise VisitOpenAlready
    return visit


async def store_of(session: AsyncSession, code: str) -> Store:
    """The store of this code. Raises NotFound."""
    if (store := (await session.exec(select(Store).where(Store.code == code))).first()) is None:
        raise NotFound
    return store


def demand_time(store: Store, starts_at: datetime, at: datetime) -> None:
    """Raise NoVisitsHere or NoSuchTime unless a visit there may begin then."""
    hours = hours_of(store.opening_hours)
    if hours is None or not takes_visits(store, at):
        raise NoVisitsHere
    if starts_at not in half_hours(hours, kyiv_date(starts_at), at) or is_closed(store, starts_at):
        raise NoSuchTime


async def _put(
    session: AsyncSession, asked: Checked, language: Language, nonce: str, *, places: int, at: datetime
) -> Visit:
    """The new visit, or the open one that this number has."""
    assert asked.store.id is not None
    is_past = (col(Visit.open_phone) == asked.phone, col(Visit.starts_at) <= at)
    await session.exec(update(Visit).where(*is_past).values(open_phone=None))
    values = {
        "ref": nonce,
        "store_id": asked.store.id,
        "starts_at": asked.starts_at,
        "purpose": asked.purpose,
        "name": asked.name,
        "phone": asked.phone,
        "open_phone": asked.phone,
        "language": language,
        "state": VisitState.BOOKED,
        "booked_at": at,
        "state_at": at,
    }
    while (visit_id := await _written_down(session, values)) is None:
        there = (await session.exec(select(Visit).where(Visit.open_phone == asked.phone))).first()
        # None: it has ended at this moment, and the number is free now.
        if there is not None:
            return there
    visit = await session.get_one(Visit, visit_id)
    await slots.take(session, asked.store.id, asked.starts_at, places=places)
    await notices.booked(session, visit, asked.store, is_moved=False, at=at)
    return visit


async def _written_down(session: AsyncSession, values: Mapping[str, Any]) -> int | None:
    """The id of the new row, None while its phone has an open visit."""
    drawn = {"number": f"V-{new_code(CODE_ALPHABET, _NUMBER_LENGTH)}", "code": _new_code()}
    adding = insert_into(session, Visit).values(**values, **drawn).on_conflict_do_nothing()
    found: int | None = (await session.exec(adding.returning(col(Visit.id)))).scalar_one_or_none()
    return found


async def _of_ref(session: AsyncSession, nonce: str) -> Visit | None:
    return (await session.exec(select(Visit).where(Visit.ref == nonce))).first()


def _nonce(booker: Booker, *, key: bytes, bits: int, at: datetime) -> str:
    if booker.bait:
        raise VisitCheckAgain
    try:
        return demand_solved(key, booker.answer, bits=bits, visitor=booker.visitor, at=at)
    except (PuzzleUnsolved, PuzzleTooOld):
        raise VisitCheckAgain from None


def _phone(typed: str) -> Msisdn:
    try:
        return Msisdn.parse_mobile(typed)
    except NotMobile:
        raise VisitPhoneTakesNoSms from None
    except NotANumber:
        raise VisitPhoneUnfit from None


def _new_code() -> str:
    """Sixteen letters and digits: 95 bits."""
    letters = "".join(sign for sign in token_urlsafe(48) if sign in ascii_letters + digits)
    return letters[:_CODE_LENGTH]
