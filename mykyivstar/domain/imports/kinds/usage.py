"""Usage records (CDRs)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.blocking.periods import Blocked, blocks_of, was_blocked
from mykyivstar.domain.imports import cells, references
from mykyivstar.domain.imports.columns import Column
from mykyivstar.domain.imports.kind import Kind, Occasion, Outcome, Rejection, Row, Values
from mykyivstar.domain.usage import ingest
from mykyivstar.domain.usage.models import UsageCategory
from mykyivstar.domain.usage.stored import NewRecord

# Clocks of switches differ a little; a day is a mistake.
_AHEAD: Final = timedelta(hours=1)
_TOO_OLD: Final = "lies in a time whose records have been thrown away; its sums are closed"
_BLOCKED: Final = "lies in a time in which the line was blocked: nothing is charged then, and this has a price"
_CHARGED: Final = "came without a price before, and our own rating has charged for it: the price is not taken"


def _check(values: Values, at: datetime) -> Iterable[tuple[str, str]]:
    if values["started_at"] > at + _AHEAD:
        yield "started_at", "lies in the future"


def _identity(values: Values) -> str:
    # The moment first: files follow the time, and what is near in the file shall be near in what is remembered.
    return f"{values['started_at'].timestamp()} {values['msisdn']} {values['ref']}"


async def _store(session: AsyncSession, rows: Sequence[Row], _occasion: Occasion) -> Outcome:
    lines = await references.line_ids(session, {row.values["msisdn"] for row in rows})
    rejected: list[Rejection] = []
    records: list[NewRecord] = []
    taken: list[Row] = []
    blocked = await _blocked(session, lines, rows)
    for row in rows:
        values = row.values
        line_id = lines.get(values["msisdn"])
        if line_id is None:
            rejected.append(Rejection(row, "msisdn", f"there is no line +{values['msisdn']}"))
            continue
        if line_id in blocked and values.get("cost") and was_blocked(blocked[line_id], values["started_at"]):
            rejected.append(Rejection(row, "cost", _BLOCKED))
            continue
        taken.append(row)
        records.append(
            {
                "line_id": line_id,
                "started_at": values["started_at"],
                "ref": values["ref"],
                "category": values["category"],
                "quantity": values["quantity"],
                "other_party": values.get("other_party", ""),
                "cost": values.get("cost"),
                "rule": values.get("rule", ""),
            }
        )
    stored = await ingest.store(session, records)
    for refused, column, reason in ((stored.too_old, "started_at", _TOO_OLD), (stored.charged, "cost", _CHARGED)):
        if refused:
            ids = {id(record) for record in refused}
            rows_of = [row for row, record in zip(taken, records, strict=True) if id(record) in ids]
            rejected += [Rejection(row, column, reason) for row in rows_of]
    return Outcome(stored.created, stored.updated, stored.unchanged, rejected, stored.hidden)


async def _blocked(
    session: AsyncSession, lines: Mapping[str, int], rows: Sequence[Row]
) -> Mapping[int, Sequence[Blocked]]:
    """When the lines were blocked for which the operator's billing wants money (G1)."""
    priced = [row.values for row in rows if row.values.get("cost")]
    ids = {lines[values["msisdn"]] for values in priced if values["msisdn"] in lines}
    return await blocks_of(session, ids, min(values["started_at"] for values in priced)) if ids else {}


USAGE = Kind(
    name="usage",
    columns=(
        Column("msisdn", cells.digits, required=True, repeats=True),
        Column("started_at", cells.moment, required=True),
        Column("ref", cells.text(40), required=True),
        Column("category", cells.one_of(UsageCategory), required=True, repeats=True),
        Column("quantity", cells.quantity, required=True, repeats=True),
        Column("other_party", cells.other_party, blank="", repeats=True),
        Column("cost", cells.money(), repeats=True),
        Column("rule", cells.text(80), blank="", repeats=True),
    ),
    store=_store,
    check=_check,
    identity=_identity,
    batch=ingest.BATCH,
)
