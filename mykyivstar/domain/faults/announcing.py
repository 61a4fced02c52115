"""Telling people of planned works before they begin, and those who asked that an outage is over (N7)."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from mykyivstar.db.database import UnitOfWork, changed
from mykyivstar.db.statements import insert_into
from mykyivstar.domain.faults.concerned import concerned, know_places
from mykyivstar.domain.faults.models import Outage, OutageKind, OutageWatch, WorksTold
from mykyivstar.domain.faults.notices import language_of
from mykyivstar.domain.faults.outages import end_of
from mykyivstar.domain.identity.models import Language, Profile
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.lines.models import Holding, HoldingRole
from mykyivstar.domain.notices.telling import Whose, tell
from mykyivstar.domain.notifications.quiet import when_awake
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.kit.msisdn import Msisdn

_LIVES = timedelta(hours=12)


async def announce(unit_of_work: UnitOfWork, *, at: datetime) -> int:
    """Tell whoever lives where works are planned, each phone once for each; how many were told. Called by a job.

    It may die anywhere and be called again, or twice at once: whom a batch told is written by its own transaction, and
    works count as announced when the last batch is done.
    """
    async with unit_of_work() as session:
        coming = (await session.exec(_to_announce(at))).all()
    if coming:
        await know_places(unit_of_work)
    told = 0
    for outage in coming:
        assert outage.id is not None
        async for account_ids in concerned(unit_of_work, outage.id):
            async with unit_of_work() as session:
                told += await _tell_of_works(session, outage.id, account_ids, at)
        async with unit_of_work() as session:
            done = (col(Outage.id) == outage.id, col(Outage.is_cancelled).is_(False))
            await session.exec(update(Outage).where(*done).values(announced_at=at))
    return told


async def tell_of_ends(unit_of_work: UnitOfWork, *, at: datetime) -> int:
    """Tell those who asked that the internet should work again, once each; how many were told. Called by a job."""
    told = 0
    async with unit_of_work() as session:
        over = or_(
            col(Outage.is_cancelled).is_(True),
            col(Outage.ended_at) <= at,
            (col(Outage.kind) == OutageKind.WORKS) & (col(Outage.expected_at) <= at),
        )
        waiting = (
            select(OutageWatch, Outage)
            .join(Outage, col(Outage.id) == col(OutageWatch.outage_id))
            .where(col(OutageWatch.told_at).is_(None), over)
            .order_by(col(OutageWatch.id))
            .with_for_update()
        )
        for watch, outage in (await session.exec(waiting)).all():
            end = end_of(outage)
            if not outage.is_cancelled and (end is None or end > at):
                continue
            watch.told_at = at
            session.add(watch)
            account = await session.get_one(InternetAccount, watch.internet_account_id)
            language = await language_of(session, watch.profile_id)
            await _send(session, account, SmsTemplate.OUTAGE_OVER, {}, language=language, at=at)
            told += 1
    return told


def _to_announce(at: datetime) -> SelectOfScalar[Outage]:
    return select(Outage).where(
        Outage.kind == OutageKind.WORKS,
        col(Outage.announced_at).is_(None),
        col(Outage.is_cancelled).is_(False),
        col(Outage.starts_at) > at,
        col(Outage.expected_at).is_not(None),
    )


async def _tell_of_works(session: AsyncSession, outage_id: int, account_ids: Sequence[int], at: datetime) -> int:
    # As they are now: a file may have called them off or moved them since the last batch.
    outage = (await session.exec(_to_announce(at).where(Outage.id == outage_id))).first()
    if outage is None:
        return 0
    assert outage.expected_at is not None, "works without an end are not announced"
    params = {"at": outage.starts_at.isoformat(), "until": outage.expected_at.isoformat()}
    rows = await session.exec(
        select(InternetAccount).where(col(InternetAccount.id).in_(account_ids)).order_by(col(InternetAccount.id))
    )
    accounts = rows.all()
    first = await _written_down(session, outage_id, {account.contract_phone: account.id or 0 for account in accounts})
    languages = await languages_of(session, first)
    for account in accounts:
        if account.id in first:
            language = languages.get(account.id or 0, Language.UK)
            await _send(session, account, SmsTemplate.WORKS_PLANNED, params, language=language, at=at)
        changed(session, HoldingKey(HoldingKind.INTERNET, account.id or 0).subject)
    return len(first)


async def _written_down(session: AsyncSession, outage_id: int, accounts: Mapping[Msisdn, int]) -> Sequence[int]:
    """Write down that these phones are told, each by one account; the accounts of those that had not been."""
    # In one order, so that two who tell at once wait for each other and do not block each other.
    rows = [{"outage_id": outage_id, "phone": phone} for phone in sorted(accounts, key=str)]
    adding = insert_into(session, WorksTold).values(rows).on_conflict_do_nothing().returning(col(WorksTold.phone))
    return [accounts[phone] for phone in (await session.exec(adding)).scalars()]


async def languages_of(session: AsyncSession, account_ids: Sequence[int]) -> Mapping[int, Language]:
    """What the owner of each of these accounts reads; an account that is in no profile is missing."""
    rows = await session.exec(
        select(col(Holding.internet_account_id), col(Profile.language))
        .join(Profile, col(Profile.id) == col(Holding.profile_id))
        .where(col(Holding.internet_account_id).in_(account_ids), Holding.role == HoldingRole.OWNER)
        .order_by(col(Holding.id).desc())
    )
    return {account_id: language for account_id, language in rows if account_id is not None}


async def _send(
    session: AsyncSession,
    account: InternetAccount,
    template: SmsTemplate,
    params: Mapping[str, str],
    *,
    language: Language,
    at: datetime,
) -> None:
    await tell(
        session,
        Whose(internet_account_id=account.id),
        to=account.contract_phone,
        template=template,
        params=params,
        language=language,
        at=at,
        send_at=when_awake(at),
        lives=_LIVES,
    )
