"""Storing usage records by the hundred thousand, their monthly sums in the same transaction."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import bindparam, update
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import changed
from mykyivstar.db.partitions import cover
from mykyivstar.db.statements import ManyRows, driver_moment, insert_many, table_of
from mykyivstar.domain.usage.hidden import is_hidden
from mykyivstar.domain.usage.models import UsageCategory, UsageRecord
from mykyivstar.domain.usage.retention import kept_since
from mykyivstar.domain.usage.stored import KEY, Key, NewRecord, OldRecord, key_of, stored_records
from mykyivstar.kit.period import Month

#: How many records one transaction may well store. Fewer touch nearly as many pages of the disk each time; more keep
#: other writers waiting for over a second.
BATCH: Final = 20_000
_ATTEMPTS: Final = 5

_INSERT: Final = ManyRows(
    "usage_record",
    {
        "line_id": "bigint",
        "started_at": "timestamptz",
        "ref": "text",
        "category": "text",
        "quantity": "bigint",
        "other_party": "text",
        "cost": "bigint",
        "rule": "text",
    },
    "ON CONFLICT DO NOTHING",
)
_SUMS: Final = ("records", "quantity", "cost")
_ADD: Final = ManyRows(
    "usage_month",
    {"line_id": "bigint", "month": "text", "category": "text", **dict.fromkeys(_SUMS, "bigint")},
    "ON CONFLICT (line_id, month, category) DO UPDATE SET "
    + ", ".join(f"{name} = usage_month.{name} + excluded.{name}" for name in _SUMS),
)


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
    # Not taken: they come with a price, and we have charged for them already what our own rating said.
    charged: tuple[NewRecord, ...] = ()


class RecordsInMotion(RuntimeError):
    """Somebody else kept storing the same records while we tried to."""


async def store(session: AsyncSession, records: Sequence[NewRecord]) -> Stored:
    """Store records and add them to their lines' monthly sums (M6, E2); `BATCH` at a time is best.

    A record is known by line, start and ref: the same again changes nothing, a changed one replaces the old one in
    the sums too, unless it brings a price for what we have charged for: nobody shall pay twice. Of several with one key
    the last one counts. Lines of which something changed are announced.
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
        key = key_of(record)
        if (earlier := wanted.get(key)) is not None:
            unchanged += earlier == record
            replaced += earlier != record
        wanted[key] = record
    await cover(session, UsageRecord, (started_at for _, started_at, _ in wanted))
    # In the order of the primary key: neighbours on disk are written together, and two imports cannot deadlock.
    ordered = {key: wanted[key] for key in sorted(wanted)}
    known = await _insert_new(session, ordered)
    changes = {key: ordered[key] for key, old in known.items() if not _says_the_same(old, ordered[key])}
    twice = {key: record for key, record in changes.items() if record["cost"] is not None and known[key]["charged"]}
    corrections = {key: record for key, record in changes.items() if key not in twice}
    await _replace(session, corrections.values())
    fresh = [record for key, record in ordered.items() if key not in known]
    await _add_to_months(session, fresh, [known[key] for key in corrections], list(corrections.values()))
    touched = {record["line_id"] for record in (*fresh, *corrections.values())}
    changed(session, *(Subject(Topic.LINE, line_id) for line_id in sorted(touched)))
    return Stored(
        created=len(fresh),
        updated=len(corrections) + replaced,
        unchanged=unchanged + len(known) - len(changes),
        hidden=hidden,
        too_old=tuple(too_old),
        charged=tuple(twice.values()),
    )


def _says_the_same(old: OldRecord, new: NewRecord) -> bool:
    """Whether the stored record is this one; one that came without a price and has been given ours since still is."""
    stored = {name: value for name, value in old.items() if name != "charged"}
    if new["cost"] is None and not new["rule"]:
        return stored == {**new, "cost": old["cost"], "rule": old["rule"]}
    return stored == new


async def reprice(session: AsyncSession, before: Sequence[NewRecord], after: Sequence[NewRecord]) -> None:
    """Give stored records another cost and rule, in the monthly sums too; the caller holds the line."""
    await _replace(session, after)
    await _add_to_months(session, [], before, after)


async def _insert_new(session: AsyncSession, records: Mapping[Key, NewRecord]) -> dict[Key, OldRecord]:
    """Insert what is not stored yet; what is, as it is stored and held until the transaction ends.

    Nearly always everything is new, and then one statement suffices: how many rows it inserted says whether so.
    """
    known: dict[Key, OldRecord] = {}
    moment = await driver_moment(session)
    for _ in range(_ATTEMPTS):
        fresh = [record for key, record in records.items() if key not in known]
        if not fresh:
            return known
        attempt = await session.begin_nested()
        if await insert_many(session, _INSERT, [_row(record, moment) for record in fresh]) == len(fresh):
            await attempt.commit()
            return known
        await attempt.rollback()
        known = await stored_records(session, records)
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


async def _replace(session: AsyncSession, records: Iterable[NewRecord]) -> None:
    table = table_of(UsageRecord)
    keys = {name: f"old_{name}" for name in KEY}
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
        await insert_many(session, _ADD, sorted(rows))


def month_of(moment: datetime) -> str:
    """The Kyiv calendar month ("2026-11") that bills this moment; a tenth of the price of `Month.of`."""
    # Kyiv differs from UTC by whole hours, so an hour of UTC lies in one month.
    return _month_of_hour(int(moment.timestamp()) // 3600)


@lru_cache(maxsize=50_000)
def _month_of_hour(hour: int) -> str:
    return str(Month.of(datetime.fromtimestamp(hour * 3600, UTC)))
