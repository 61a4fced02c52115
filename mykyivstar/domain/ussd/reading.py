"""What a phone may know of its own line and of the home internet whose contract names it (I5).

The network vouches for the number, so a line needs no profile to hear its balance. Nothing of other lines is told,
whoever's profile they are in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.catalogue.models import FeePeriod, Tariff
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.identity.subjects import Found, Subject, profile_of
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.ledger.queries import Balance, balances
from mykyivstar.domain.lines.models import Line
from mykyivstar.domain.usage.models import Allowance, AllowanceKind
from mykyivstar.kit.clock import kyiv_date
from mykyivstar.kit.money import Money
from mykyivstar.kit.msisdn import Msisdn

ACCOUNTS_MAX = 5


@dataclass(frozen=True, slots=True)
class Owner:
    """Who acts by this phone: the profile that owns the line; without one there are balances and nothing else."""

    line: Line | None
    actor: Actor | None
    language: Language

    @property
    def line_id(self) -> int:
        assert self.line is not None, "asked of a line that is known"
        assert self.line.id is not None, "known from the register"
        return self.line.id


@dataclass(frozen=True, slots=True)
class TariffStanding:
    """A line's tariff and what is left of its package; None where it has none of that, -1 where it never runs out."""

    name: Mapping[str, str]
    fee: Money
    fee_period: FeePeriod
    next_day: date | None
    data: int | None
    seconds: int | None


async def owner_of(session: AsyncSession, number: Msisdn) -> Owner:
    """The line of this phone and who acts by it; a number that is nobody's has no line."""
    line = (await session.exec(select(Line).where(Line.msisdn == number))).first()
    if line is None or not line.state.is_a_customers:
        return Owner(None, None, Language.UK)
    found = Found(Subject("line", number.digits), line_id=line.id, phone=number)
    profile = await profile_of(session, found)
    if profile is None or profile.id is None:
        return Owner(line, None, Language.UK)
    return Owner(line, Actor(profile_id=profile.id, session_id=0), profile.language)


async def line_balance(session: AsyncSession, line_id: int) -> Balance:
    """Money and bonuses of a line."""
    return (await balances(session, line_ids=[line_id])).lines[line_id]


async def tariff_of(session: AsyncSession, line: Line, at: datetime) -> TariffStanding | None:
    """The tariff of a line, None where the register names none."""
    if line.tariff_id is None:
        return None
    tariff = await session.get_one(Tariff, line.tariff_id)
    rows = await session.exec(select(Allowance).where(Allowance.line_id == line.id, col(Allowance.expires_at) > at))
    left = rows.all()
    return TariffStanding(
        name=tariff.name,
        fee=tariff.fee,
        fee_period=tariff.fee_period,
        next_day=kyiv_date(line.next_charge_at) if line.next_charge_at else None,
        data=_left(left, AllowanceKind.DATA),
        seconds=_left(left, AllowanceKind.MINUTES_UKRAINE),
    )


async def accounts_of(session: AsyncSession, number: Msisdn) -> Sequence[InternetAccount]:
    """The internet accounts whose contract names this phone, at most ACCOUNTS_MAX."""
    theirs = select(InternetAccount).where(InternetAccount.contract_phone == number)
    return (await session.exec(theirs.order_by(col(InternetAccount.id)).limit(ACCOUNTS_MAX))).all()


async def account_balance(session: AsyncSession, account_id: int) -> Balance:
    """Money and bonuses of an internet account."""
    return (await balances(session, internet_account_ids=[account_id])).internet[account_id]


def _left(rows: Sequence[Allowance], kind: AllowanceKind) -> int | None:
    mine = [row for row in rows if row.kind is kind]
    if not mine:
        return None
    return -1 if any(row.is_unlimited for row in mine) else sum(row.left for row in mine)
