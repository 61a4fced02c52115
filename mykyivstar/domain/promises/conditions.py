"""What may be promised to whom: the offers a person sees, and the same questions again when one is taken (N2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.internet.models import InternetState
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.lines.models import Billing, HoldingRole, LineState
from mykyivstar.domain.lines.queries import HeldLine, holdings
from mykyivstar.domain.overview.models import InternetPart, LinePart, Overview, Part
from mykyivstar.domain.overview.queries import overview
from mykyivstar.domain.promises.errors import (
    BalanceIsEnough,
    GraceNotNeeded,
    GraceTooMuch,
    GraceUnknown,
    InternetSuspended,
    LineNotActive,
    LineTooYoung,
    OnceAMonth,
    OnlyPrepaid,
    OnlyTheOwner,
    PromiseIsOpen,
)
from mykyivstar.domain.promises.models import Promise, PromiseState
from mykyivstar.domain.promises.terms import PromiseTerms
from mykyivstar.kit.clock import kyiv_date
from mykyivstar.kit.errors import CustomerError
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month


@dataclass(frozen=True, slots=True)
class Offer:
    """What could be promised to one line or internet account; without `sums`, `refusal` says why not."""

    part: Part
    sums: Sequence[Money]
    price: Money
    last_day: date
    refusal: CustomerError | None = None

    @property
    def key(self) -> HoldingKey:
        return self.part.key


async def offers(session: AsyncSession, actor: Actor, terms: PromiseTerms, *, at: datetime) -> Sequence[Offer]:
    """What is possible at this moment for each of the actor's own, in their order, refused ones included."""
    whole = await overview(session, actor, at)
    young = {held.key: held.line.activated_at for held in await holdings(session, actor) if isinstance(held, HeldLine)}
    latest = await _latest(session, whole)
    return [_offer(part, latest.get(part.key, []), young.get(part.key), terms, at) for part in whole.parts]


def _offer(
    part: Part, before: Sequence[Promise], activated_at: datetime | None, terms: PromiseTerms, at: datetime
) -> Offer:
    kind = part.key.kind
    price, last_day = terms.price(kind), terms.last_day(kind, at)
    try:
        _demand_owner_and_turn(part, before, at)
        sums = _line_sums(part, activated_at, terms, at) if isinstance(part, LinePart) else _grace(part, terms, at)
    except CustomerError as refusal:
        return Offer(part, (), price, last_day, refusal)
    return Offer(part, sums, price, last_day)


def _demand_owner_and_turn(part: Part, before: Sequence[Promise], at: datetime) -> None:
    if part.role is not HoldingRole.OWNER:
        raise OnlyTheOwner
    for promise in before:
        if promise.state is PromiseState.OPEN:
            raise PromiseIsOpen(owed=promise.owed, day=promise.last_day)
    month = Month.of(at)
    if any(promise.month == str(month) for promise in before):
        raise OnceAMonth(day=month.shifted(1).first_day)


def _line_sums(part: LinePart, activated_at: datetime | None, terms: PromiseTerms, at: datetime) -> Sequence[Money]:
    if part.payment is not Billing.PREPAID:
        raise OnlyPrepaid
    if part.state is not LineState.ACTIVE:
        raise LineNotActive
    # Lines without a date come from the register as it was before dates were kept: they are old.
    old_from = kyiv_date(activated_at) + timedelta(days=terms.line_age_days) if activated_at else None
    if old_from is not None and kyiv_date(at) < old_from:
        raise LineTooYoung(days=terms.line_age_days, day=old_from)
    balance = part.balance or Money.ZERO
    sums = [lent for lent in terms.line_sums if balance < lent]
    if not sums:
        raise BalanceIsEnough(balance=balance)
    return sums


def _grace(part: Part, terms: PromiseTerms, at: datetime) -> Sequence[Money]:
    assert isinstance(part, InternetPart), "what is held is a line or an internet account"
    standing = part.standing
    if standing.state is InternetState.SUSPENDED:
        raise InternetSuspended
    missing = standing.next_payment
    if missing is None:
        raise GraceUnknown
    days_left = standing.charge.days_left(at) if standing.charge is not None else None
    is_near = days_left is not None and days_left <= terms.internet_days
    if not missing or not (is_near or standing.is_below_threshold):
        raise GraceNotNeeded(days=terms.internet_days)
    if missing > terms.internet_most:
        raise GraceTooMuch(missing=missing, most=terms.internet_most)
    return [missing]


async def _latest(session: AsyncSession, whole: Overview) -> dict[HoldingKey, list[Promise]]:
    """What was promised to these accounts, by whichever profile: the month and the debt are the account's."""
    lines = [part.key.id for part in whole.parts if part.key.kind is HoldingKind.LINE]
    accounts = [part.key.id for part in whole.parts if part.key.kind is HoldingKind.INTERNET]
    theirs = or_(col(Promise.line_id).in_(lines), col(Promise.internet_account_id).in_(accounts))
    matters = or_(col(Promise.state) == PromiseState.OPEN, col(Promise.month) == str(Month.of(whole.at)))
    found: dict[HoldingKey, list[Promise]] = {}
    for promise in await session.exec(select(Promise).where(theirs, matters)):
        found.setdefault(promise.key, []).append(promise)
    return found
