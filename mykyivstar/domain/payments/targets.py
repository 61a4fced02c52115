"""Whom a payment is for: any line or internet account of the operator, found by what was typed (D1)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.identity.errors import NotALogin
from mykyivstar.domain.identity.subjects import look_up, parse_subject
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.ledger.accounts import Holder
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.lines.models import Billing, Line
from mykyivstar.domain.payments.errors import UnknownTarget
from mykyivstar.domain.payments.models import PaymentShare
from mykyivstar.kit.money import Money

# How long account numbers are.
_DIGITS_LEAST, _DIGITS_MOST = 7, 10


@dataclass(frozen=True, slots=True)
class Target:
    """A line (its twelve digits) or an internet account (its number) that takes money."""

    key: HoldingKey
    number: str
    # Whether its balance may be under zero: a contract line.
    may_owe: bool = False

    @property
    def holder(self) -> Holder:
        """Its account in the books."""
        if self.key.kind is HoldingKind.LINE:
            return Holder(line_id=self.key.id, floor=None if self.may_owe else Money.ZERO)
        return Holder(internet_account_id=self.key.id)


async def find_target(session: AsyncSession, typed: str) -> Target:
    """The line or internet account of a number in any usual writing.

    An internet account whose leading zeros were lost is found when there is only one that it can be: whoever pays sees
    its whole number on the check page. Ways in stay exact (A2).
    Raises NotALogin for what is no number at all, UnknownTarget for one that is nobody's or inactive.
    """
    found = await look_up(session, parse_subject(typed))
    keys = [HoldingKey(HoldingKind.LINE, found.line_id)] if found.line_id else []
    keys += [HoldingKey(HoldingKind.INTERNET, found.internet_account_id)] if found.internet_account_id else []
    if not keys and found.subject.kind == HoldingKind.INTERNET.value:
        keys = await _with_other_zeros(session, found.subject.value)
    if not keys:
        raise UnknownTarget(typed=typed.strip())
    return (await targets(session, keys))[keys[0]]


async def _with_other_zeros(session: AsyncSession, number: str) -> list[HoldingKey]:
    """The one account that differs from this number by leading zeros only; none where there are several."""
    bare = number.lstrip("0")
    alike = {bare.zfill(length) for length in range(_DIGITS_LEAST, _DIGITS_MOST + 1)}
    ids = (await session.exec(select(InternetAccount.id).where(col(InternetAccount.number).in_(alike)))).all()
    return [HoldingKey(HoldingKind.INTERNET, ids[0] or 0)] if len(ids) == 1 else []


async def targets(session: AsyncSession, keys: Iterable[HoldingKey]) -> Mapping[HoldingKey, Target]:
    """Those of these that take money; an inactive line and one that is gone are missing."""
    asked = list(keys)
    lines = [key.id for key in asked if key.kind is HoldingKind.LINE]
    accounts = [key.id for key in asked if key.kind is HoldingKind.INTERNET]
    found: dict[HoldingKey, Target] = {}
    if lines:
        for line in await session.exec(select(Line).where(col(Line.id).in_(lines))):
            if line.state.is_a_customers:
                key = HoldingKey(HoldingKind.LINE, line.id or 0)
                found[key] = Target(key, line.msisdn.digits, line.payment is Billing.CONTRACT)
    if accounts:
        for account in await session.exec(select(InternetAccount).where(col(InternetAccount.id).in_(accounts))):
            key = HoldingKey(HoldingKind.INTERNET, account.id or 0)
            found[key] = Target(key, account.number)
    return found


def key_of(share: PaymentShare) -> HoldingKey:
    """Whom this share is for."""
    if share.line_id is not None:
        return HoldingKey(HoldingKind.LINE, share.line_id)
    assert share.internet_account_id is not None, "a share is a line's or an internet account's"
    return HoldingKey(HoldingKind.INTERNET, share.internet_account_id)


__all__ = ["NotALogin", "Target", "UnknownTarget", "find_target", "key_of", "targets"]
