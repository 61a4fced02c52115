"""Who talks: so many customers, each with a conversation that one of a few consultants has taken."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from benchmarks.people import cookie_of, open_for
from mykyivstar.db import registry  # noqa: F401  -- relations between tables need all of them
from mykyivstar.db.database import Database
from mykyivstar.domain.identity import sessions
from mykyivstar.domain.identity.models import Language, Profile
from mykyivstar.domain.lines.models import Holding, Line
from mykyivstar.domain.staff import management
from mykyivstar.domain.staff.actor import StaffActor
from mykyivstar.domain.staff.models import StaffRole, StaffSession
from mykyivstar.domain.staff.sessions import LONGEST
from mykyivstar.domain.support import conversations, desk
from mykyivstar.domain.support.models import Specialism
from mykyivstar.guard import cookies
from mykyivstar.kit.clock import SystemClock
from mykyivstar.kit.msisdn import Msisdn
from mykyivstar.kit.secret import new_token, token_hash

# How many conversations a consultant has at once.
CHATS_OF_EACH = 5


@dataclass(frozen=True, slots=True)
class Pair:
    """A conversation, and the cookies of the two who talk."""

    id: int
    code: str
    customer: str
    consultant: str
    # Which of the consultants.
    desk: int


async def gather(address: str, count: int) -> list[Pair]:
    """Put them into this database, which has its tables."""
    database, at = Database(address), SystemClock().now()
    try:
        async with database.unit_of_work() as session:
            pairs = []
            for number in range(count):
                if number % CHATS_OF_EACH == 0:
                    member, consultant = await _consultant(session, number // CHATS_OF_EACH, at)
                pairs.append(await _pair(session, number, member, consultant, at))
            return pairs
    finally:
        await database.dispose()


async def _consultant(session: AsyncSession, number: int, at: datetime) -> tuple[StaffActor, str]:
    member = await management.add(
        session,
        login=f"consultant-{number}",
        name=f"Соломія {number}",
        role=StaffRole.CONSULTANT,
        phone=None,
        password_hash=None,
        skills=[each.value for each in Specialism],
        capacity=CHATS_OF_EACH,
        at=at,
    )
    assert member.id is not None
    member.is_available, member.seen_at = True, at
    token = new_token()
    opened = StaffSession(
        staff_id=member.id, token_hash=token_hash(token), created_at=at, last_seen_at=at, expires_at=at + LONGEST
    )
    session.add(opened)
    await session.flush()
    actor = StaffActor(staff_id=member.id, session_id=opened.id or 0, role=member.role, name=member.name)
    return actor, f"{cookies.name(cookies.STAFF)}={token}"


async def _pair(session: AsyncSession, number: int, member: StaffActor, consultant: str, at: datetime) -> Pair:
    login = f"customer-{number}"
    profile = Profile(login=login, login_key=login, name=f"Олена {number}", created_at=at)
    session.add(profile)
    await session.flush()
    assert profile.id is not None
    line = Line(msisdn=Msisdn(f"38067{2_000_000 + number}"))
    session.add(line)
    await session.flush()
    session.add(Holding(profile_id=profile.id, line_id=line.id, proved_at=at))
    opened = await open_for(session, profile.id, at)
    conversation = await conversations.start(
        session, sessions.actor_of(opened.session), specialism=Specialism.MOBILE, language=Language.UK, at=at
    )
    await session.flush()
    await desk.take(session, member, conversation.code, at=at)
    return Pair(
        id=conversation.id or 0,
        code=conversation.code,
        customer=cookie_of(opened),
        consultant=consultant,
        desk=number // CHATS_OF_EACH,
    )
