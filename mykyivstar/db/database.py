"""Engines and the unit of work: the only place in the code that opens or commits a transaction."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from sqlalchemy import event, insert
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db import inline_sqlite
from mykyivstar.db.calls import Call, alone_on_postgresql, alone_on_sqlite
from mykyivstar.db.changes import Change, Subject
from mykyivstar.db.direct import CONNECTIONS, Direct
from mykyivstar.db.liveness import ask_idle_connections
from mykyivstar.db.prepared import Shortcut
from mykyivstar.db.readers import Readers
from mykyivstar.db.statements import table_of
from mykyivstar.kit.clock import Clock, SystemClock

UnitOfWork = Callable[[], AbstractAsyncContextManager[AsyncSession]]
Published = Callable[[list[Subject]], Any]

# SQLite has one writer; its queue is ours (a pool of one connection), because waiting in
# SQLite's busy handler starves: p99 of 32 writers was 3,275 ms against 276 ms.
_SQLITE_READERS = 8
_SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    "foreign_keys=ON",
    # REPLACE deletes: what refuses to be deleted shall refuse to be replaced.
    "recursive_triggers=ON",
    "busy_timeout=5000",
    "cache_size=-20000",
    "temp_store=MEMORY",
    "mmap_size=134217728",
)
_READ_ONLY = "query_only=ON"
# After how many pages of its log SQLite copies them into the database: its own default, and while storing much.
_SQLITE_PAGES = 1_000
_SQLITE_PAGES_OF_MUCH = 50_000
_CHANGED = "changed"
_AFTER_COMMIT = "after_commit"


class Database:
    """One database, seen through a writing and a reading door."""

    def __init__(self, url: str, *, clock: Clock | None = None, published: Published | None = None) -> None:
        """`published` is told, after each commit, what changed in it; engines are made at first use, after any fork."""
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._clock = clock or SystemClock()
        self._published = published
        self._writer: AsyncEngine | None = None
        self._reader: AsyncEngine | None = None
        self._readers: Readers | None = None
        self._autocommit: AsyncEngine | None = None

    @asynccontextmanager
    async def unit_of_work(self) -> AsyncIterator[AsyncSession]:
        """One transaction: committed when the block ends, rolled back when it raises."""
        async with _sessions(self.writer)() as session:
            try:
                yield session
                changed = self._record_changes(session)
                await session.flush()
                if changed:
                    at = self._clock.now()
                    rows = [{"subject": s.key, "at": at} for s in changed]
                    await (await session.connection()).execute(insert(table_of(Change)), rows)
                await session.commit()
            except BaseException:
                await session.rollback()
                raise
            after_commit: list[Callable[[], None]] = session.info.pop(_AFTER_COMMIT, [])
        self.tell(changed)
        for call in after_commit:
            call()

    def reading(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A consistent look at the data; nothing done in it is kept."""
        if self._readers is None:
            self._readers = Readers(self.reader, self._shortcut())
        return self._readers.session()

    async def at_once(self, call: Call) -> Sequence[Any]:
        """Do this in a transaction of its own, begun and committed in the same round trip.

        It must bear being repeated: on a connection that turns out to be dead, it is, once. What it changed it
        announces itself, and then tells `tell`.
        """
        if self.is_sqlite:
            return await alone_on_sqlite(self.writer, call)
        try:
            return await alone_on_postgresql(self._caller, call)
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
            return await alone_on_postgresql(self._caller, call)

    def tell(self, subjects: list[Subject]) -> None:
        """Publish what `at_once` has committed."""
        if subjects and self._published:
            self._published(subjects)

    @asynccontextmanager
    async def studying(self) -> AsyncIterator[AsyncSession]:
        """A look that takes long: as `reading`, but on SQLite in a thread of its own, so that nobody waits for it."""
        engine = self._engine(write=False, inline=False) if self.is_sqlite else self.writer
        try:
            async with _sessions(engine)() as session:
                yield session
        finally:
            if engine is not self.writer:
                await engine.dispose()

    @asynccontextmanager
    async def storing_much(self) -> AsyncIterator[None]:
        """While this lasts, expect batches of many rows.

        SQLite then copies its log into the database every 200 MiB and at the end, not after every batch: batches hit
        the same pages again and again, and two thirds of all writing was this copying.
        """
        await self._set_sqlite(f"wal_autocheckpoint={_SQLITE_PAGES_OF_MUCH}")
        try:
            yield
        finally:
            await self._set_sqlite(f"wal_autocheckpoint={_SQLITE_PAGES}", "wal_checkpoint(PASSIVE)")

    @property
    def writer(self) -> AsyncEngine:
        if self._writer is None:
            self._writer = self._engine(write=True)
        return self._writer

    @property
    def reader(self) -> AsyncEngine:
        if not self.is_sqlite:
            return self.writer
        if self._reader is None:
            self._reader = self._engine(write=False)
        return self._reader

    @property
    def _caller(self) -> AsyncEngine:
        """For calls and prepared statements on PostgreSQL: nothing is begun, so nothing is to be reset."""
        if self._autocommit is None:
            # Nor are they asked whether they live: that takes as long as a call, which is repeated instead.
            self._autocommit = create_async_engine(
                self.url,
                pool_size=1 + CONNECTIONS,
                pool_reset_on_return=None,
                isolation_level="AUTOCOMMIT",
                hide_parameters=True,
            )
        return self._autocommit

    def _shortcut(self) -> Shortcut | Direct:
        return Shortcut(self.reader, (*_SQLITE_PRAGMAS, _READ_ONLY)) if self.is_sqlite else Direct(self._caller)

    async def dispose(self) -> None:
        """Close every connection."""
        if self._readers is not None:
            await self._readers.close()
        for engine in (self._writer, self._reader, self._autocommit):
            if engine is not None:
                await engine.dispose()
        self._writer = self._reader = self._readers = self._autocommit = None

    async def _set_sqlite(self, *pragmas: str) -> None:
        """Outside any transaction."""
        if not self.is_sqlite:
            return
        async with self.writer.connect() as connection:
            driver: Any = (await connection.get_raw_connection()).driver_connection
            for pragma in pragmas:
                await driver.execute(f"PRAGMA {pragma}")

    def _record_changes(self, session: AsyncSession) -> list[Subject]:
        return list(session.info.pop(_CHANGED, ()))

    def _engine(self, *, write: bool, inline: bool = True) -> AsyncEngine:
        if not self.is_sqlite:
            engine = create_async_engine(self.url, pool_size=10, max_overflow=10, hide_parameters=True)
            ask_idle_connections(engine)
            return engine
        # Parameters are codes, numbers and sums: an error that is logged shall not tell them.
        engine = create_async_engine(
            self.url,
            hide_parameters=True,
            poolclass=AsyncAdaptedQueuePool,
            pool_size=1 if write else _SQLITE_READERS,
            max_overflow=0,
            pool_timeout=30,
            pool_reset_on_return=None,
            connect_args={} if write or not inline else {"async_creator_fn": inline_sqlite.connect},
        )
        # FULL for the writer: money must survive a power cut, and NORMAL may lose the last commits.
        pragmas = (*_SQLITE_PRAGMAS, "synchronous=FULL" if write else _READ_ONLY)

        @event.listens_for(engine.sync_engine, "connect")
        def prepare(connection: Any, _record: Any) -> None:
            cursor = connection.cursor()
            for pragma in pragmas:
                cursor.execute(f"PRAGMA {pragma}")
            cursor.close()
            # The driver must not begin by itself: it begins late and deferred, and a deferred
            # transaction that reads first cannot become a writer while another one writes.
            connection.isolation_level = None

        @event.listens_for(engine.sync_engine, "reset")
        def reset(connection: Any, _record: Any, _state: Any) -> None:
            # Committed in most cases, and then there is nothing to cross over to the driver's thread for.
            if connection.driver_connection.in_transaction:
                connection.rollback()

        @event.listens_for(engine.sync_engine, "begin")
        def begin(connection: Any) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

        return engine


def _sessions(engine: AsyncEngine) -> async_sessionmaker[AsyncSession]:
    return async_sessionmaker(engine, class_=AsyncSession, expire_on_commit=False, autoflush=True)


def changed(session: AsyncSession, *subjects: Subject) -> None:
    """Say that these things changed, so that every open screen that shows them is refreshed after the commit."""
    # A dictionary for its keys: an import names the same line a thousand times.
    session.info.setdefault(_CHANGED, {}).update(dict.fromkeys(subjects))


def after_commit(session: AsyncSession, call: Callable[[], None]) -> None:
    """Do this when, and only when, the transaction has been committed; it must not raise."""
    session.info.setdefault(_AFTER_COMMIT, []).append(call)
