"""What is thrown away, and when; in small transactions, because on SQLite everybody waits for the one writer."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import and_, delete, func, select, tuple_
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import SQLModel, col

from mykyivstar.db.changes import Change
from mykyivstar.db.database import Database
from mykyivstar.db.jobs import Job, JobState
from mykyivstar.db.statements import table_of
from mykyivstar.domain.identity.models import ExchangeTicket, OneTimeCode, PasskeyChallenge, RateCount, SignInFlow
from mykyivstar.domain.notices.models import AppNotice
from mykyivstar.domain.notifications.models import MailMessage, MailState, PhoneMessage, SmsMessage, SmsPart, SmsState
from mykyivstar.domain.partners.models import PartnerNonce, PartnerRequest
from mykyivstar.domain.usage_limits.models import UsageAlert
from mykyivstar.domain.ussd.models import UssdSession
from mykyivstar.domain.visits.models import Visit, VisitSlot
from mykyivstar.jobs.registry import JobContext, job
from mykyivstar.jobs.schedules import Daily, Every

BATCH = 500

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rule:
    """Rows of one table that are of no use any more."""

    table: type[SQLModel]
    is_useless: ColumnElement[bool]


@job("retention.changes", schedule=Every(timedelta(minutes=10)))
async def forget_changes(context: JobContext, _payload: Mapping[str, Any], at: datetime) -> None:
    """Drop what every process has read long ago, and nonces of requests that are too old to be sent again."""
    await forget(context.database, changes_of_the_past(at))
    await forget(context.database, nonces_of_the_past(at))


@job("retention.daily", time_limit=timedelta(hours=1), schedule=Daily(time(3, 40)))
async def forget_the_rest(context: JobContext, _payload: Mapping[str, Any], at: datetime) -> None:
    """Drop what was kept for a day or longer."""
    for rule in daily_rules(at):
        await forget(context.database, rule)


async def forget(database: Database, rule: Rule) -> int:
    """Delete these rows batch by batch; how many there were."""
    key = table_of(rule.table).primary_key.columns
    total = 0
    while True:
        async with database.unit_of_work() as session:
            batch = select(*key).where(rule.is_useless).limit(BATCH)
            gone = await session.exec(
                delete(rule.table)
                .where(tuple_(*key).in_(batch))
                .returning(*key)
                .execution_options(synchronize_session=False)
            )
            count = len(gone.all())
        total += count
        if count < BATCH:
            log.info("rows dropped", extra={"table": rule.table.__tablename__, "rows": total})
            return total


def changes_of_the_past(at: datetime) -> Rule:
    """Changes older than an hour. The newest row stays: SQLite would give its id to a later one, which nobody reads."""
    newest = select(func.max(Change.id)).scalar_subquery()
    is_old = and_(col(Change.at) < at - timedelta(hours=1), col(Change.id) < newest)
    return Rule(Change, is_old)


def nonces_of_the_past(at: datetime) -> Rule:
    """Nonces whose requests are refused by their time stamps by now."""
    return Rule(PartnerNonce, col(PartnerNonce.expires_at) < at)


def daily_rules(at: datetime) -> list[Rule]:
    """What is kept how long. Dead jobs stay until a person has looked; a done job's `dedup` guards for two months."""
    yesterday = at - timedelta(days=1)
    is_done = col(Job.state) == JobState.DONE
    return [
        Rule(Job, and_(is_done, col(Job.dedup).is_(None), col(Job.finished_at) < yesterday)),
        Rule(Job, and_(is_done, col(Job.finished_at) < at - timedelta(days=62))),
        Rule(OneTimeCode, col(OneTimeCode.expires_at) < yesterday),
        Rule(SignInFlow, col(SignInFlow.expires_at) < yesterday),
        Rule(ExchangeTicket, col(ExchangeTicket.expires_at) < yesterday),
        Rule(PasskeyChallenge, col(PasskeyChallenge.expires_at) < yesterday),
        Rule(AppNotice, col(AppNotice.at) < at - timedelta(days=90)),
        # A place of a half-hour that is over is nobody's.
        Rule(VisitSlot, col(VisitSlot.starts_at) < yesterday),
        Rule(Visit, col(Visit.starts_at) < at - timedelta(days=90)),
        Rule(PhoneMessage, col(PhoneMessage.received_at) < at - timedelta(days=30)),
        *_sent_long_ago(at - timedelta(days=90)),
        Rule(RateCount, col(RateCount.window_start) < at - timedelta(days=2)),
        Rule(UssdSession, col(UssdSession.seen_at) < yesterday),
        Rule(UsageAlert, col(UsageAlert.at) < at - timedelta(days=100)),
        Rule(PartnerRequest, col(PartnerRequest.at) < at - timedelta(days=100)),
    ]


def _sent_long_ago(before: datetime) -> list[Rule]:
    """SMS and letters of whose fate nobody asks any more; what is still on its way stays."""
    sms = [state for state in SmsState if state.is_final or state is SmsState.SENT]
    mail = [MailState.SENT, MailState.FAILED, MailState.EXPIRED]
    old_sms = and_(col(SmsMessage.state).in_(sms), col(SmsMessage.created_at) < before)
    return [
        Rule(SmsPart, col(SmsPart.sms_id).in_(select(col(SmsMessage.id)).where(old_sms))),
        Rule(SmsMessage, old_sms),
        Rule(MailMessage, and_(col(MailMessage.state).in_(mail), col(MailMessage.created_at) < before)),
    ]
