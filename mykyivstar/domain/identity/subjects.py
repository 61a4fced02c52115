"""What people type to say who they are: a mobile number, an internet account number, or a login."""

import re
from dataclasses import dataclass

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.identity.errors import NotALogin
from mykyivstar.domain.identity.models import Profile
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.lines.models import Holding, HoldingRole, Line
from mykyivstar.kit.msisdn import Msisdn, NotANumber, compact

# Seven to ten digits with their leading zeros. One zero and a network's digits begin a mobile number, whole or not.
_ACCOUNT = re.compile(r"00[0-9]{5,8}|[1-9][0-9]{6,9}")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a code proves, in canonical form."""

    kind: str
    value: str

    @property
    def key(self) -> str:
        """As codes and limits name it: "line:380671000001" or "internet:0004477622"."""
        return f"{self.kind}:{self.value}"


@dataclass(frozen=True, slots=True)
class Found:
    """What the own register knows of a subject: where its code goes, None when it is nobody's or inactive."""

    subject: Subject
    line_id: int | None = None
    internet_account_id: int | None = None
    phone: Msisdn | None = None


def parse_subject(typed: str) -> Subject:
    """A mobile number in any usual writing, or an internet account number. Raises NotALogin."""
    if _ACCOUNT.fullmatch(number := compact(typed).removeprefix("№")):
        return Subject("internet", number)
    try:
        return Subject("line", Msisdn.parse(typed).digits)
    except NotANumber as unfit:
        raise NotALogin from unfit


def parse_own(typed: str) -> Subject:
    """The same of what people type of their own, where 67 123 45 67 is a mobile number too. Raises NotALogin.

    Where money goes by what was typed, nine digits are an account's.
    """
    mobile = Msisdn.without_zero(typed)
    return parse_subject(typed) if mobile is None else Subject("line", mobile.digits)


async def look_up(session: AsyncSession, subject: Subject) -> Found:
    """Ask the own register (after number porting the prefix says nothing, A2)."""
    if subject.kind == "line":
        line = (await session.exec(select(Line).where(Line.msisdn == Msisdn(subject.value)))).first()
        if line is None or not line.state.is_a_customers:
            return Found(subject)
        return Found(subject, line_id=line.id, phone=line.msisdn)
    account = (await session.exec(select(InternetAccount).where(InternetAccount.number == subject.value))).first()
    if account is None:
        return Found(subject)
    return Found(subject, internet_account_id=account.id, phone=account.contract_phone)


async def profile_of(session: AsyncSession, found: Found) -> Profile | None:
    """The profile that this number or account signs in to: the one that has held it as owner the longest.

    It is asked for what is nobody's too, so that the time it takes does not tell.
    """
    held = (
        Holding.line_id == (found.line_id or 0)
        if found.subject.kind == "line"
        else Holding.internet_account_id == (found.internet_account_id or 0)
    )
    rows = await session.exec(
        select(Profile)
        .join(Holding, col(Holding.profile_id) == col(Profile.id))
        .where(held, Holding.role == HoldingRole.OWNER, col(Profile.closed_at).is_(None))
        .order_by(col(Holding.proved_at), col(Holding.id))
        .limit(1)
    )
    return rows.first()


async def profile_by_login(session: AsyncSession, typed: str) -> Profile | None:
    """The profile whose login this is; a number or account that has a profile counts as its login too (A3, A5).

    For any number the register is asked as well, whether it is a login or not: the time it takes does not tell.
    """
    rows = await session.exec(
        select(Profile).where(Profile.login_key == login_key(typed), col(Profile.closed_at).is_(None))
    )
    profile = rows.first()
    try:
        subject = parse_own(typed)
    except NotALogin:
        return profile
    held_by = await profile_of(session, await look_up(session, subject))
    return profile or held_by


def login_key(typed: str) -> str:
    """A login as it is compared, and as tries of it are counted: casefolded; a number of any kind as its digits."""
    try:
        return parse_own(typed).value
    except NotALogin:
        return typed.strip().casefold()[:64]


def shown_login(typed: str) -> str:
    """A login as its owner sees it: a number of any kind as its digits, a name as it was typed."""
    key = login_key(typed)
    return key if key.isdigit() else typed.strip()[:64]
