"""Credit for downtime, posted by itself: exactly once for an event and an account, with its formula (N7, O1).

fee of the period × minutes without internet beyond the free ones / minutes of the period, rounded half up once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from mykyivstar.db.database import UnitOfWork
from mykyivstar.db.statements import insert_into
from mykyivstar.domain.catalogue.models import Tariff
from mykyivstar.domain.faults import downtime
from mykyivstar.domain.faults.announcing import languages_of
from mykyivstar.domain.faults.concerned import concerned, know_places
from mykyivstar.domain.faults.downtime import Worth
from mykyivstar.domain.faults.models import DowntimeCredit, Outage, OutageKind
from mykyivstar.domain.faults.outages import end_of
from mykyivstar.domain.faults.terms import DowntimeTerms
from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.internet.models import Cause, InternetAccount, InternetPeriod, InternetState
from mykyivstar.domain.internet.returning import returns_after
from mykyivstar.domain.ledger.accounts import Holder, SystemAccount, accounts_for, system_account
from mykyivstar.domain.ledger.models import OperationKind
from mykyivstar.domain.ledger.postings import Leg, Posting
from mykyivstar.domain.ledger.service import post_many
from mykyivstar.domain.ledger.taxes import taxes
from mykyivstar.domain.notices.telling import Whose, tell
from mykyivstar.domain.notifications.quiet import when_awake
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Period

RULE = "internet.downtime"
BATCH = 100
_LIVES = timedelta(days=1)
_ALWAYS = Period(datetime(1990, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC))


@dataclass(frozen=True, slots=True)
class Due:
    """What one account is to get for one event, and the time that it is for."""

    account: InternetAccount
    fee: Money
    whole: Period
    minutes: int
    free_minutes: int
    worth: Worth


async def credit_downtime(unit_of_work: UnitOfWork, *, terms: DowntimeTerms, at: datetime) -> int:
    """Credit every event that is over and was not looked at yet; how many accounts got something.

    To be called daily by a job. It may die anywhere and be called again, or twice at once: each account gets its
    credit once for an event.
    """
    async with unit_of_work() as session:
        over = [outage for outage in (await session.exec(_over(terms, at))).all() if _ended(outage, at)]
    if over:
        await know_places(unit_of_work)
    credited = 0
    for outage in over:
        assert outage.id is not None
        async for account_ids in concerned(unit_of_work, outage.id):
            for start in range(0, len(account_ids), BATCH):
                async with unit_of_work() as session:
                    credited += await _credit(session, outage, account_ids[start : start + BATCH], terms, at)
        async with unit_of_work() as session:
            await session.exec(update(Outage).where(col(Outage.id) == outage.id).values(credited_at=at))
    return credited


def _over(terms: DowntimeTerms, at: datetime) -> SelectOfScalar[Outage]:
    """Candidates in the order in which they happened; the earlier event takes the time that two of them share."""
    return (
        select(Outage)
        .where(
            col(Outage.credited_at).is_(None),
            col(Outage.is_cancelled).is_(False),
            or_(
                col(Outage.ended_at).between(at - terms.within, at),
                (col(Outage.kind) == OutageKind.WORKS) & col(Outage.expected_at).between(at - terms.within, at),
            ),
        )
        .order_by(col(Outage.starts_at), col(Outage.id))
    )


def _ended(outage: Outage, at: datetime) -> bool:
    end = end_of(outage)
    return end is not None and outage.starts_at < end <= at


async def _credit(
    session: AsyncSession, outage: Outage, account_ids: Sequence[int], terms: DowntimeTerms, at: datetime
) -> int:
    dues = await _dues(session, outage, account_ids, terms)
    first = await _written_down(session, outage, dues, at)
    paid = [due for due in dues if due.account.id in first and due.worth.amount]
    postings = await _postings(session, outage, paid, at)
    if not postings:
        return 0
    returns = await returns_after(session, [due.account.id or 0 for due in paid], postings, at=at)
    await post_many(session, [*postings, *(posting for each in returns for posting in each.postings)])
    for each in returns:
        await each.switch_on(session, cause=Cause.PAID, at=at)
    await _tell(session, paid, at)
    return len(paid)


async def _dues(
    session: AsyncSession, outage: Outage, account_ids: Sequence[int], terms: DowntimeTerms
) -> Sequence[Due]:
    end = end_of(outage)
    assert end is not None, "only what is over is credited"
    whole = downtime.whole_minutes(outage.starts_at, end)
    active = await _active(session, account_ids, whole)
    taken = await _taken(session, outage, account_ids)
    rows = await session.exec(
        select(InternetAccount, Tariff)
        .join(Tariff, col(Tariff.id) == col(InternetAccount.tariff_id))
        .where(col(InternetAccount.id).in_(account_ids))
        .order_by(col(InternetAccount.id))
    )
    dues = []
    for account, tariff in rows.all():
        account_id = account.id or 0
        default = [_ALWAYS] if account.state is InternetState.ACTIVE else []
        down = downtime.within(whole, active.get(account_id, default))
        down = downtime.without(down, taken.get(account_id, []))
        counted = downtime.beyond(down, terms.free)
        minutes = downtime.minutes_of(counted)
        free = downtime.minutes_of(down) - minutes
        dues.append(
            Due(account, tariff.fee, whole, minutes, free, downtime.worth(tariff.fee, tariff.fee_period, counted))
        )
    return dues


async def _active(session: AsyncSession, account_ids: Sequence[int], whole: Period) -> Mapping[int, list[Period]]:
    """When each of these was active; an account without any history is missing."""
    rows = await session.exec(
        select(InternetPeriod)
        .where(col(InternetPeriod.internet_account_id).in_(account_ids))
        .order_by(col(InternetPeriod.id))
    )
    found: dict[int, list[Period]] = {}
    for row in rows:
        mine = found.setdefault(row.internet_account_id, [])
        until = row.until or _ALWAYS.end
        if row.state is InternetState.ACTIVE and row.since < whole.end and row.since < until:
            mine.append(Period(row.since, until))
    return found


async def _taken(session: AsyncSession, outage: Outage, account_ids: Sequence[int]) -> Mapping[int, list[Period]]:
    """The times that other events have counted for these accounts."""
    rows = await session.exec(
        select(DowntimeCredit).where(
            col(DowntimeCredit.internet_account_id).in_(account_ids), DowntimeCredit.outage_id != outage.id
        )
    )
    found: dict[int, list[Period]] = {}
    for row in rows:
        found.setdefault(row.internet_account_id, []).append(Period(row.since, row.until))
    return found


async def _written_down(session: AsyncSession, outage: Outage, dues: Sequence[Due], at: datetime) -> set[int]:
    """Write down that these accounts were looked at; those that had not been before."""
    rows = [
        {
            "outage_id": outage.id,
            "internet_account_id": due.account.id,
            "since": due.whole.start,
            "until": due.whole.end,
            "amount": due.worth.amount,
            "at": at,
        }
        for due in dues
    ]
    if not rows:
        return set()
    adding = insert_into(session, DowntimeCredit).values(rows).on_conflict_do_nothing()
    return set((await session.exec(adding.returning(col(DowntimeCredit.internet_account_id)))).scalars())


async def _postings(session: AsyncSession, outage: Outage, dues: Sequence[Due], at: datetime) -> Sequence[Posting]:
    if not dues:
        return []
    fees = await system_account(session, SystemAccount.FEES)
    pots = await accounts_for(session, [Holder(internet_account_id=due.account.id) for due in dues])
    postings = []
    for due, pot in zip(dues, pots, strict=True):
        why = _explanation(outage, due)
        legs = [Leg(pot.id or 0, due.worth.amount, why), Leg(fees.id or 0, -due.worth.amount, why)]
        key = f"downtime:{outage.id}:{due.account.id}"
        postings.append(Posting(key, OperationKind.ADJUSTMENT, at, legs, is_operators=True))
    return postings


def _explanation(outage: Outage, due: Due) -> dict[str, Any]:
    """The formula with its numbers: anybody can calculate it again."""
    return {
        "rule": RULE,
        "outage": outage.code,
        "since": due.whole.start.isoformat(),
        "until": due.whole.end.isoformat(),
        "fee": due.fee.kopiykas,
        "minutes": due.minutes,
        "free_minutes": due.free_minutes,
        "parts": [
            {"period": part.period, "minutes": part.minutes, "of_minutes": part.of_minutes} for part in due.worth.parts
        ],
        **taxes(due.worth.amount, is_mobile=False),
    }


async def _tell(session: AsyncSession, dues: Sequence[Due], at: datetime) -> None:
    languages = await languages_of(session, [due.account.id or 0 for due in dues])
    for due in dues:
        await tell(
            session,
            Whose(internet_account_id=due.account.id),
            to=due.account.contract_phone,
            template=SmsTemplate.DOWNTIME_CREDITED,
            params={"kopiykas": str(due.worth.amount.kopiykas)},
            language=languages.get(due.account.id or 0, Language.UK),
            at=at,
            send_at=when_awake(at),
            lives=_LIVES,
        )
