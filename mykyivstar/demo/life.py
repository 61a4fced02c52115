"""Keeps the demo moving: now and then a line uses something, as it would on a live network."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import Database, changed
from mykyivstar.demo import cast, posting
from mykyivstar.demo.build import SEED
from mykyivstar.demo.cast import LinePart
from mykyivstar.demo.catalogue import BYTES_PER_MEGABYTE
from mykyivstar.demo.chance import chance
from mykyivstar.demo.contacts import Contacts, someone
from mykyivstar.demo.moves import Move, Pot, Record
from mykyivstar.demo.posting import Ids
from mykyivstar.demo.rating import SlowingMeter
from mykyivstar.demo.standing import bucket_of
from mykyivstar.domain.bonuses.spending import purse_of
from mykyivstar.domain.catalogue.models import Tariff
from mykyivstar.domain.ledger import queries
from mykyivstar.domain.ledger.models import OperationKind, Unit
from mykyivstar.domain.ledger.service import SystemAccount
from mykyivstar.domain.ledger.taxes import taxes
from mykyivstar.domain.lines.models import Billing, Line, LineState
from mykyivstar.domain.usage.models import Allowance, UsageCategory
from mykyivstar.domain.usage.rating import Meter
from mykyivstar.kit.money import Money
from mykyivstar.kit.msisdn import Msisdn

# Whoever looks at Olena's first number sees it move within about a minute.
FAVOURITE_WEIGHT = 3
_CATEGORIES = {
    UsageCategory.DATA: 13,
    UsageCategory.CALL_OFF_NET: 4,
    UsageCategory.SMS: 2,
    UsageCategory.CALL_ABROAD: 1,
}
# A demo that runs for days empties nobody's package and nobody's purse.
KEPT_OF_PACKAGE = 0.05
KEPT_OF_BALANCE = Money.uah(20)
DEBT_MAX = Money.uah(1000)


async def live(database: Database, at: datetime, *, seed: int = SEED) -> Record | None:
    """Let one demo line use a little at this moment, through usage and the books; None when it could not.

    Meant to be called every twenty seconds or so. The same moment gives the same event, and only once.
    """
    rng = chance(seed, "life", int(at.timestamp()))
    part = someone_lively(rng)
    async with database.unit_of_work() as session:
        line = (await session.exec(select(Line).where(Line.msisdn == Msisdn(part.number)).with_for_update())).first()
        if line is None or line.state is not LineState.ACTIVE or line.tariff_id is None or line.id is None:
            return None
        tariff = await session.get_one(Tariff, line.tariff_id)
        rows = await _allowances(session, line.id)
        meter = SlowingMeter(tariff.code, tariff.prices, [bucket_of(row) for row in rows])
        money = (await queries.balances(session, line_ids=[line.id])).lines[line.id].money or Money.ZERO
        spare = money - KEPT_OF_BALANCE if line.payment is Billing.PREPAID else money + DEBT_MAX
        found = use_something(rng, part, meter, at=at, spare=spare, seed=seed)
        if found is None or not await _keep(session, line, found.record):
            return None
        left = {(bucket.kind, bucket.source, bucket.expires_at): bucket.left for bucket in found.meter.buckets}
        for row in rows:
            row.left = left[row.kind, row.source, row.expires_at]
        changed(session, Subject(Topic.LINE, line.id))
    return found.record


@dataclass(frozen=True, slots=True)
class Found:
    """A use that can be borne, and the packages after it."""

    record: Record
    meter: Meter


def someone_lively(rng: Random) -> LinePart:
    """A line of one of the people; of the firm's, the coordinator's own."""
    lines = [line for part in cast.cast() for line in (part.lines if part.is_person else part.lines[:1])]
    return rng.choices(lines, [FAVOURITE_WEIGHT, *[1] * (len(lines) - 1)])[0]


def use_something(
    rng: Random, part: LinePart, meter: Meter, *, at: datetime, spare: Money, seed: int = SEED
) -> Found | None:
    """Something that leaves a little of the package it comes from, or costs no more than can be spared."""
    contacts = Contacts.of(seed, part.number, part.near)
    open_to = dict(_CATEGORIES)
    while open_to:
        category = rng.choices(list(open_to), list(open_to.values()))[0]
        del open_to[category]
        after = meter.copy()
        rated = after.rate(category, _quantity(rng, category), at)
        if _leaves_some(meter, after) and (not rated.cost or rated.cost <= spare):
            ref = f"l-{part.number}-{int(at.timestamp())}"
            party = _party(rng, category, contacts)
            record = Record(part.number, at, ref, category, rated.quantity, party, rated.cost, rated.rule)
            return Found(record, after)
    return None


async def _allowances(session: AsyncSession, line_id: int) -> Sequence[Allowance]:
    rows = await session.exec(
        select(Allowance)
        .where(Allowance.line_id == line_id)
        .order_by(col(Allowance.kind), col(Allowance.source), col(Allowance.expires_at))
        .with_for_update()
    )
    return rows.all()


async def _keep(session: AsyncSession, line: Line, used: Record) -> bool:
    """Store the record and take its cost, of bonuses first (I4); False when it had been stored before."""
    assert line.id is not None
    contract = frozenset([used.number] if line.payment is Billing.CONTRACT else [])
    ids = Ids({used.number: line.id}, {}, contract)
    if not await posting.store_usage(session, ids, [used]):
        return False
    if used.cost:
        why = {"rule": used.rule, "category": used.category.value, "record": used.ref, "quantity": used.quantity}
        purse = await purse_of(session, line.id)
        bonuses = purse.take(used.category, used.cost, used.at) if purse is not None else Money.ZERO
        why |= taxes(used.cost - bonuses, is_mobile=True)
        paid = {Unit.UAH: used.cost - bonuses, Unit.BONUS: bonuses}
        amounts = [(Pot(used.number, unit), -amount) for unit, amount in paid.items() if amount]
        move = Move(f"demo:{used.ref}", OperationKind.USAGE, used.at, amounts, SystemAccount.USAGE, why)
        await posting.post_moves(session, ids, [move])
    return True


def _quantity(rng: Random, category: UsageCategory) -> int:
    match category:
        case UsageCategory.DATA:
            return rng.randint(4 * BYTES_PER_MEGABYTE, 25 * BYTES_PER_MEGABYTE)
        case UsageCategory.SMS:
            return 1
        case _:
            return rng.randint(20, 150)


def _party(rng: Random, category: UsageCategory, contacts: Contacts) -> str:
    match category:
        case UsageCategory.DATA:
            return ""
        case UsageCategory.CALL_ABROAD:
            return someone(rng, contacts.abroad)
        case _:
            return someone(rng, contacts.off_net)


def _leaves_some(before: Meter, after: Meter) -> bool:
    return all(
        old.left == new.left or new.left >= KEPT_OF_PACKAGE * new.granted
        for old, new in zip(before.buckets, after.buckets, strict=True)
    )
