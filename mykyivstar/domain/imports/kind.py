"""What a kind of file is: its columns, and how its rows get into the database."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.imports.columns import Column
from mykyivstar.domain.imports.source import Source

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """A row whose cells are all readable. A column that the file does not have is not among its values."""

    line: int
    values: dict[str, Any]
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row that cannot be stored, and why."""

    row: Row
    column: str
    reason: str


@dataclass(slots=True)
class Outcome:
    """What became of a batch of rows."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: list[Rejection] = field(default_factory=list)
    # Not kept on purpose: calls for help (E3).
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class Occasion:
    """When an import happens and from where."""

    at: datetime
    source: Source


Store = Callable[[AsyncSession, Sequence[Row], Occasion], Awaitable[Outcome]]
Check = Callable[[Values, datetime], Iterable[tuple[str, str]]]


def nothing_to_check(_values: Values, _at: datetime) -> Iterable[tuple[str, str]]:
    """The check of a kind whose columns do not depend on one another."""
    return ()


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file."""

    name: str
    columns: Sequence[Column]
    store: Store
    # What is wrong between columns: pairs of a column and a reason.
    check: Check = nothing_to_check
    # What may stand in a file once only, and what people call it; None where the store itself copes with repeats.
    identity: Callable[[Values], str] | None = None
    batch: int = 1_000
