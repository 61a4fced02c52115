"""Suspending an account for a holiday: ordered, cancelled, begun and ended, resumed early (H3)."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import changed
from mykyivstar.db.turns import take_turn
from mykyivstar.domain.consents.models import ConsentTo
from mykyivstar.domain.consents.recording import record_consent
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.internet import fees, notices, returning, tariff_changes
from mykyivstar.domain.internet.errors import (
    NothingToCancel,
    NotSuspended,
    PayFirst,
    SuspendedByTheOperator,
)
from mykyivstar.domain.internet.holiday import Holiday, demand_days, holiday
from mykyivstar.domain.internet.models import Cause, InternetState, OrderState, Suspension
from mykyivstar.domain.internet.ordering import demand_money, own_held, own_seen
from mykyivstar.domain.internet.states import Held, switch
from mykyivstar.domain.internet.terms import InternetTerms
from mykyivstar.domain.ledger.models import OperationKind
from mykyivstar.domain.ledger.postings import Leg, Posting
from mykyivstar.domain.ledger.reversal import reverse
from mykyivstar.domain.ledger.service import post, post_many
from mykyivstar.domain.ledger.taxes import taxes
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.kit.clock import kyiv_date, kyiv_midnight
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.money import Money

_DAY = timedelta(days=1)


async def check(
    session: AsyncSession,
    actor: Actor,
    *,
    account_id: int,
    first_day: date,
    last_day: date,
    terms: InternetTerms,
    at: datetime,
) -> Holiday:
    """What these days would cost and change. Raises NotFound, OnlyTheOwner, and what `order` raises."""
    held = await own_seen(session, actor, account_id)
    return await _allowed(session, held, first_day, last_day, terms=terms, at=at)


async def order(
    session: AsyncSession,
    actor: Actor,
    *,
    key: str,
    account_id: int,
    first_day: date,
    last_day: date,
    language: str,
    terms: InternetTerms,
    at: datetime,
) -> Suspension:
    """Suspend from `first_day` to `last_day`, both included; the same `key` (of one form) does it once.

    The price is taken now, by the customer's wish: the balance stays above the threshold. The consent is recorded
    with what was shown (O4). Raises NotFound, OnlyTheOwner, PayFirst, NotEnoughAboveThreshold, and refusals of days.
    """
    await take_turn(session, key)
    held, operators = await own_held(session, actor, account_id)
    known = (await session.exec(select(Suspension).where(col(Suspension.key) == key))).first()
    if known is not None:
        if known.profile_id != actor.profile_id:
            raise NotFound
        return known
    whole = await _allowed(session, held, first_day, last_day, terms=terms, at=at)
    suspension = Suspension(
        internet_account_id=account_id,
        profile_id=actor.profile_id,
        key=key,
        first_day=first_day,
        last_day=last_day,
        price=whole.price,
        asked_at=at,
    )
    session.add(suspension)
    await session.flush()
    if whole.price:
        why: dict[str, Any] = {"rule": "internet_suspension", "period": f"{first_day}/{last_day}"}
        why |= taxes(whole.price, is_mobile=False)
        legs = [Leg(held.pot.id or 0, -whole.price, why), Leg(operators, whole.price, why)]
        kind = OperationKind.SERVICE_FEE
        await post(session, key=_key(suspension), kind=kind, at=at, legs=legs, respect_floors=False)
    of = HoldingKey(HoldingKind.INTERNET, account_id)
    to, shown = ConsentTo.INTERNET_SUSPENSION, {**_shown(whole), "language": language}
    record_consent(session, actor, key=key, of=of, to=to, ref="", shown=shown, at=at)
    changed(session, Subject(Topic.INTERNET, account_id))
    return suspension


async def cancel(session: AsyncSession, actor: Actor, suspension_id: int, *, at: datetime) -> None:
    """Give up a suspension that has not begun; its price comes back whole. Raises NotFound, NothingToCancel."""
    suspension = await session.get(Suspension, suspension_id)
    if suspension is None:
        raise NotFound
    await own_held(session, actor, suspension.internet_account_id)
    await session.refresh(suspension)
    if suspension.state is not OrderState.ORDERED:
        raise NothingToCancel
    await _give_up(session, suspension, OrderState.CANCELLED, at=at)


async def resume(session: AsyncSession, actor: Actor, account_id: int, *, at: datetime) -> InternetState:
    """End the suspension today, before its last day; the state that follows: off, when there is too little money.

    Raises NotFound, OnlyTheOwner, NotSuspended, SuspendedByTheOperator.
    """
    held, operators = await own_held(session, actor, account_id)
    if held.account.state is not InternetState.SUSPENDED:
        raise NotSuspended
    suspension = await running(session, account_id)
    if suspension is None:
        raise SuspendedByTheOperator
    return await come_back(session, held, suspension, operators, cause=Cause.RESUMED_EARLY, at=at)


async def running(session: AsyncSession, account_id: int) -> Suspension | None:
    """The suspension of this account that lasts."""
    mine = (col(Suspension.internet_account_id) == account_id, col(Suspension.state) == OrderState.RUNNING)
    return (await session.exec(select(Suspension).where(*mine).execution_options(populate_existing=True))).first()


async def begin(session: AsyncSession, held: Held, suspension: Suspension, *, at: datetime) -> bool:
    """The first day has come; the account is held. False: it cannot be, so the price is back and an SMS says so."""
    is_over = suspension.last_day < kyiv_date(at)
    if held.account.state is not InternetState.ACTIVE or is_over:
        await _give_up(session, suspension, OrderState.REFUSED, at=at)
        await notices.holiday_refused(session, suspension, at=at)
        return False
    suspension.state, suspension.began_at = OrderState.RUNNING, at
    session.add(suspension)
    until = kyiv_midnight(suspension.last_day + _DAY)
    await switch(session, held.account, InternetState.SUSPENDED, cause=Cause.SUSPENSION, at=at, until=until)
    return True


async def come_back(
    session: AsyncSession, held: Held, suspension: Suspension | None, operators: int, *, cause: Cause, at: datetime
) -> InternetState:
    """End the suspension of a held account, today being the first day that is not suspended; the state that follows.

    What was paid for suspended days comes back, what is left of an unpaid period is taken; where that would
    bring the balance below the threshold it is not taken, and the account is off for debt. `suspension` is None for
    one that the operator's register brought: nothing comes back.
    """
    today, balance = kyiv_date(at), held.pot.balance
    if suspension is not None:
        began = kyiv_date(suspension.began_at or at)
        balance += await _give_back(session, held, suspension, began, operators, at=at)
        suspension.state, suspension.ended_at = OrderState.DONE, at
        session.add(suspension)
    await tariff_changes.apply_due(session, held.account, today, at=at)
    planned = await returning.plan(session, held, balance, operators, at=at)
    if planned is None:
        rests = returning.total(await returning.rests_of(session, held.account, at=at))
        missing = held.account.disconnect_threshold + rests - balance
        off, why = InternetState.OFF_FOR_DEBT, Cause.BELOW_THRESHOLD
        await switch(session, held.account, off, cause=why, at=at, missing=missing)
        return off
    await post_many(session, planned.postings)
    await planned.switch_on(session, cause=cause, at=at)
    return InternetState.ACTIVE


async def _allowed(
    session: AsyncSession, held: Held, first: date, last: date, *, terms: InternetTerms, at: datetime
) -> Holiday:
    if held.account.state is InternetState.OFF_FOR_DEBT:
        rests = returning.total(await returning.rests_of(session, held.account, at=at))
        raise PayFirst(missing=held.account.disconnect_threshold + rests - held.pot.balance)
    await demand_days(session, held.id, first, last, terms=terms, at=at)
    demand_money(held, terms.suspension_price)
    return await holiday(session, held.account, first, last, terms=terms)


async def _give_up(session: AsyncSession, suspension: Suspension, state: OrderState, *, at: datetime) -> None:
    suspension.state, suspension.ended_at = state, at
    session.add(suspension)
    if suspension.price:
        why = {"rule": "internet_suspension_back", "period": f"{suspension.first_day}/{suspension.last_day}"}
        await reverse(session, key=f"{_key(suspension)}:back", of=_key(suspension), at=at, explanation=why)
    changed(session, Subject(Topic.INTERNET, suspension.internet_account_id))


async def _give_back(
    session: AsyncSession, held: Held, suspension: Suspension, began: date, operators: int, *, at: datetime
) -> Money:
    """Post what was paid for suspended days, whole days only; how much that is."""
    first = max(began, suspension.first_day)
    parts = [fees.unused(fee, first, kyiv_date(at)) for fee in await fees.fees_of(session, held.account)]
    legs = []
    for part in parts:
        if part is not None and part.amount:
            legs += [
                Leg(held.pot.id or 0, part.amount, part.explanation),
                Leg(operators, -part.amount, part.explanation),
            ]
    if legs:
        kind = OperationKind.ADJUSTMENT
        await post_many(session, [Posting(f"{_key(suspension)}:unused", kind, at, legs, is_operators=True)])
    return sum((leg.amount for leg in legs if leg.account_id == held.pot.id), Money.ZERO)


def _key(suspension: Suspension) -> str:
    return f"internet-suspension:{suspension.id}"


def _shown(whole: Holiday) -> Mapping[str, Any]:
    return {
        "first_day": whole.first_day.isoformat(),
        "last_day": whole.last_day.isoformat(),
        "price": whole.price.kopiykas,
        "comes_back": whole.comes_back.kopiykas,
        "then_due": whole.then_due.kopiykas,
        "bonuses": [
            {"month": str(loss.month), "without": loss.without.kopiykas, "suspended": loss.suspended.kopiykas}
            for loss in whole.bonuses
        ],
    }
