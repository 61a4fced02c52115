"""One file on its way into the database, batch by batch."""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.database import UnitOfWork
from mykyivstar.domain.imports.columns import Plan
from mykyivstar.domain.imports.duplicates import Seen
from mykyivstar.domain.imports.kind import Kind, Occasion, Row
from mykyivstar.domain.imports.mapping import Mapping
from mykyivstar.domain.imports.problems import Problem
from mykyivstar.domain.imports.report import FileReport, Listener
from mykyivstar.domain.imports.source import RawRow, Source


@dataclass(slots=True)
class OneFile:
    """The import of one file; `report` says how far it is."""

    source: Source
    kind: Kind
    mapping: Mapping
    at: datetime
    listener: Listener
    report: FileReport
    _seen: Seen = field(default_factory=Seen)

    async def store(self, transaction: UnitOfWork) -> None:
        """Store every good row, a transaction for each batch, and report the others. Raises BadFile."""
        occasion = Occasion(self.at, self.source)
        with self._seen:
            for rows in self._batches():
                async with _forgetful(transaction) as session:
                    outcome = await self.kind.store(session, rows, occasion)
                self.report.created += outcome.created
                self.report.updated += outcome.updated
                self.report.unchanged += outcome.unchanged
                self.report.hidden += outcome.hidden
                for no in outcome.rejected:
                    self._reject(RawRow(no.row.line, no.row.cells), [(no.column, no.reason)])
                self.listener.progressed(self.source, self.report)

    def _batches(self) -> Iterator[Sequence[Row]]:
        rows: list[Row] = []
        for row in self._readable():
            rows.append(row)
            if len(rows) == self.kind.batch:
                yield self._without_repeats(rows)
                rows = []
        if rows:
            yield self._without_repeats(rows)

    def _readable(self) -> Iterator[Row]:
        plan: Plan | None = None
        for raw in self.source.rows():
            plan = plan or self._plan()
            if raw.unreadable:
                self._reject(raw, [("", raw.unreadable)])
                continue
            values, wrong = plan.read(raw.cells)
            if wrong or (wrong := list(self.kind.check(values, self.at))):
                self._reject(raw, wrong)
                continue
            yield Row(raw.line, values, raw.cells)
        if plan is None:
            # A header alone is an empty export; a wrong header is wrong all the same.
            self._plan()

    def _plan(self) -> Plan:
        return Plan.of(self.kind.columns, self.mapping, self.source.header)

    def _without_repeats(self, rows: Sequence[Row]) -> Sequence[Row]:
        """The rows that are about something new in this file; the others are rejected."""
        identity = self.kind.identity
        if identity is None or not (earlier := self._seen.earlier([(identity(row.values), row.line) for row in rows])):
            return rows
        for row in rows:
            if (first := earlier.get(row.line)) is not None:
                reason = f"is about the same as line {first}, which came first"
                self._reject(RawRow(row.line, row.cells), [("", reason)])
        return [row for row in rows if row.line not in earlier]

    def _reject(self, raw: RawRow, wrong: Sequence[tuple[str, str]]) -> None:
        self.report.rejected += 1
        problems = [Problem(self.source.name, raw.line, column, reason) for column, reason in wrong]
        self.listener.rejected(self.source, raw, problems)


@asynccontextmanager
async def _forgetful(transaction: UnitOfWork) -> AsyncIterator[AsyncSession]:
    """A session that does not remember the batch before: memory must not grow with the file."""
    async with transaction() as session:
        yield session
        await session.flush()
        session.expunge_all()
