"""Pay-by-link (D8, O7): an address and a QR by which anybody can pay for one of my lines, without signing in."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import UnitOfWork, changed
from mykyivstar.db.turns import take_turn
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.lines.models import Line
from mykyivstar.domain.lines.queries import held
from mykyivstar.domain.payments import card
from mykyivstar.domain.payments.card import Addresses, CardOrder
from mykyivstar.domain.payments.errors import (
    AmountOutOfRange,
    LinkEnded,
    LinkExpired,
    LinkTargetGone,
    LinkUnknown,
    LinkUsed,
    NoteMalformed,
    TooManyLinks,
)
from mykyivstar.domain.payments.limits import PaymentLimits
from mykyivstar.domain.payments.link_uses import hold, is_of, is_used, underway
from mykyivstar.domain.payments.models import Origin, PayLink, Payment, PaymentState
from mykyivstar.domain.payments.opening import Payer, Share
from mykyivstar.domain.payments.queries import masked_number
from mykyivstar.domain.payments.targets import targets
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.money import Money
from mykyivstar.kit.msisdn import Msisdn
from mykyivstar.kit.secret import token_hash
from mykyivstar.ports.acquiring import Acquirer

LINKS_MAX = 30
SHOWN_MAX = 50
NOTE_MAX = 140
DAYS = (1, 7, 30)


@dataclass(frozen=True, slots=True)
class LinkView:
    """One of the actor's links: whom it is for, and what has come by it."""

    link: PayLink
    key: HoldingKey
    number: str
    payments: int
    paid: Money

    def is_live(self, at: datetime) -> bool:
        """Whether somebody could still pay by it."""
        is_used = self.link.once and self.payments > 0
        return self.link.ended_at is None and at < self.link.expires_at and not is_used


@dataclass(frozen=True, slots=True)
class LinkOffer:
    """What whoever opens the link sees. The number is masked: a link must not tell it to strangers."""

    kind: HoldingKind
    masked: str
    amount: Money | None
    note: str
    # The viewer's own payment that waits at the bank, and until when somebody else's holds the link.
    mine: Payment | None = None
    held_until: datetime | None = None


async def make(
    session: AsyncSession,
    actor: Actor,
    *,
    key: str,
    target: HoldingKey,
    amount: Money | None,
    once: bool,
    note: str,
    days: int,
    limits: PaymentLimits,
    at: datetime,
) -> PayLink:
    """Make a link for one of the actor's own, once for the `key` of one form; without an amount whoever pays decides.

    Raises NotFound, AmountOutOfRange, NoteMalformed, TooManyLinks.
    """
    assert days in DAYS, "how long a link may live is a choice of ours"
    # 96 bits that nobody guesses, as nobody guesses the key.
    code = token_hash(f"pay link:{actor.profile_id}:{key}")[:24]
    await take_turn(session, f"pay-link:{code}")
    if (known := (await session.exec(select(PayLink).where(PayLink.code == code))).first()) is not None:
        return known
    await held(session, actor, target)
    _demand_amount(amount, limits)
    living = select(func.count()).where(
        PayLink.profile_id == actor.profile_id, col(PayLink.ended_at).is_(None), col(PayLink.expires_at) > at
    )
    if (await session.exec(living)).one() >= LINKS_MAX:
        raise TooManyLinks(most=LINKS_MAX)
    link = PayLink(
        code=code,
        profile_id=actor.profile_id,
        line_id=target.id if target.kind is HoldingKind.LINE else None,
        internet_account_id=target.id if target.kind is HoldingKind.INTERNET else None,
        amount=amount,
        once=once,
        note=_checked(note),
        made_at=at,
        expires_at=at + timedelta(days=days),
    )
    session.add(link)
    await session.flush()
    changed(session, Subject(Topic.PROFILE, actor.profile_id))
    return link


async def own(session: AsyncSession, actor: Actor) -> Sequence[LinkView]:
    """The actor's links, the newest first, at most SHOWN_MAX."""
    rows = await session.exec(
        select(PayLink, col(Line.msisdn), col(InternetAccount.number))
        .outerjoin(Line, col(Line.id) == col(PayLink.line_id))
        .outerjoin(InternetAccount, col(InternetAccount.id) == col(PayLink.internet_account_id))
        .where(PayLink.profile_id == actor.profile_id)
        .order_by(col(PayLink.id).desc())
        .limit(SHOWN_MAX)
    )
    found = rows.all()
    ids = [link.id for link, _, _ in found]
    sums = await session.exec(
        select(col(Payment.pay_link_id), func.count(), func.sum(col(Payment.amount)))
        .where(col(Payment.pay_link_id).in_(ids), Payment.state == PaymentState.CREDITED)
        .group_by(col(Payment.pay_link_id))
    )
    known = {link_id: (count, paid) for link_id, count, paid in sums}
    views = []
    for link, msisdn, account in found:
        count, paid = known.get(link.id, (0, Money.ZERO))
        views.append(LinkView(link, key_of_link(link), str(msisdn or account), count, paid))
    return views


