"""Monthly partitions of large tables: on PostgreSQL a month is dropped in a moment, and a page of one reads only it.

SQLite has none and needs none: there such a table is one B-tree, clustered by its primary key.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, text
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.statements import table_of
from mykyivstar.kit.period import Month, Period

# Any number that nobody else locks: of two who need the same new partition, the second one waits and then has it.
_LOCK = 5_067_002
# Dropping one needs its table for itself for a moment; whoever reads for longer is not made to wait.
_PATIENCE = "5s"
_BOUNDS = re.compile(r"FROM \('(?P<start>[^']+)'\) TO \('(?P<end>[^']+)'\)")
_ALL = text(
    "SELECT part.relname, pg_get_expr(part.relpartbound, part.oid) FROM pg_inherits"
    " JOIN pg_class AS part ON part.oid = pg_inherits.inhrelid WHERE pg_inherits.inhparent = CAST(:table AS regclass)"
)


@dataclass(frozen=True, slots=True)
class Partition:
    """A table that holds the rows of a period of another one."""

    name: str
    period: Period


async def partitions(session: AsyncSession, model: type[SQLModel]) -> Sequence[Partition]:
    """Those of a partitioned table in the order of time; none on SQLite."""
    connection = await session.connection()
    if connection.dialect.name != "postgresql":
        return ()
    found = [_partition(*row) for row in await connection.execute(_ALL, {"table": table_of(model).name})]
    return sorted(found, key=lambda each: each.period.start)


async def cover(session: AsyncSession, model: type[SQLModel], moments: Iterable[datetime]) -> int:
    """Make the partitions that rows of these moments need, one for each Kyiv month; how many were made.

    Reading and writing the table go on meanwhile. Whoever needs the same ones waits until this transaction ends.
    """
    connection = await session.connection()
    if connection.dialect.name != "postgresql":
        return 0
    if not (missing := _missing(await partitions(session, model), moments)):
        return 0
    await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    table, made = table_of(model).name, 0
    for month in sorted(missing):
        there = await partitions(session, model)
        for gap in _gaps(month.period, there):
            name = _free_name(f"{table}_{month.year}_{month.month:02d}", {each.name for each in there})
            # Made apart and attached: made in its place, it would stop everybody who reads the table.
            await connection.exec_driver_sql(f"CREATE TABLE {name} (LIKE {table} INCLUDING ALL)")
            bounds = f"FROM ('{gap.start.isoformat()}') TO ('{gap.end.isoformat()}')"
            await connection.exec_driver_sql(f"ALTER TABLE {table} ATTACH PARTITION {name} FOR VALUES {bounds}")
            made += 1
    return made


async def drop_before(session: AsyncSession, model: type[SQLModel], moment: datetime) -> int:
    """Drop every partition all of whose rows lie before this moment; how many there were.

    Raises OperationalError when somebody reads the table for longer than we wait: try again later.
    """
    useless = [each.name for each in await partitions(session, model) if each.period.end <= moment]
    if useless:
        connection = await session.connection()
        await connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_PATIENCE}'")
        await connection.exec_driver_sql(f"DROP TABLE {', '.join(useless)}")
    return len(useless)


async def may_have_before(session: AsyncSession, model: type[SQLModel], moment: datetime) -> bool:
    """Whether there may be rows of before this moment; False only where no partition has room for any."""
    is_partitioned = (await session.connection()).dialect.name == "postgresql"
    return not is_partitioned or any(each.period.start < moment for each in await partitions(session, model))


def names_of_partitions(connection: Connection) -> set[str]:
    """Tables that migrations neither make nor compare."""
    if connection.dialect.name != "postgresql":
        return set()
    return set(connection.scalars(text("SELECT relname FROM pg_class WHERE relispartition AND relkind = 'r'")))


def _partition(name: str, bounds: str) -> Partition:
    found = _BOUNDS.search(bounds)
    assert found, f"{name} is a partition of another kind: {bounds}"
    start, end = (datetime.fromisoformat(found[side]).astimezone(UTC) for side in ("start", "end"))
    return Partition(name, Period(start, end))


def _missing(there: Sequence[Partition], moments: Iterable[datetime]) -> set[Month]:
    """The months of moments that no partition has room for; nearly always one partition has all."""
    given = list(moments)
    if not given:
        return set()
    first, last = min(given), max(given)
    if any(first in each.period and last in each.period for each in there):
        return set()
    return {Month.of(moment) for moment in set(given) if not any(moment in each.period for each in there)}


def _gaps(period: Period, there: Iterable[Partition]) -> Iterator[Period]:
    """What of the period has no partition. Mostly all of it or nothing; but a law may move Kyiv's midnight."""
    start = period.start
    for each in there:
        if each.period.end <= start or each.period.start >= period.end:
            continue
        if each.period.start > start:
            yield Period(start, each.period.start)
        start = each.period.end
    if start < period.end:
        yield Period(start, period.end)


def _free_name(wanted: str, taken: set[str]) -> str:
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}_{number}"
    return name
