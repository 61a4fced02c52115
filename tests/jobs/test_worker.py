"""What a worker promises about jobs."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest

from mykyivstar.db.database import Database
from mykyivstar.db.jobs import JobState, Postponed, enqueue
from mykyivstar.jobs import queue
from mykyivstar.jobs.schedules import Every
from mykyivstar.jobs.worker import GRACE_S, Worker
from mykyivstar.kit.clock import FixedClock
from tests.jobs.conftest import eventually


async def test_a_due_job_is_done_once_and_gets_its_payload(worker, registry, add_job, jobs, clock) -> None:
    seen = []

    @registry.job("greet")
    async def greet(_context, payload, at) -> None:
        seen.append((payload, at))

    await add_job("greet", {"whom": "Olena"})
    assert await worker.run_due() == 1
    assert await worker.run_due() == 0
    assert seen == [({"whom": "Olena"}, clock.now())]
    [job] = await jobs()
    assert (job.state, job.finished_at, job.lease_until) == (JobState.DONE, clock.now(), None)


async def test_a_rolled_back_transaction_enqueues_nothing(database: Database, worker, registry, jobs, clock) -> None:
    registry.job("never")(lambda *_: pytest.fail("it ran"))

    async def refuse() -> None:
        async with database.unit_of_work() as session:
            await enqueue(session, "never", {}, run_at=clock.now())
            raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        await refuse()
    assert await worker.run_due() == 0
    assert await jobs() == []


async def test_a_job_of_tomorrow_waits_until_tomorrow(worker, registry, add_job, clock: FixedClock) -> None:
    days = []

    @registry.job("later")
    async def later(_context, _payload, at) -> None:
        days.append(at)

    tomorrow = clock.now() + timedelta(days=1)
    await add_job("later", run_at=tomorrow)
    assert await worker.run_due() == 0
    clock.moment = tomorrow
    assert await worker.run_due() == 1
    assert days == [tomorrow]


async def test_one_occasion_is_one_job(add_job, jobs) -> None:
    assert await add_job("bonuses", dedup="bonuses:2026-12") is not None
    assert await add_job("bonuses", dedup="bonuses:2026-12") is None
    assert len(await jobs()) == 1


async def test_a_failing_job_is_tried_again_ever_later_and_then_left_for_a_person(
    worker, registry, add_job, jobs, clock: FixedClock
) -> None:
    tries = []

    @registry.job("broken", attempts_max=4)
    async def broken(_context, _payload, at) -> None:
        tries.append(at)
        raise ZeroDivisionError("always")

    await add_job("broken")
    start = clock.now()
    for _ in range(60):
        await worker.run_due()
        clock.moment += timedelta(seconds=1)
    assert [(at - start).total_seconds() for at in tries] == [0, 1, 3, 7]
    [job] = await jobs()
    assert job.state is JobState.DEAD
    assert job.error == "ZeroDivisionError: always"


async def test_a_postponed_job_has_not_failed(worker, registry, add_job, jobs, clock: FixedClock) -> None:
    @registry.job("patient", attempts_max=2)
    async def patient(_context, _payload, at) -> Postponed:
        return Postponed(until=at + timedelta(seconds=1), reason="not yet")

    await add_job("patient")
    for _ in range(20):
        assert await worker.run_due() == 1
        clock.moment += timedelta(seconds=1)
    [job] = await jobs()
    assert (job.state, job.attempts, job.error) == (JobState.WAITING, 0, "not yet")


async def test_a_job_that_hangs_is_stopped_at_its_time_limit(worker, registry, add_job, jobs) -> None:
    @registry.job("hangs", time_limit=timedelta(milliseconds=50))
    async def hangs(_context, _payload, _at) -> None:
        await asyncio.Event().wait()

    await add_job("hangs")
    await worker.run_due()
    [job] = await jobs()
    assert (job.state, job.attempts) == (JobState.WAITING, 1)
    assert job.error.startswith("TookTooLong")


async def test_a_job_that_only_a_newer_release_knows_is_left_alone(worker, add_job, jobs) -> None:
    await add_job("of.the.future")
    assert await worker.run_due() == 0
    [job] = await jobs()
    assert (job.state, job.attempts) == (JobState.WAITING, 0)


async def test_the_job_of_a_killed_worker_is_taken_over_when_its_lease_ends(
    database: Database, worker, registry, add_job, jobs, clock: FixedClock
) -> None:
    done = []

    @registry.job("precious")
    async def precious(_context, payload, _at) -> None:
        done.append(payload["n"])

    await add_job("precious", {"n": 1})
    async with database.unit_of_work() as session:
        [lost] = await queue.claim(session, ["precious"], limit=5, at=clock.now(), lease=timedelta(seconds=15))
    clock.moment += timedelta(seconds=14)
    assert await worker.run_due() == 0
    clock.moment += timedelta(seconds=2)
    assert await worker.run_due() == 1
    assert done == [1]
    async with database.unit_of_work() as session:
        assert not await queue.retry(session, lost, until=clock.now(), error="I am back"), "the late worker has no say"
    assert [job.state for job in await jobs()] == [JobState.DONE]


async def test_a_job_that_kills_its_workers_is_buried(
    database: Database, worker, registry, add_job, jobs, clock: FixedClock
) -> None:
    registry.job("poison", attempts_max=2)(lambda *_: pytest.fail("it ran"))
    await add_job("poison")
    for _ in range(2):
        async with database.unit_of_work() as session:
            await queue.claim(session, ["poison"], limit=5, at=clock.now(), lease=timedelta(seconds=15))
        clock.moment += timedelta(seconds=15)
    await worker.run_due()
    [job] = await jobs()
    assert job.state is JobState.DEAD
    assert job.error.startswith("LostTooOften")


async def test_two_workers_and_failures_do_every_job_and_each_guarded_effect_once(
    database: Database, make_worker, registry, add_job, jobs, clock: FixedClock
) -> None:
    runs: Counter[int] = Counter()

    @registry.job("pay")
    async def pay(context, payload, at) -> None:
        runs[payload["n"]] += 1
        async with context.database.unit_of_work() as session:
            await enqueue(session, "paid", payload, run_at=at, dedup=f"paid:{payload['n']}")
        if payload["n"] % 5 == 0 and runs[payload["n"]] == 1:
            raise ConnectionError("after the effect")

    effects: Counter[int] = Counter()

    @registry.job("paid")
    async def paid(_context, payload, _at) -> None:
        effects[payload["n"]] += 1

    for n in range(200):
        await add_job("pay", {"n": n})
    workers = [make_worker(concurrency=8), make_worker(concurrency=8)]
    await asyncio.gather(*(each.run_due() for each in workers))
    clock.moment += timedelta(seconds=2)
    await asyncio.gather(*(each.run_due() for each in workers))
    assert effects == Counter(range(200))
    assert {n: count for n, count in runs.items() if count != 1} == dict.fromkeys(range(0, 200, 5), 2)
    assert {job.state for job in await jobs()} == {JobState.DONE}


async def test_a_running_worker_does_not_wait_for_the_poll_to_start_a_job(make_worker, registry, add_job) -> None:
    started = asyncio.Event()

    @registry.job("quick")
    async def quick(_context, _payload, _at) -> None:
        started.set()

    worker = make_worker(poll_s=60)
    running = asyncio.create_task(worker.run())
    await asyncio.sleep(0.2)
    await add_job("quick")
    await asyncio.wait_for(started.wait(), 30)
    worker.stop()
    await running


async def test_never_more_jobs_at_a_time_than_allowed(make_worker, registry, add_job, jobs) -> None:
    at_work = most = 0

    @registry.job("slow")
    async def slow(_context, _payload, _at) -> None:
        nonlocal at_work, most
        at_work += 1
        most = max(most, at_work)
        await asyncio.sleep(0.01)
        at_work -= 1

    for _ in range(20):
        await add_job("slow")
    worker = make_worker(concurrency=3)
    running = asyncio.create_task(worker.run())

    async def all_are_done() -> bool:
        return {job.state for job in await jobs()} == {JobState.DONE}

    await eventually(all_are_done)
    worker.stop()
    await running
    assert most == 3


async def test_a_stopped_worker_finishes_what_it_began(worker, registry, add_job, jobs) -> None:
    began, may_end = asyncio.Event(), asyncio.Event()

    @registry.job("long")
    async def long(_context, _payload, _at) -> None:
        began.set()
        await may_end.wait()

    await add_job("long")
    await add_job("long", run_at=None)
    running = asyncio.create_task(worker.run())
    await asyncio.wait_for(began.wait(), 30)
    worker.stop()
    may_end.set()
    await asyncio.wait_for(running, GRACE_S)
    assert [job.state for job in await jobs()] == [JobState.DONE, JobState.DONE]


async def test_a_cancelled_worker_gives_its_jobs_back_at_once(worker, registry, add_job, jobs, clock) -> None:
    began = asyncio.Event()

    @registry.job("endless")
    async def endless(_context, _payload, _at) -> None:
        began.set()
        await asyncio.Event().wait()

    await add_job("endless")
    running = asyncio.create_task(worker.run())
    await asyncio.wait_for(began.wait(), 30)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    [job] = await jobs()
    assert (job.state, job.attempts, job.run_at) == (JobState.WAITING, 0, clock.now())


async def test_a_long_job_keeps_its_lease(registry, add_job, jobs, clock, database, ports) -> None:
    may_end = asyncio.Event()

    @registry.job("long")
    async def long(_context, _payload, _at) -> None:
        await may_end.wait()

    await add_job("long")
    worker = Worker(database, ports, clock, registry=registry, lease=timedelta(seconds=0.3))
    running = asyncio.create_task(worker.run())

    async def leased() -> bool:
        return (await jobs())[0].lease_until == clock.now() + timedelta(seconds=0.3)

    await eventually(leased)
    clock.moment += timedelta(seconds=0.2)
    await eventually(leased)
    may_end.set()
    worker.stop()
    await running
    assert (await jobs())[0].claim == 1


async def test_a_job_that_comes_back_does_so_once_for_all_workers(
    make_worker, registry, jobs, clock: FixedClock
) -> None:
    times = []

    @registry.job("tick", attempts_max=1, schedule=Every(timedelta(minutes=1)))
    async def tick(_context, _payload, at) -> None:
        times.append(at)
        if len(times) == 2:
            raise OSError("once")

    start = clock.now()
    workers = [make_worker(), make_worker()]
    for worker in workers:
        running = asyncio.create_task(worker.run())
        await eventually(jobs)
        worker.stop()
        await running
    for _ in range(10):
        clock.moment += timedelta(seconds=30)
        await asyncio.gather(*(worker.run_due() for worker in workers))
    assert [(at - start).total_seconds() for at in times] == [60, 120, 180, 240, 300]
    assert [(job.dedup, job.state) for job in await jobs()] == [("schedule:tick", JobState.WAITING)]
