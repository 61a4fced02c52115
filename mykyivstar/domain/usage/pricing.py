"""Pricing what came without a price: packages first, then the tariff; charged once, each entry naming its rule (E6).

Records that the operator's billing has priced are left alone: they were charged there. One of ours that is corrected
later is priced again, and the difference is charged or given back; packages are not filled up again.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import bindparam, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import Database
from mykyivstar.db.statements import table_of
from mykyivstar.domain.blocking.periods import BLOCKED_RULE, Blocked, blocks_since, was_blocked
from mykyivstar.domain.bonuses.spending import Purse, paid_with_bonuses, purse_of
from mykyivstar.domain.catalogue.models import Tariff
from mykyivstar.domain.ledger.accounts import SystemAccount, account_for, system_account
from mykyivstar.domain.ledger.models import OperationKind, Unit
from mykyivstar.domain.ledger.service import Leg, Posting, post_many
from mykyivstar.domain.ledger.taxes import taxes
from mykyivstar.domain.lines.models import Billing, Line
from mykyivstar.domain.usage.ingest import reprice
from mykyivstar.domain.usage.models import Allowance, UsageRecord
from mykyivstar.domain.usage.rating import Bucket, Meter
from mykyivstar.domain.usage.stored import NewRecord
from mykyivstar.domain.usage_limits.models import DataPause
from mykyivstar.domain.usage_limits.pauses import PAUSED_RULE, pauses_since, was_paused
from mykyivstar.domain.usage_limits.used import DATA
from mykyivstar.kit.money import Money

RECORDS_AT_ONCE = 1_000
_LINES_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Priced:
    """What one look at the unpriced records came to."""

    records: int = 0
    charged: Money = Money.ZERO


async def price_everything(database: Database, *, at: datetime) -> Priced:
    """Price every record that has no price and whose line has a tariff, a transaction for each thousand of a line."""
    records, charged, after = 0, Money.ZERO, 0
    while lines := await _waiting_lines(database, after):
        for line_id in lines:
            while (done := await _price_some(database, line_id, at)).records:
                records, charged = records + done.records, charged + done.charged
        after = lines[-1]
    return Priced(records, charged)


async def price_line(session: AsyncSession, line_id: int, *, at: datetime) -> Priced:
    """Price the oldest thousand unpriced records of a line and charge them; nothing without a tariff."""
    line = await session.get(Line, line_id, with_for_update=True)
    if line is None or line.tariff_id is None:
        return Priced()
    unpriced = select(UsageRecord).where(UsageRecord.line_id == line_id, col(UsageRecord.cost).is_(None))
    ordered = unpriced.order_by(col(UsageRecord.started_at), col(UsageRecord.ref)).limit(RECORDS_AT_ONCE)
    records = (await session.exec(ordered.execution_options(populate_existing=True))).all()
    if not records:
        return Priced()
    tariff = await session.get_one(Tariff, line.tariff_id)
    packages = await _packages(session, line_id)
    meter = Meter(tariff.code, tariff.prices, [bucket for _, bucket in packages])
    silent = _Silent(
        paused=await pauses_since(session, line_id, records[0].started_at),
        blocked=await blocks_since(session, line_id, records[0].started_at),
    )
    priced = [_Pricing(record, _plain(record), _priced(_plain(record), meter, silent)) for record in records]
    for allowance, bucket in packages:
        allowance.left = bucket.left
    await reprice(session, [each.before for each in priced], [each.after for each in priced])
    await _note_charged(session, priced)
    await _charge(session, line, [each for each in priced if each.owed], at)
    return Priced(len(priced), sum((each.owed for each in priced), Money.ZERO))


@dataclass(frozen=True, slots=True)
class _Pricing:
    """A record, and how it is stored before and after."""

    record: UsageRecord
    before: NewRecord
    after: NewRecord

    @property
    def owed(self) -> Money:
        """What is still to be charged for it; negative when more was charged before it was corrected."""
        return (self.after["cost"] or Money.ZERO) - (self.record.charged or Money.ZERO)


@dataclass(frozen=True, slots=True)
class _Silent:
    """When the line's owner was told that nothing, or no data, goes through; what does all the same is ours."""

    paused: Sequence[DataPause]
    blocked: Sequence[Blocked]


async def _waiting_lines(database: Database, after: int) -> Sequence[int]:
    waiting = (
        select(UsageRecord.line_id)
        .join(Line, col(Line.id) == col(UsageRecord.line_id))
        .where(col(UsageRecord.cost).is_(None), UsageRecord.line_id > after, col(Line.tariff_id).is_not(None))
        .distinct()
        .order_by(col(UsageRecord.line_id))
        .limit(_LINES_AT_ONCE)
    )
    async with database.reading() as session:
        return (await session.exec(waiting)).all()


