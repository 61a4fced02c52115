"""What lines have left of their packages."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import changed
from mykyivstar.domain.imports import cells, references
from mykyivstar.domain.imports.columns import Column
from mykyivstar.domain.imports.kind import Kind, Occasion, Outcome, Rejection, Row, Values
from mykyivstar.domain.imports.registers import upsert
from mykyivstar.domain.usage.models import Allowance, AllowanceKind


def _check(values: Values, _at: datetime) -> Iterable[tuple[str, str]]:
    if values["left"] > values["granted"] and not values.get("is_unlimited"):
        yield "left", f"more is left ({values['left']}) than was granted ({values['granted']})"


async def _store(session: AsyncSession, rows: Sequence[Row], _occasion: Occasion) -> Outcome:
    lines = await references.lines(session, (row.values["msisdn"] for row in rows))
    sources = await references.sources(session, (row.values["source"] for row in rows))
    rejected: list[Rejection] = []
    resolved = []
    for row in rows:
        values = dict(row.values)
        number = values.pop("msisdn")
        if number not in lines:
            rejected.append(Rejection(row, "msisdn", f"there is no line {number.e164}"))
        elif values["source"] not in sources:
            rejected.append(Rejection(row, "source", f"there is no tariff or service '{values['source']}'"))
        else:
            resolved.append(values | {"line_id": lines[number][0]})
    done = await upsert(session, Allowance, resolved, key=["line_id", "kind", "source", "expires_at"])
    for allowance in (*done.created, *(one for one, _ in done.updated)):
        changed(session, Subject(Topic.LINE, allowance.line_id))
    return Outcome(len(done.created), len(done.updated), done.unchanged, rejected)


ALLOWANCES = Kind(
    name="allowances",
    columns=(
        Column("msisdn", cells.msisdn, required=True, repeats=True),
        Column("kind", cells.one_of(AllowanceKind), required=True, repeats=True),
        Column("source", cells.code(), required=True, repeats=True),
        Column("granted", cells.quantity, required=True, repeats=True),
        Column("left", cells.quantity, required=True),
        Column("is_unlimited", cells.boolean, blank=False, repeats=True),
        Column("expires_at", cells.moment, required=True, repeats=True),
    ),
    store=_store,
    check=_check,
    identity=lambda values: (
        f"{values['msisdn']} {values['kind']} {values['source']} {values['expires_at'].timestamp()}"
    ),
)
