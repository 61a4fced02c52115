"""Storing usage records by the hundred thousand, their monthly sums in the same transaction."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any, Final, TypedDict, cast

from sqlalchemy import Select, and_, bindparam, column, select, text, update
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import changed
from mykyivstar.db.partitions import cover
from mykyivstar.db.statements import driver_moment, run_for_many, table_of
from mykyivstar.domain.usage.hidden import is_hidden
from mykyivstar.domain.usage.models import UsageCategory, UsageRecord
from mykyivstar.domain.usage.retention import kept_since
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month

#: How many records one transaction may well store. Fewer touch nearly as many pages of the disk each time; more keep
#: other writers waiting for over a second.
BATCH: Final = 20_000
_KEYS_PER_QUERY: Final = 500
_ATTEMPTS: Final = 5

_INSERT: Final = """
    INSERT INTO usage_record (line_id, started_at, ref, category, quantity, other_party, cost, rule)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
"""
_ADD: Final = """
    INSERT INTO usage_month (line_id, month, category, records, quantity, cost) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (line_id, month, category) DO UPDATE SET
        records = usage_month.records + excluded.records,
        quantity = usage_month.quantity + excluded.quantity,
        cost = usage_month.cost + excluded.cost
"""
_KEY: Final = ("line_id", "started_at", "ref")

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


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of the records given; all together are as many."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    # Calls for help, which nobody keeps (see `hidden`).
    hidden: int = 0
    # Not taken: their time has been thrown away already, and nobody can tell whether they were counted (`retention`).
    too_old: tuple[NewRecord, ...] = ()


class RecordsInMotion(RuntimeError):
    """Somebody else kept storing the same records while we tried to."""


async def store(session: AsyncSession, records: Sequence[NewRecord]) -> Stored:
    """Store records and add them to their lines' monthly sums (M6, E2); `BATCH` at a time is best.

    A record is known by line, start and ref: the same again changes nothing, a changed one replaces the old one in
    the sums too. Of several with one key the last one counts. Lines of which something changed are announced.
    """
    since = await kept_since(session)
    wanted: dict[Key, NewRecord] = {}
    too_old: list[NewRecord] = []
    unchanged = replaced = hidden = 0
    for record in records:
        if is_hidden(record["other_party"]):
            hidden += 1
            continue
        if record["started_at"] < since:
            too_old.append(record)
            continue
        key = _key(record)
        if (earlier := wanted.get(key)) is not None:
            unchanged += earlier == record
            replaced += earlier != record
        wanted[key] = record
    await cover(session, UsageRecord, (started_at for _, started_at, _ in wanted))
    # In the order of the primary key: neighbours on disk are written together, and two imports cannot deadlock.
    ordered = {key: wanted[key] for key in sorted(wanted)}
    known = await _insert_new(session, ordered)
    corrections = {key: ordered[key] for key, old in known.items() if not _says_the_same(old, ordered[key])}
    await _replace(session, corrections.values())
    fresh = [record for key, record in ordered.items() if key not in known]
    await _add_to_months(session, fresh, [known[key] for key in corrections], list(corrections.values()))
    touched = {record["line_id"] for record in (*fresh, *corrections.values())}
    changed(session, *(Subject(Topic.LINE, line_id) for line_id in sorted(touched)))
    return Stored(
        created=len(fresh),
        updated=len(corrections) + replaced,
        unchanged=unchanged + len(known) - len(corrections),
        hidden=hidden,
        too_old=tuple(too_old),
    )


def _says_the_same(old: NewRecord, new: NewRecord) -> bool:
    """Whether the stored record is this one; one that came without a price and has been given ours since still is."""
    if new["cost"] is None and not new["rule"]:
        return old == {**new, "cost": old["cost"], "rule": old["rule"]}
    return old == new


async def reprice(session: AsyncSession, before: Sequence[NewRecord], after: Sequence[NewRecord]) -> None:
    """Give stored records another cost and rule, in the monthly sums too; the caller holds the line."""
    await _replace(session, after)
    await _add_to_months(session, [], before, after)


async def _insert_new(session: AsyncSession, records: Mapping[Key, NewRecord]) -> dict[Key, NewRecord]:
    """Insert what is not stored yet; what is, as it is stored and held until the transaction ends.

    Nearly always everything is new, and then one statement suffices: how many rows it inserted says whether so.
    """
    known: dict[Key, NewRecord] = {}
    moment = await driver_moment(session)
    for _ in range(_ATTEMPTS):
        fresh = [record for key, record in records.items() if key not in known]
        if not fresh:
            return known
        attempt = await session.begin_nested()
        if await run_for_many(session, _INSERT, [_row(record, moment) for record in fresh]) == len(fresh):
            await attempt.commit()
            return known
        await attempt.rollback()
        known = await _stored(session, records)
    raise RecordsInMotion


def _row(record: NewRecord, moment: Callable[[datetime], Any]) -> tuple[Any, ...]:
    cost = record["cost"]
    return (
        record["line_id"],
        moment(record["started_at"]),
        record["ref"],
        record["category"].value,
        record["quantity"],
        record["other_party"],
        None if cost is None else cost.kopiykas,
        record["rule"],
    )


async def _stored(session: AsyncSession, keys: Iterable[Key]) -> dict[Key, NewRecord]:
    connection = await session.connection()
    found: dict[Key, NewRecord] = {}
    ordered = list(keys)
    for start in range(0, len(ordered), _KEYS_PER_QUERY):
        asked = ordered[start : start + _KEYS_PER_QUERY]
        asked += asked[-1:] * (_KEYS_PER_QUERY - len(asked))
        parameters = {f"{name}_{n}": part for n, key in enumerate(asked) for name, part in zip(_KEY, key, strict=True)}
        for row in (await connection.execute(_lookup(), parameters)).mappings():
            record = cast("NewRecord", dict(row))
            found[_key(record)] = record
    return found


@cache
def _lookup() -> Select[Any]:
    """Records by many keys. A join, since SQLite answers `(a, b, c) IN (…)` by reading the whole table; and a text
    made once, since SQLAlchemy would compile its own VALUES again each time.
    """
    table = table_of(UsageRecord)
    columns = [table.c[name] for name in _KEY]
    rows = ", ".join("(" + ", ".join(f":{name}_{n}" for name in _KEY) + ")" for n in range(_KEYS_PER_QUERY))
    names = ", ".join(f"column{n} AS {name}" for n, name in enumerate(_KEY, 1))
    given = [bindparam(f"{c.name}_{n}", type_=c.type) for n in range(_KEYS_PER_QUERY) for c in columns]
    given_back = [table.c[name] for name in NewRecord.__annotations__]
    asked = text(f"SELECT {names} FROM (VALUES {rows}) AS given").bindparams(*given)  # noqa: S608 -- no data in it
    keys = asked.columns(*(column(c.name, c.type) for c in columns)).cte("asked")
    return select(*given_back).join(keys, and_(*(c == keys.c[c.name] for c in columns))).with_for_update(of=table)


async def _replace(session: AsyncSession, records: Iterable[NewRecord]) -> None:
    table = table_of(UsageRecord)
    keys = {name: f"old_{name}" for name in _KEY}
    replacing = update(table).where(*(table.c[name] == bindparam(bound) for name, bound in keys.items()))
    rows = [{keys.get(name, name): value for name, value in record.items()} for record in records]
    if rows:
        await (await session.connection()).execute(replacing, rows)


async def _add_to_months(
    session: AsyncSession, fresh: Iterable[NewRecord], before: Iterable[NewRecord], after: Iterable[NewRecord]
) -> None:
    sums: defaultdict[tuple[int, str, UsageCategory], list[int]] = defaultdict(lambda: [0, 0, 0])
    for records, sign in ((fresh, 1), (after, 1), (before, -1)):
        for record in records:
            cost = record["cost"]
            total = sums[record["line_id"], month_of(record["started_at"]), record["category"]]
            total[0] += sign
            total[1] += sign * record["quantity"]
            total[2] += sign * cost.kopiykas if cost is not None else 0
    rows = [
        (line_id, month, category.value, *total) for (line_id, month, category), total in sums.items() if any(total)
    ]
    if rows:
        await run_for_many(session, _ADD, sorted(rows))


def month_of(moment: datetime) -> str:
    """The Kyiv calendar month ("2026-11") that bills this moment; a tenth of the price of `Month.of`."""
    # Kyiv differs from UTC by whole hours, so an hour of UTC lies in one month.
    return _month_of_hour(int(moment.timestamp()) // 3600)


@lru_cache(maxsize=50_000)
def _month_of_hour(hour: int) -> str:
    return str(Month.of(datetime.fromtimestamp(hour * 3600, UTC)))


def _key(record: NewRecord) -> Key:
    return record["line_id"], record["started_at"], record["ref"]
