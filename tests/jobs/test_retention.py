"""What is thrown away, and what is not."""

from datetime import timedelta

from sqlmodel import col, func, select

from mykyivstar.db.changes import Change, Subject, Topic
from mykyivstar.db.database import Database, changed
from mykyivstar.db.jobs import Job, JobState
from mykyivstar.domain.identity.models import CodePurpose, OneTimeCode, RateCount
from mykyivstar.domain.notifications.models import MailMessage, MailState, SmsMessage, SmsPart, SmsState
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.domain.usage_limits.models import LimitKind, UsageAlert
from mykyivstar.jobs.retention import BATCH, changes_of_the_past, daily_rules, forget
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.msisdn import Msisdn
from mykyivstar.kit.period import Month
from tests.factories.people import make_line


async def count(database: Database, table) -> int:
    async with database.reading() as session:
        return (await session.exec(select(func.count()).select_from(table))).one()


async def forget_all(database: Database, clock: FixedClock) -> None:
    for rule in daily_rules(clock.now()):
        await forget(database, rule)


async def test_changes_live_an_hour_and_the_newest_one_stays(database: Database, clock: FixedClock) -> None:
    for line_id in range(3):
        async with database.unit_of_work() as session:
            changed(session, Subject(Topic.LINE, line_id))
    clock.moment += timedelta(minutes=59)
    assert await forget(database, changes_of_the_past(clock.now())) == 0
    clock.moment += timedelta(minutes=2)
    assert await forget(database, changes_of_the_past(clock.now())) == 2
    async with database.reading() as session:
        [last] = (await session.exec(select(Change))).all()
    assert (last.subject, last.id) == ("line:2", 3)


async def test_more_rows_than_a_batch_are_all_dropped(database: Database, clock: FixedClock) -> None:
    async with database.unit_of_work() as session:
        changed(session, *(Subject(Topic.LINE, line_id) for line_id in range(BATCH + 20)))
    clock.moment += timedelta(hours=2)
    assert await forget(database, changes_of_the_past(clock.now())) == BATCH + 19


async def test_done_jobs_go_and_dead_waiting_and_guarding_ones_stay(database: Database, clock: FixedClock) -> None:
    now = clock.now()
    async with database.unit_of_work() as session:
        session.add(Job(kind="done", state=JobState.DONE, run_at=now, finished_at=now))
        session.add(Job(kind="guards", state=JobState.DONE, run_at=now, finished_at=now, dedup="bonuses:2026-11"))
        session.add(Job(kind="dead", state=JobState.DEAD, run_at=now, finished_at=now))
        session.add(Job(kind="waits", state=JobState.WAITING, run_at=now))

    async def kinds() -> list[str]:
        async with database.reading() as session:
            return list((await session.exec(select(Job.kind).order_by(col(Job.id)))).all())

    clock.moment += timedelta(hours=23)
    await forget_all(database, clock)
    assert await kinds() == ["done", "guards", "dead", "waits"]
    clock.moment += timedelta(days=60)
    await forget_all(database, clock)
    assert await kinds() == ["guards", "dead", "waits"]
    clock.moment += timedelta(days=3)
    await forget_all(database, clock)
    assert await kinds() == ["dead", "waits"]


async def test_codes_and_counts_go_when_no_limit_looks_at_them_any_more(database: Database, clock: FixedClock) -> None:
    now = clock.now()
    async with database.unit_of_work() as session:
        for minutes in (0, 60):
            start = now + timedelta(minutes=minutes)
            session.add(RateCount(rule="codes_number", subject="380671000001", window_start=start, hits=3))
        session.add(
            OneTimeCode(
                purpose=CodePurpose.SIGN_IN,
                subject="line:380671000001",
                visitor="v",
                code_hash="h",
                tries_left=5,
                issued_at=now,
                expires_at=now + timedelta(minutes=5),
            )
        )
    clock.moment += timedelta(days=1)
    await forget_all(database, clock)
    assert (await count(database, RateCount), await count(database, OneTimeCode)) == (2, 1)
    clock.moment += timedelta(days=1, minutes=30)
    await forget_all(database, clock)
    assert (await count(database, RateCount), await count(database, OneTimeCode)) == (1, 0)


async def test_messages_go_after_a_quarter_unless_they_are_still_on_their_way(
    database: Database, clock: FixedClock
) -> None:
    now = clock.now()
    async with database.unit_of_work() as session:
        for state in (SmsState.DELIVERED, SmsState.SENT, SmsState.WAITING):
            sms = SmsMessage(
                to=Msisdn("380671000001"), template=SmsTemplate.NEW_SIGN_IN, created_at=now, expires_at=now
            )
            sms.state = state
            session.add(sms)
            await session.flush()
            session.add(SmsPart(sms_id=sms.id or 0, ref=f"ref-{sms.id}"))
        for state in (MailState.SENT, MailState.SENDING):
            letter = MailMessage(key=state.value, to="o@example.ua", template="t", created_at=now, expires_at=now)
            letter.state = state
            session.add(letter)

    async def left() -> tuple[int, int, int]:
        return await count(database, SmsMessage), await count(database, SmsPart), await count(database, MailMessage)

    clock.moment += timedelta(days=89)
    await forget_all(database, clock)
    assert await left() == (3, 3, 2)
    clock.moment += timedelta(days=2)
    await forget_all(database, clock)
    assert await left() == (1, 1, 1)


async def test_alerts_of_limits_go_after_a_quarter(database: Database, clock: FixedClock) -> None:
    async with database.unit_of_work() as session:
        line = await make_line(session)
        for months, days in ((4, 101), (3, 99)):
            month = str(Month.of(clock.now()).shifted(-months))
            alert = UsageAlert(line_id=line.id or 0, month=month, kind=LimitKind.DATA, most=1, percent=80, used=1)
            alert.at = clock.now() - timedelta(days=days)
            session.add(alert)
    await forget_all(database, clock)
    assert await count(database, UsageAlert) == 1
