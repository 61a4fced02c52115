"""Bonuses of the fourth (I1): for each home internet account, by the fee of the month before and its active days.

A day is active if the account worked at any moment of it (docs/internet.md); `internet_period` tells. Set-based, as the
fees are: what differs between accounts is only the fee and the number of days.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import bindparam, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import Database
from mykyivstar.db.statements import table_of
from mykyivstar.db.types import MoneyType, UtcDateTime
from mykyivstar.domain.billing.models import BillingRun
from mykyivstar.domain.billing.runs import Run, Stage
from mykyivstar.domain.billing.slices import Share
from mykyivstar.domain.billing.tallies import Count, Tally
from mykyivstar.domain.bonuses import accrual_sql
from mykyivstar.domain.bonuses.accrual_sql import BONUS_DAYS, BONUS_FEE, BONUS_POSTING, BONUS_TERM
from mykyivstar.domain.bonuses.rules import ACCRUAL_DAY, accrual_day, earned
from mykyivstar.domain.catalogue.models import FeePeriod, Tariff
from mykyivstar.domain.internet.history import active_days_in
from mykyivstar.domain.internet.models import InternetAccount, InternetPeriod
from mykyivstar.domain.ledger.accounts import SystemAccount, system_account
from mykyivstar.domain.ledger.bulk import hold, post_set
from mykyivstar.domain.ledger.models import LedgerAccount, OperationKind, Unit
from mykyivstar.domain.ledger.set_tables import POSTING_REASON, begin_set
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month

#: In a tally: what accounts earned.
EARNED: Final = "bonuses"


async def accrue_share(session: AsyncSession, share: Share, day: date, at: datetime) -> Tally:
    """Credit the bonuses for the month before this fourth to every account of the share, each once."""
    month = Month(day.year, day.month).shifted(-1)
    await begin_set(session, accrual_sql.TEMPORARY)
    connection = await session.connection()
    values = {"lo": share.lo, "hi": share.hi, "start": month.period.start, "end": month.period.end}
    await connection.execute(_typed(accrual_sql.FEES[connection.dialect.name], "start", "end"), values)
    await connection.execute(_days(month, share.lo, share.hi))
    if not await _price(connection, month):
        return Tally()
    await connection.execute(text(accrual_sql.OPENED), {"lo": share.lo, "hi": share.hi})
    operators = await system_account(session, SystemAccount.BONUSES, Unit.BONUS, part=share.lane)
    earned_to = month.last_day.toordinal()
    between = {"lo": share.lo, "hi": share.hi, "earned_to": earned_to}
    await hold(session, "internet_account_id", accrual_sql.ACCOUNTS, between, against=operators)
    await connection.execute(text(accrual_sql.POSTINGS))
    kind, mark = OperationKind.BONUS_ACCRUAL, {"earned_to": earned_to}
    await post_set(session, BONUS_POSTING, kind=kind, against=operators, at=at, mark=mark)
    taken, amount = (await connection.execute(text(accrual_sql.TALLY))).one()
    if taken:
        await connection.execute(_typed(accrual_sql.ANNOUNCE, "at"), {"at": at})
    return Tally.of(EARNED, Count(int(taken), Money(int(amount))))


BONUSES: Final = Run("bonuses", (Stage("internet_account", accrue_share),))


async def credited_to(session: AsyncSession, internet_account_id: int) -> date | None:
    """The last day whose bonuses the account has had; None: none of any."""
    query = select(col(LedgerAccount.earned_to)).where(
        col(LedgerAccount.internet_account_id) == internet_account_id, col(LedgerAccount.unit) == Unit.BONUS
    )
    earned_to: date | None = (await session.execute(query)).scalar_one_or_none()
    return earned_to


async def note_credited(session: AsyncSession, pot_id: int, month: Month) -> None:
    """Note that this account of bonuses has had those of the month, so that the run of the fourth passes it over."""
    behind = col(LedgerAccount.earned_to).is_(None) | (col(LedgerAccount.earned_to) < month.last_day)
    noting = update(LedgerAccount).where(col(LedgerAccount.id) == pot_id, behind)
    await session.execute(noting.values(earned_to=month.last_day))


async def fourths_due(database: Database, today: date) -> Sequence[date]:
    """The fourths up to today whose bonuses have not come, oldest first. None before the first fourth that was run."""
    async with database.reading() as session:
        table = table_of(BillingRun)
        runs = select(table.c.day, table.c.done_at).where(table.c.name == BONUSES.name, table.c.day <= today)
        last = (await session.execute(runs.order_by(table.c.day.desc()).limit(1))).first()
    if last is None:
        return [today] if today.day == ACCRUAL_DAY else []
    due = accrual_day(today)
    found: list[date] = []
    while due > last.day or (due == last.day and last.done_at is None):
        found.insert(0, due)
        due = accrual_day(due - timedelta(days=1))
    return found


def _days(month: Month, lo: int, hi: int) -> Any:
    """Of those who paid, on how many days they were active."""
    account, period, tariff = table_of(InternetAccount), table_of(InternetPeriod), table_of(Tariff)
    fee = BONUS_FEE
    counted = (
        select(account.c.id, fee.c.fee, tariff.c.fee_period, active_days_in(month))
        .select_from(fee)
        .join(account, account.c.id == fee.c.internet_account_id)
        .join(tariff, tariff.c.id == account.c.tariff_id)
        .outerjoin(
            period,
            (period.c.internet_account_id == account.c.id) & period.c.internet_account_id.between(lo, hi),
        )
        .where(account.c.id.between(lo, hi))
        .group_by(account.c.id, fee.c.fee, tariff.c.fee_period, account.c.state)
    )
    return insert(BONUS_DAYS).from_select(["internet_account_id", "fee", "period", "days"], counted)


async def _price(connection: AsyncConnection, month: Month) -> bool:
    """Write down what each fee and number of days comes to; False: nobody has earned anything."""
    terms: list[dict[str, Any]] = []
    reasons: list[dict[str, Any]] = []
    sums = await connection.execute(text(accrual_sql.SUMS).columns(fee=MoneyType()))
    for number, (fee, period, days) in enumerate(sums, 1):
        amount = earned(fee, FeePeriod(period), days, month)
        terms.append({"id": number, "fee": fee, "period": period, "days": days, "amount": amount})
        why = {"rule": "internet_bonus", "period": str(month), "fee": fee.kopiykas, "active_days": days}
        reasons.append({"id": number, "explanation": {**why, "days": month.days}})
    if not any(each["amount"] for each in terms):
        return False
    await connection.execute(BONUS_TERM.insert(), terms)
    await connection.execute(POSTING_REASON.insert(), reasons)
    return True


def _typed(statement: str, *moments: str) -> Any:
    return text(statement).bindparams(*(bindparam(name, type_=UtcDateTime()) for name in moments))
