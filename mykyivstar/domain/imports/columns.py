"""Columns of a kind of file, and the plan by which the rows of one file become their values."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final, Self
from zoneinfo import ZoneInfo

from mykyivstar.domain.imports import mapping as mappings
from mykyivstar.domain.imports.cells import Read, Reader, Writing
from mykyivstar.domain.imports.problems import BadFile, BadValue
from mykyivstar.domain.imports.source import REJECT_COLUMNS

# Columns repeat themselves: brands, prices, the same few thousand numbers. Enough for those, little memory.
_REMEMBERED: Final = 4_096


@dataclass(frozen=True, slots=True)
class Column:
    """One of our columns: how its cells are read, and what an empty cell means."""

    name: str
    reader: Reader
    required: bool = False
    blank: Any = None
    # Whether the same text is likely to come again.
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class _Cell:
    name: str
    take: Callable[[Sequence[str]], str]
    read: Read


@dataclass(frozen=True, slots=True)
class Plan:
    """How to read the rows of one file."""

    cells: Sequence[_Cell]

    @classmethod
    def of(cls, columns: Sequence[Column], mapping: mappings.Mapping, header: Sequence[str]) -> Self:
        """Match our columns to the header of the file. Raises BadFile."""
        known = {column.name: column for column in columns}
        wanted = mapping.columns if mapping.columns is not None else _own(header)
        if strangers := set(wanted) - set(known):
            raise BadFile(f"no such column: {', '.join(sorted(strangers))}; known are {', '.join(known)}")
        if missing := [column.name for column in columns if column.required and column.name not in wanted]:
            raise BadFile(f"lacks the column {' and '.join(missing)}; its header is {', '.join(header)}")
        places = _Places.of(header)
        return cls([_cell(known[name], theirs, mapping, places) for name, theirs in wanted.items()])

    def read(self, row: Sequence[str]) -> tuple[dict[str, Any], Sequence[tuple[str, str]]]:
        """The values of a row by column, and the columns that are wrong with the reasons."""
        values: dict[str, Any] = {}
        wrong: list[tuple[str, str]] = []
        for cell in self.cells:
            try:
                values[cell.name] = cell.read(cell.take(row))
            except BadValue as reason:
                wrong.append((cell.name, str(reason)))
        return values, wrong


def _own(header: Sequence[str]) -> Mapping[str, mappings.ColumnMapping]:
    """Without a mapping the header names our columns; a misspelt one shall not be passed over in silence."""
    names = [name for name in header if name.casefold() not in REJECT_COLUMNS]
    return {name.casefold(): mappings.ColumnMapping.model_validate({"from": name}) for name in names if name}


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the columns of a header stand."""

    header: Sequence[str]
    by_name: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, header: Sequence[str]) -> Self:
        by_name: dict[str, list[int]] = {}
        for index, name in enumerate(header):
            by_name.setdefault(name.casefold(), []).append(index)
        return cls(header, by_name)

    def of_each(self, names: Iterable[str]) -> Sequence[int]:
        found = []
        for name in names:
            places = self.by_name.get(name.strip().casefold(), ())
            if len(places) != 1:
                how = "lacks the column" if not places else "has more than one column"
                raise BadFile(f"{how} '{name}'; its header is {', '.join(self.header)}")
            found.append(places[0])
        return found


def _cell(column: Column, theirs: mappings.ColumnMapping, mapping: mappings.Mapping, places: _Places) -> _Cell:
    read = _reading(column, theirs, mapping)
    if theirs.fixed is not None:
        fixed = theirs.fixed
        try:
            read(fixed)
        except BadValue as reason:
            raise BadFile(f"the mapping's fixed {column.name} {reason}") from reason
        return _Cell(column.name, lambda _row: fixed, read)
    indexes = places.of_each(theirs.source)
    if len(indexes) == 1:
        return _Cell(column.name, itemgetter(indexes[0]), read)
    return _Cell(column.name, lambda row: theirs.join.join(row[index].strip() for index in indexes), read)


def _reading(column: Column, theirs: mappings.ColumnMapping, mapping: mappings.Mapping) -> Read:
    writing = Writing(
        decimal=mapping.decimal if theirs.decimal is None else theirs.decimal,
        multiply=theirs.multiply,
        round=theirs.round,
        formats=tuple(theirs.format),
        zone=ZoneInfo(theirs.zone or mapping.zone),
    )
    parse = column.reader(writing)
    words = {word.casefold(): ours for word, ours in theirs.values.items()}

    def read(text: str) -> Any:
        text = text.strip()
        if not text:
            text = theirs.blank or ""
        elif words or theirs.other is not None:
            text = words.get(text.casefold(), text if theirs.other is None else theirs.other)
        if text:
            return parse(text)
        if column.required:
            raise BadValue("is empty")
        return column.blank

    return lru_cache(_REMEMBERED)(read) if column.repeats or theirs.fixed is not None else read
