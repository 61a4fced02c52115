"""Usage records as plain values, and finding those that are stored by many keys at once."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any, Final, TypedDict, cast

from sqlalchemy import ARRAY, Select, TextClause, and_, bindparam, column, select, text
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.statements import table_of
from mykyivstar.domain.usage.models import UsageCategory, UsageRecord
from mykyivstar.kit.money import Money

KEY: Final = ("line_id", "started_at", "ref")
_KEYS_ON_SQLITE: Final = 500
_KEYS_ON_POSTGRESQL: Final = 5_000

Key = tuple[int, datetime, str]


class NewRecord(TypedDict):
    """A usage record to store; the fields are those of UsageRecord."""

    line_id: int
    started_at: datetime
    ref: str
    category: UsageCategory
    quantity: int
    other_party: str
    cost: Money | None
    rule: str


class OldRecord(NewRecord):
    """One that is stored: with what we have charged for it, None when we have not rated it."""

    charged: Money | None


def key_of(record: NewRecord) -> Key:
    """What tells a record from all others."""
    return record["line_id"], record["started_at"], record["ref"]


async def stored_records(session: AsyncSession, keys: Iterable[Key]) -> dict[Key, OldRecord]:
    """Of these keys, the records that there are, held until the transaction ends."""
    connection = await session.connection()
    is_sqlite = connection.dialect.name == "sqlite"
    at_once = _KEYS_ON_SQLITE if is_sqlite else _KEYS_ON_POSTGRESQL
    query = _by_values() if is_sqlite else _by_lists()
    found: dict[Key, OldRecord] = {}
    ordered = list(keys)
    for start in range(0, len(ordered), at_once):
        asked = ordered[start : start + at_once]
        parameters = _values(asked) if is_sqlite else _lists(asked)
        for row in (await connection.execute(query, parameters)).mappings():
            record = cast("OldRecord", dict(row))
            found[key_of(record)] = record
    return found


@cache
def _by_values() -> Select[Any]:
    """A join, since SQLite answers `(a, b, c) IN (…)` by reading the whole table; and a text made once, since
    SQLAlchemy would compile its own VALUES again each time.
    """
    rows = ", ".join("(" + ", ".join(f":{name}_{n}" for name in KEY) + ")" for n in range(_KEYS_ON_SQLITE))
    names = ", ".join(f"column{n} AS {name}" for n, name in enumerate(KEY, 1))
    columns = [table_of(UsageRecord).c[name] for name in KEY]
    given = [bindparam(f"{c.name}_{n}", type_=c.type) for n in range(_KEYS_ON_SQLITE) for c in columns]
    return _records_of(text(f"SELECT {names} FROM (VALUES {rows}) AS given").bindparams(*given))  # noqa: S608 no data


def _values(asked: list[Key]) -> dict[str, Any]:
    # Always as many: each length would be another statement.
    full = asked + asked[-1:] * (_KEYS_ON_SQLITE - len(asked))
    return {f"{name}_{n}": part for n, key in enumerate(full) for name, part in zip(KEY, key, strict=True)}


@cache
def _by_lists() -> Select[Any]:
    """From first to last, so that PostgreSQL looks into the partitions of these months only."""
    table = table_of(UsageRecord)
    lists = [bindparam(name, type_=ARRAY(table.c[name].type)) for name in KEY]
    names = ", ".join(KEY)
    asked = text(
        f"SELECT {names} FROM unnest(CAST(:line_id AS bigint[]), CAST(:started_at AS timestamptz[]),"  # noqa: S608 no data
        f" CAST(:ref AS text[])) AS given ({names})"
    )
    moment = table.c.started_at.type
    limits = table.c.started_at.between(bindparam("first", type_=moment), bindparam("last", type_=moment))
    return _records_of(asked.bindparams(*lists)).where(limits)


def _lists(asked: list[Key]) -> dict[str, Any]:
    lists = dict(zip(KEY, map(list, zip(*asked, strict=True)), strict=True))
    return {**lists, "first": min(lists["started_at"]), "last": max(lists["started_at"])}


def _records_of(asked: TextClause) -> Select[Any]:
    table = table_of(UsageRecord)
    columns = [table.c[name] for name in KEY]
    keys = asked.columns(*(column(c.name, c.type) for c in columns)).cte("asked")
    given_back = [table.c[name] for name in (*NewRecord.__annotations__, "charged")]
    return select(*given_back).join(keys, and_(*(c == keys.c[c.name] for c in columns))).with_for_update(of=table)