async def _price_some(database: Database, line_id: int, at: datetime) -> Priced:
    async with database.unit_of_work() as session:
        return await price_line(session, line_id, at=at)


async def _packages(session: AsyncSession, line_id: int) -> Sequence[tuple[Allowance, Bucket]]:
    rows = await session.exec(
        select(Allowance)
        .where(Allowance.line_id == line_id)
        .order_by(col(Allowance.kind), col(Allowance.source), col(Allowance.expires_at))
        .with_for_update()
    )
    return [
        (row, Bucket(row.kind, row.source, row.granted, row.left, row.is_unlimited, row.expires_at)) for row in rows
    ]


def _plain(record: UsageRecord) -> NewRecord:
    return cast("NewRecord", {name: getattr(record, name) for name in NewRecord.__annotations__})


def _priced(record: NewRecord, meter: Meter, silent: _Silent) -> NewRecord:
    if was_blocked(silent.blocked, record["started_at"]):
        # G1: whoever used it was not to; whose line it is pays nothing and loses nothing of a package.
        return {**record, "cost": Money.ZERO, "rule": BLOCKED_RULE}
    if record["category"] in DATA and was_paused(silent.paused, record["started_at"]):
        # N5
        return {**record, "cost": Money.ZERO, "rule": PAUSED_RULE}
    rated = meter.rate(record["category"], record["quantity"], record["started_at"])
    return {**record, "cost": rated.cost, "rule": rated.rule}


async def _note_charged(session: AsyncSession, priced: Sequence[_Pricing]) -> None:
    table = table_of(UsageRecord)
    keys = ("line_id", "started_at", "ref")
    noting = (
        update(table)
        .where(*(table.c[name] == bindparam(f"old_{name}") for name in keys))
        .values(charged=bindparam("now"), postings=table.c.postings + bindparam("posted"))
    )
    rows = [
        {f"old_{name}": getattr(each.record, name) for name in keys}
        | {"now": each.after["cost"], "posted": int(bool(each.owed))}
        for each in priced
    ]
    await (await session.connection()).execute(noting, rows)


async def _charge(session: AsyncSession, line: Line, due: Sequence[_Pricing], at: datetime) -> None:
    """One operation for each record that costs something; usage is charged below the floor too, it has happened.

    Bonuses pay before money for what they may pay for (I4).
    """
    if not due:
        return
    floor = None if line.payment is Billing.CONTRACT else Money.ZERO
    account = await account_for(session, line_id=line.id, floor=floor)
    usage = await system_account(session, SystemAccount.USAGE)
    purse = await purse_of(session, line.id or 0)
    postings = []
    for each in due:
        bonuses = Money.ZERO if purse is None else await _by_bonuses(session, purse, each, at)
        money = each.owed - bonuses if each.owed > Money.ZERO else await _money_back(session, purse, each)
        why = _explanation(each, money)
        legs = [Leg(account.id or 0, -money, why), Leg(usage.id or 0, money, why)] if money else []
        if purse is not None and bonuses:
            spent = await system_account(session, SystemAccount.USAGE, Unit.BONUS)
            legs += [Leg(purse.account_id, -bonuses, why), Leg(spent.id or 0, bonuses, why)]
        postings.append(Posting(_key(each.record), OperationKind.USAGE, at, legs))
    await post_many(session, postings, respect_floors=False)


async def _by_bonuses(session: AsyncSession, purse: Purse, each: _Pricing, at: datetime) -> Money:
    """What of this bonuses pay; negative: what goes back to them of a record that turned out to cost less."""
    if each.owed > Money.ZERO:
        return purse.take(each.after["category"], each.owed, each.record.started_at)
    rest = await _money_back(session, purse, each) - each.owed
    return -purse.give_back(rest, at) if rest else Money.ZERO


async def _money_back(session: AsyncSession, purse: Purse | None, each: _Pricing) -> Money:
    """What goes back as money, negative: as much of it as was paid with money."""
    if purse is None:
        return each.owed
    keys = [_key(each.record, times) for times in range(each.record.postings)]
    paid = (each.record.charged or Money.ZERO) - await paid_with_bonuses(session, purse, keys)
    return max(each.owed, -max(paid, Money.ZERO))


def _key(record: UsageRecord, times: int | None = None) -> str:
    """Names the record and how often it was charged before: pricing the same again charges nothing."""
    times = record.postings if times is None else times
    what = f"{record.started_at.isoformat()}|{record.ref}"
    return f"usage:{record.line_id}:{hashlib.sha256(what.encode()).hexdigest()[:32]}:{times}"


def _explanation(each: _Pricing, money: Money) -> Mapping[str, Any]:
    used = each.after
    return {
        "rule": used["rule"],
        "category": used["category"].value,
        "record": used["ref"],
        "started_at": used["started_at"].isoformat(),
        "quantity": used["quantity"],
        **taxes(money, is_mobile=True),
    }