async def end(session: AsyncSession, actor: Actor, link_id: int, *, at: datetime) -> None:
    """Let nobody pay by it any more; who is at the bank already still may. Raises NotFound."""
    query = select(PayLink).where(PayLink.id == link_id, PayLink.profile_id == actor.profile_id)
    if (link := (await session.exec(query)).first()) is None:
        raise NotFound
    link.ended_at = link.ended_at or at
    session.add(link)
    changed(session, Subject(Topic.PROFILE, actor.profile_id))


async def offer(session: AsyncSession, code: str, *, payer: Payer, at: datetime) -> LinkOffer:
    """What can be paid by this link. Raises LinkUnknown, LinkExpired, LinkEnded, LinkUsed, LinkTargetGone."""
    link = await _demand_live(session, code, at)
    key = key_of_link(link)
    target = (await targets(session, [key])).get(key)
    if target is None:
        raise LinkTargetGone
    is_line = key.kind is HoldingKind.LINE
    masked = masked_number(Msisdn(target.number) if is_line else None, target.number)
    on_its_way = await underway(session, link)
    mine = on_its_way if on_its_way is not None and is_of(on_its_way, payer) else None
    held_until = on_its_way.expires_at if on_its_way is not None and mine is None else None
    return LinkOffer(key.kind, masked, link.amount, link.note, mine, held_until)


async def begin(
    unit_of_work: UnitOfWork,
    acquirer: Acquirer,
    *,
    code: str,
    amount: Money | None,
    key: str,
    payer: Payer,
    limits: PaymentLimits,
    addresses: Addresses,
    purpose: str,
    at: datetime,
) -> Payment:
    """Pay by a link with a card: `card.begin`, with a `once` link held for this payment beforehand.

    `amount` is what the payer typed, for a link that leaves it open. The second of two who come at the same moment
    is refused here, before the bank. Raises what `offer` and `card.begin` raise, LinkBusy, AmountOutOfRange.
    """
    async with unit_of_work() as session:
        link = await _demand_live(session, code, at, lock=True)
        whole = link.amount or amount
        if whole is None:
            raise AmountOutOfRange(least=limits.top_up_least, most=limits.top_up_most)
        _demand_amount(whole, limits)
        if link.once and (waiting := await hold(session, link, key=key, payer=payer, at=at)) is not None:
            return waiting
    order = CardOrder(
        key=key, payer=payer, shares=[Share(key_of_link(link), whole)], origin=Origin.LINK, pay_link_id=link.id
    )
    return await card.begin(unit_of_work, acquirer, order, limits=limits, addresses=addresses, purpose=purpose, at=at)


async def code_of(session: AsyncSession, payment: Payment) -> str:
    """The code of the link that this payment came by, for whoever made it; "" for none."""
    if payment.pay_link_id is None:
        return ""
    return (await session.get_one(PayLink, payment.pay_link_id)).code


def key_of_link(link: PayLink) -> HoldingKey:
    """Whom it is for."""
    if link.line_id is not None:
        return HoldingKey(HoldingKind.LINE, link.line_id)
    assert link.internet_account_id is not None, "a link is for a line or an internet account"
    return HoldingKey(HoldingKind.INTERNET, link.internet_account_id)


async def _demand_live(session: AsyncSession, code: str, at: datetime, *, lock: bool = False) -> PayLink:
    query = select(PayLink).where(PayLink.code == code[:32])
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    link = (await session.exec(query)).first()
    if link is None:
        raise LinkUnknown
    if await is_used(session, link):
        raise LinkUsed
    if link.ended_at is not None:
        raise LinkEnded
    if at >= link.expires_at:
        raise LinkExpired(at=link.expires_at)
    return link


def _demand_amount(amount: Money | None, limits: PaymentLimits) -> None:
    if amount is not None and not limits.top_up_least <= amount <= limits.top_up_most:
        raise AmountOutOfRange(least=limits.top_up_least, most=limits.top_up_most)


def _checked(typed: str) -> str:
    note = " ".join(unicodedata.normalize("NFC", typed).split())
    if len(note) > NOTE_MAX or any(unicodedata.category(sign) in {"Cc", "Cf", "Co", "Cs"} for sign in note):
        raise NoteMalformed
    return note
