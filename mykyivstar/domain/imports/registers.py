"""Bringing a table up to what a file says: new rows, changed rows, and the many that are as they were."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

M = TypeVar("M", bound=SQLModel)
Derive = Callable[[Mapping[str, Any]], Mapping[str, Any]]


class Merged(dict[str, Any]):
    """A JSON column of which a file may know only a part (the texts of one language): empty parts are taken out."""

    def onto(self, old: Mapping[str, Any] | None) -> dict[str, Any]:
        """What the column becomes."""
        return {key: value for key, value in {**(old or {}), **self}.items() if value not in {None, ""}}


@dataclass(slots=True)
class Upserted(Generic[M]):
    """The rows of a batch, with what changed in those that were there before."""

    created: list[M] = field(default_factory=list)
    updated: list[tuple[M, set[str]]] = field(default_factory=list)
    unchanged: int = 0


async def upsert(
    session: AsyncSession,
    model: type[M],
    rows: Sequence[Mapping[str, Any]],
    *,
    key: Sequence[str],
    derive: Derive | None = None,
) -> Upserted[M]:
    """Store these values, each row by its unique `key`; a column that is not among the values stays as it is.

    `derive` makes further columns from all the others (a search key). The first column of the key finds the rows.
    """
    first = getattr(model, key[0])
    held = await session.exec(select(model).where(col(first).in_({row[key[0]] for row in rows})))
    known = {tuple(getattr(one, name) for name in key): one for one in held}
    done: Upserted[M] = Upserted()
    for row in rows:
        old = known.get(tuple(row[name] for name in key))
        if old is None:
            values = {name: _onto(value, None) for name, value in row.items()}
            new = model(**values, **(derive(values) if derive else {}))
            session.add(new)
            done.created.append(new)
        elif differing := _brought_up_to(old, row, derive):
            done.updated.append((old, differing))
        else:
            done.unchanged += 1
    await session.flush()
    return done


def _onto(value: Any, old: Any) -> Any:
    return value.onto(old) if isinstance(value, Merged) else value


def _brought_up_to(old: SQLModel, row: Mapping[str, Any], derive: Derive | None) -> set[str]:
    """Set what differs, and say which columns those are."""
    wanted = {name: _onto(value, getattr(old, name)) for name, value in row.items()}
    if derive:
        wanted |= derive(wanted)
    differing = {name for name, value in wanted.items() if getattr(old, name) != value}
    for name in differing:
        setattr(old, name, wanted[name])
    return differing
