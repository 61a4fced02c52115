"""At the counter: somebody who has forgotten everything shows a document and is given a temporary password (A8)."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import UnitOfWork
from mykyivstar.domain.identity import limits, notices, subjects, temporary
from mykyivstar.domain.identity.errors import NotALogin
from mykyivstar.domain.identity.limits import Rule
from mykyivstar.domain.identity.models import Profile
from mykyivstar.domain.identity.subjects import Found, Subject
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.staff.actor import StaffActor
from mykyivstar.domain.staff.models import StaffRole
from mykyivstar.domain.support.card import Card, look_in_person
from mykyivstar.domain.visits.counter import Seen, note_of, visit_number
from mykyivstar.domain.visits.errors import CoordinatorRestores, NoSuchCustomer
from mykyivstar.domain.visits.models import AccessRestoring, VisitLook

ROLE = StaffRole.LEAD


@dataclass(frozen=True, slots=True)
class Asked:
    """Who stands at the counter, as they say; `visit_number` is "" for whoever came without a visit."""

    subject: str
    visit_number: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Whom it was: a customer with a profile, or an internet account that nobody has signed in to yet."""

    login: str
    card: Card | None
    account_number: str = ""
    account_address: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """What the person takes along; the password is shown this once."""

    login: str
    password: str


async def look_for(unit_of_work: UnitOfWork, staff: StaffActor, asked: Asked, *, at: datetime) -> Person:
    """The customer card, as far as the staff may see it; the look is written down.

    Raises StaffRoleNeeded, NoSuchCustomer, CoordinatorRestores.
    """
    staff.require(ROLE)
    async with unit_of_work() as session:
        found, profile = await _whose(session, asked.subject)
        if profile is not None:
            seen = await look_in_person(session, staff, profile, visit_number=visit_number(asked.visit_number), at=at)
            return Person(profile.login, seen)
        account = await session.get_one(InternetAccount, found.internet_account_id)
        session.add(VisitLook(staff_id=staff.staff_id, subject=found.subject.key, at=at))
        return Person(account.number, None, account.number, account.address)


async def issue(unit_of_work: UnitOfWork, staff: StaffActor, asked: Asked, seen: Seen, *, at: datetime) -> Given:
    """A temporary password, written down with the document that was seen.

    A customer's is told to all of their contacts, but itself sent to nobody; an internet account's without a profile
    goes to its contract phone, as A5 has it. Raises what `look_for` does, DocumentNoteMissing, TooManyTries.
    """
    staff.require(ROLE)
    note = note_of(seen)
    async with unit_of_work() as session:
        wait = await limits.hit(session, at, (Rule.RESTORINGS_OF_STAFF, str(staff.staff_id)))
    limits.refuse_if_over(wait)
    async with unit_of_work() as session:
        found, profile = await _whose(session, asked.subject)
        session.add(
            AccessRestoring(
                staff_id=staff.staff_id,
                profile_id=profile.id if profile else None,
                internet_account_id=None if profile else found.internet_account_id,
                subject=found.subject.key,
                visit_number=visit_number(asked.visit_number),
                document=seen.document,
                note=note,
                at=at,
            )
        )
        if profile is None:
            return Given(*await temporary.issue(session, found.subject.value, at))
        password = await temporary.issue_for_profile(session, profile, at)
        await notices.temporary_password_issued(session, profile.id or 0, at)
        return Given(profile.login, password)


async def _whose(session: AsyncSession, typed: str) -> tuple[Found, Profile | None]:
    """The profile, or else the internet account. Raises NoSuchCustomer, CoordinatorRestores."""
    try:
        found = await subjects.look_up(session, subjects.parse_subject(typed))
    except NotALogin:
        found = Found(Subject("login", subjects.login_key(typed)))
    profile = await subjects.profile_by_login(session, typed)
    if profile is not None and profile.is_employee:
        raise CoordinatorRestores
    if profile is None and found.internet_account_id is None:
        raise NoSuchCustomer
    return found, profile
