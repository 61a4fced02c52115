"""Does the jobs of the queue: several at a time, at least once each, with any number of other workers beside it."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from mykyivstar.db.database import Database
from mykyivstar.db.jobs import Postponed, told_of_jobs
from mykyivstar.jobs import queue
from mykyivstar.jobs.catalogue import every_job
from mykyivstar.jobs.queue import Claim
from mykyivstar.jobs.registry import JobContext, JobKind, JobPorts, Registry
from mykyivstar.jobs.sms import receipts_into
from mykyivstar.kit.clock import Clock
from mykyivstar.kit.trouble import Trouble

CONCURRENCY = 16
# How long a killed worker's jobs wait for another one.
LEASE = timedelta(seconds=15)
POLL_S = 0.5
# How long running jobs may go on after the worker was asked to stop.
GRACE_S = 8.0
RETRY_FIRST = timedelta(seconds=1)
RETRY_LONGEST = timedelta(minutes=10)
DATABASE_TROUBLE = (SQLAlchemyError, OSError, TimeoutError)

log = logging.getLogger(__name__)


class TookTooLong(Exception):
    """A job was stopped at its time limit."""


class LostTooOften(Exception):
    """Worker after worker died with this job in its hands."""


class Worker:
    """One worker; `run` it as a task of the app or alone."""

    def __init__(
        self,
        database: Database,
        ports: JobPorts,
        clock: Clock,
        *,
        registry: Registry | None = None,
        concurrency: int = CONCURRENCY,
        lease: timedelta = LEASE,
        poll_s: float = POLL_S,
    ) -> None:
        self._database = database
        self._clock = clock
        self._context = JobContext(database, ports, clock)
        self._kinds = (registry or every_job()).kinds
        self._concurrency = concurrency
        self._lease = lease
        self._poll_s = poll_s
        self._running: dict[asyncio.Task[None], Claim] = {}
        self._stirred = asyncio.Event()
        self._is_stopping = False
        self._database_away = Trouble(log, "jobs wait for the database")
        self._leases_at_risk = Trouble(log, "leases could not be renewed")

    async def run(self) -> None:
        """Work until `stop` is called or this task is cancelled; jobs not done by then go back to the queue."""
        loop = asyncio.get_running_loop()
        async with self._ports_started():
            keeper = asyncio.create_task(self._keep_leases())
            try:
                with told_of_jobs(lambda: self._wake_from(loop)):
                    await self._work()
                if self._running:
                    await asyncio.wait(self._running, timeout=GRACE_S)
            finally:
                keeper.cancel()
                await self._give_back()

    async def run_due(self) -> int:
        """Do what is due now, and what that makes due, and return; how many jobs were run. For tests and tools."""
        done = 0
        async with self._ports_started():
            while claims := await self._claim(self._concurrency):
                await asyncio.gather(*(self._do(claim) for claim in claims))
                done += len(claims)
        return done

    def stop(self) -> None:
        """Take no more jobs; `run` returns when the running ones are done or given back."""
        self._is_stopping = True
        self.wake()

    def wake(self) -> None:
        """Look at the queue at once instead of at the next poll."""
        self._stirred.set()

    def _wake_from(self, loop: asyncio.AbstractEventLoop) -> None:
        """Whoever enqueued may run in another thread."""
        loop.call_soon_threadsafe(self.wake)

    async def _work(self) -> None:
        has_schedules = False
        while not self._is_stopping:
            self._stirred.clear()
            try:
                if not has_schedules:
                    await self._install_schedules()
                    has_schedules = True
                free = self._concurrency - len(self._running)
                for claim in await self._claim(free):
                    task = asyncio.create_task(self._do(claim), name=f"{claim.kind} {claim.job_id}")
                    self._running[task] = claim
                    task.add_done_callback(self._forget)
                self._database_away.over()
            except DATABASE_TROUBLE as error:
                self._database_away.met(error)
                self._stirred.clear()
            # Not wait_for: until Python 3.12 it can swallow a cancellation that comes together with the event.
            with suppress(TimeoutError):
                async with asyncio.timeout(self._poll_s):
                    await self._stirred.wait()

    async def _claim(self, limit: int) -> Sequence[Claim]:
        if limit <= 0:
            return []
        at = self._clock.now()
        async with self._database.reading() as session:
            if not await queue.is_anything_due(session, self._kinds, at=at):
                return []
        async with self._database.unit_of_work() as session:
            return await queue.claim(session, self._kinds, limit=limit, at=at, lease=self._lease)

    async def _do(self, claim: Claim) -> None:
        kind = self._kinds[claim.kind]
        if claim.attempts > kind.attempts_max:
            outcome: Postponed | BaseException | None = LostTooOften("its workers died")
        else:
            outcome = await self._outcome(kind, claim)
        try:
            if not await self._settle(kind, claim, outcome):
                log.warning("job was taken over", extra={"kind": claim.kind, "job_id": claim.job_id})
        except DATABASE_TROUBLE:
            # The lease ends and the job runs again, which its handler has to bear anyway.
            log.exception("job ended and could not be settled", extra={"kind": claim.kind, "job_id": claim.job_id})

    async def _outcome(self, kind: JobKind, claim: Claim) -> Postponed | BaseException | None:
        """What the handler answered or raised. Waiting for it as a task meets every exception without catching any."""
        handler = asyncio.ensure_future(kind.handler(self._context, claim.payload, self._clock.now()))
        try:
            await asyncio.wait({handler}, timeout=kind.time_limit.total_seconds())
        finally:
            if not handler.done():
                handler.cancel()
                await asyncio.wait({handler})
        if handler.cancelled():
            return TookTooLong(f"more than {kind.time_limit}")
        return handler.exception() or handler.result()

    async def _settle(self, kind: JobKind, claim: Claim, outcome: Postponed | BaseException | None) -> bool:
        at = self._clock.now()
        comes_back = kind.schedule if claim.dedup == kind.schedule_key else None
        if isinstance(outcome, BaseException):
            log.error(
                "job failed",
                exc_info=outcome,
                extra={"kind": claim.kind, "job_id": claim.job_id, "attempt": claim.attempts},
            )
        async with self._database.unit_of_work() as session:
            match outcome:
                case None if comes_back:
                    return await queue.rearm(session, claim, until=comes_back.after(at), error="")
                case None:
                    return await queue.finish(session, claim, at=at)
                case Postponed(until=until, reason=reason):
                    return await queue.postpone(session, claim, until=until, reason=reason)
            error = f"{type(outcome).__name__}: {outcome}"
            if claim.attempts < kind.attempts_max:
                return await queue.retry(session, claim, until=at + _pause(claim.attempts), error=error)
            if comes_back:
                return await queue.rearm(session, claim, until=comes_back.after(at), error=error)
            return await queue.bury(session, claim, at=at, error=error)

    async def _install_schedules(self) -> None:
        async with self._database.unit_of_work() as session:
            for kind in self._kinds.values():
                if kind.schedule:
                    await queue.install_schedule(session, kind, at=self._clock.now())

    async def _keep_leases(self) -> None:
        while True:
            await asyncio.sleep(self._lease.total_seconds() / 3)
            try:
                if self._running:
                    async with self._database.unit_of_work() as session:
                        claims = list(self._running.values())
                        await queue.renew(session, claims, until=self._clock.now() + self._lease)
                self._leases_at_risk.over()
            except DATABASE_TROUBLE as error:
                self._leases_at_risk.met(error)

    async def _give_back(self) -> None:
        """Stop what still runs and let other workers have it at once."""
        unfinished = dict(self._running)
        for task in unfinished:
            task.cancel()
        await asyncio.gather(*unfinished, return_exceptions=True)
        at = self._clock.now()
        for claim in unfinished.values():
            async with self._database.unit_of_work() as session:
                await queue.postpone(session, claim, until=at, reason="its worker stopped")

    def _forget(self, task: asyncio.Task[None]) -> None:
        del self._running[task]
        self.wake()

    @asynccontextmanager
    async def _ports_started(self) -> AsyncIterator[None]:
        sms = self._context.ports.sms
        await sms.start(receipts_into(self._database))
        try:
            yield
        finally:
            await sms.stop()


def _pause(attempts: int) -> timedelta:
    doublings = min(attempts - 1, 20)
    return min(RETRY_FIRST * (1 << doublings), RETRY_LONGEST)
