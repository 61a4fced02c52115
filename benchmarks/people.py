"""People to measure with: each has lines of the demo, a login and a session of their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db import registry  # noqa: F401  -- relations between tables need all of them
from mykyivstar.db.database import Database
from mykyivstar.domain.identity import sessions
from mykyivstar.domain.identity.models import Profile, SignInMethod
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.lines.models import Holding
from mykyivstar.guard import cookies
from mykyivstar.kit.clock import SystemClock
from mykyivstar.kit.secret import new_token

# What they hold, by turns: the same as these of the demo's people. Always two or more, to switch between.
FAMILIES = (("380671000001",), ("380973000001",), ("380682000001", "380964000001"))
# The coordinator of a firm with forty lines.
FIRM = (("380675000000",),)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody signed in: the cookie of their browser, and what they can take in hand."""

    cookie: str
    keys: Sequence[str]


async def sign_in(address: str, count: int, like: Sequence[Sequence[str]] = FAMILIES) -> list[Person]:
    """Make so many people in this database and sign each of them in."""
    database = Database(address)
    try:
        async with database.unit_of_work() as session:
            at = SystemClock().now()
            held = [await _holdings(session, logins) for logins in like]
            return [await _person(session, number, held[number % len(held)], at) for number in range(count)]
    finally:
        await database.dispose()


async def _holdings(session: AsyncSession, logins: Sequence[str]) -> list[Holding]:
    found = await session.exec(
        select(Holding)
        .join(Profile, col(Profile.id) == col(Holding.profile_id))
        .where(col(Profile.login_key).in_(logins))
        .order_by(col(Holding.profile_id), col(Holding.position))
    )
    return list(found)


async def _person(session: AsyncSession, number: int, like: Sequence[Holding], at: datetime) -> Person:
    login = f"bench-{new_token()[:20]}"
    profile = Profile(login=login, login_key=login.casefold(), name=f"Вимір {number}", created_at=at)
    session.add(profile)
    await session.flush()
    assert profile.id is not None
    for position, one in enumerate(like):
        copied = one.model_dump(exclude={"id", "profile_id", "position", "chosen_at"})
        session.add(Holding(profile_id=profile.id, position=position, **copied))
    opened = await open_for(session, profile.id, at)
    return Person(cookie_of(opened), [str(_key(one)) for one in like])


async def open_for(session: AsyncSession, profile_id: int, at: datetime) -> sessions.Opened:
    """A session of this profile, as a way in leads to one."""
    visitor = new_token()[:40]
    ticket = await sessions.issue_ticket(
        session, profile_id=profile_id, visitor=visitor, method=SignInMethod.CODE, at=at
    )
    await session.flush()
    opened = await sessions.open_session(
        session, ticket=ticket, visitor=visitor, browser="Benchmark", address="127.0.0.1", at=at
    )
    assert opened is not None
    return opened


def cookie_of(opened: sessions.Opened) -> str:
    """What the browser of this session sends."""
    return f"{cookies.name(cookies.SESSION)}={opened.token}"


def _key(holding: Holding) -> HoldingKey:
    if holding.line_id is not None:
        return HoldingKey(HoldingKind.LINE, holding.line_id)
    assert holding.internet_account_id is not None
    return HoldingKey(HoldingKind.INTERNET, holding.internet_account_id)
