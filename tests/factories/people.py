"""Profiles and what they have: a test says only what matters to it."""

from datetime import UTC, datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.models import Profile
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.ledger.accounts import SystemAccount, account_for, system_account
from mykyivstar.domain.ledger.models import OperationKind, Unit
from mykyivstar.domain.ledger.service import Leg, post
from mykyivstar.domain.lines.models import Holding, Line, Owner
from mykyivstar.kit.money import Money
from mykyivstar.kit.msisdn import Msisdn

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


async def make_person(session: AsyncSession, login: str = "olena") -> Actor:
    """Somebody who is signed in."""
    profile = Profile(login=login, login_key=login, created_at=LONG_AGO)
    session.add(profile)
    await session.flush()
    assert profile.id is not None
    return Actor(profile_id=profile.id, session_id=profile.id)


async def make_owner(session: AsyncSession, ref: str = "owner-1", **fields: Any) -> Owner:
    """A party to the operator's contract."""
    owner = Owner(ref=ref, name=fields.pop("name", ref), **fields)
    session.add(owner)
    await session.flush()
    return owner


async def make_line(session: AsyncSession, number: str = "380671000001", **fields: Any) -> Line:
    """A line of the register, an active prepaid one unless said otherwise."""
    line = Line(msisdn=Msisdn(number), **fields)
    session.add(line)
    await session.flush()
    return line


async def make_account(session: AsyncSession, number: str = "0004477622", **fields: Any) -> InternetAccount:
    """A home internet account."""
    fields.setdefault("contract_phone", Msisdn("380671000001"))
    account = InternetAccount(number=number, **fields)
    session.add(account)
    await session.flush()
    return account


async def hold(session: AsyncSession, actor: Actor, thing: Line | InternetAccount, **fields: Any) -> Holding:
    """Make a line or account the person's own."""
    column = "line_id" if isinstance(thing, Line) else "internet_account_id"
    fields = {"proved_at": LONG_AGO, column: thing.id, "profile_id": actor.profile_id} | fields
    holding = Holding(**fields)
    session.add(holding)
    await session.flush()
    return holding


async def put_money(
    session: AsyncSession, thing: Line | InternetAccount, amount: Money, *, unit: Unit = Unit.UAH
) -> None:
    """Set the opening balance of a line or account; zero opens the account empty."""
    ids = {"line_id": thing.id} if isinstance(thing, Line) else {"internet_account_id": thing.id}
    account = await account_for(session, unit=unit, floor=None, **ids)
    if amount:
        opening = await system_account(session, SystemAccount.OPENING, unit)
        legs = [Leg(account.id or 0, amount), Leg(opening.id or 0, -amount)]
        key = f"open:{account.code}"
        await post(session, key=key, kind=OperationKind.OPENING_BALANCE, at=LONG_AGO, legs=legs, respect_floors=False)
