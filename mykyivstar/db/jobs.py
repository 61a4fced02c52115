"""The job queue's table: enqueued in the business transaction, so that no job is lost and none runs for nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column, Index, String
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, SQLModel, col
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import after_commit
from mykyivstar.db.types import enum_field, id_field, moment_field

_listeners: list[Callable[[], None]] = []


class JobState(StrEnum):
    """Where a job is in its life."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"


class Job(SQLModel, table=True):
    """Something to do later, at least once, by any worker."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_due", "state", "run_at"),)

    id: int | None = id_field()
    kind: str = Field(sa_column=Column(String(64), nullable=False))
    payload: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    # One job per occasion ("bonuses:2026-12"): every replica may schedule, one row results.
    dedup: str | None = Field(default=None, sa_column=Column(String(128), unique=True))
    state: JobState = enum_field(JobState, default=JobState.WAITING)
    run_at: datetime = moment_field()
    # Tries that failed or that nobody finished.
    attempts: int = 0
    # Counts claims: a worker that lost its claim to another one may no longer say how the job ended.
    claim: int = 0
    lease_until: datetime | None = moment_field(default=None, nullable=True)
    finished_at: datetime | None = moment_field(default=None, nullable=True)
    error: str = ""


@dataclass(frozen=True, slots=True)
class Postponed:
    """What a job may answer instead of being done: try again then, which is no failure."""

    until: datetime
    reason: str


async def enqueue(
    session: AsyncSession, kind: str, payload: dict[str, Any], *, run_at: datetime, dedup: str | None = None
) -> int | None:
    """Add a job to this transaction; its id, or None when a job with this `dedup` exists already.

    A worker of this process starts it as soon as the transaction is committed, others within half a second.
    """
    values: dict[str, Any] = {"kind": kind, "payload": payload, "dedup": dedup, "state": JobState.WAITING}
    values |= {"run_at": run_at, "attempts": 0, "claim": 0, "error": ""}
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = insert(Job).values(**values).on_conflict_do_nothing(index_elements=["dedup"]).returning(col(Job.id))
    job_id = (await session.exec(statement)).scalar_one_or_none()
    if job_id is not None:
        after_commit(session, _tell_listeners)
    return job_id


@contextmanager
def told_of_jobs(listener: Callable[[], None]) -> Iterator[None]:
    """While the block runs, `listener` is called after each commit of this process that enqueued something."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)


def _tell_listeners() -> None:
    for listener in tuple(_listeners):
        listener()
