"""A delimited text file, row by row, however large; what cannot be read is reported and passed over."""

import codecs
import csv
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, Final

from mykyivstar.domain.imports.problems import BadFile

DELIMITERS: Final = (";", ",", "\t", "|")
_NO_DELIMITERS: Final = '"\r\n'
# How compressed files begin: gzip, ZIP (and with it .xlsx), Zstandard, xz, bzip2.
_COMPRESSED: Final = (b"\x1f\x8b", b"PK\x03\x04", b"\x28\xb5\x2f\xfd", b"\xfd7zXZ", b"BZh")
# Columns that `--rejects` adds: a mended file of rejects is imported as it is.
REJECT_COLUMNS: Final = ("reject_line", "reject_column", "reject_reason")
_LONGEST_HEADER: Final = 1 << 16
_LONGEST_MARK: Final = 8
# Bytes that the encoding does not know survive as these, so that they spoil one row and not the file.
_UNDECODABLE: Final = "surrogateescape"


def holds_rejects(path: Path) -> bool:
    """Whether this is a file of rejected rows, perhaps mended: with a header and in UTF-8, whatever they came from."""
    try:
        with path.open("rb") as file:
            header = file.readline(_LONGEST_HEADER).decode("utf-8", "replace")
    except OSError:
        # Whoever reads it says so.
        return False
    names = [name.strip('"') for name in re.split(f"[{re.escape(''.join(DELIMITERS))}]", header.strip().casefold())]
    return tuple(names[-len(REJECT_COLUMNS) :]) == REJECT_COLUMNS


@dataclass(frozen=True, slots=True)
class RawRow:
    """The cells of one row; `unreadable` says why it is none."""

    line: int
    cells: Sequence[str]
    unreadable: str = ""


@dataclass
class Source:
    """One file. Empty settings are found out: the delimiter from the header, UTF-8 with or without a mark."""

    path: Path
    encoding: str = ""
    delimiter: str = ""
    skip: int = 0
    given_header: Sequence[str] = ()
    header: Sequence[str] = ()
    #: How far reading is, in bytes.
    position: int = 0
    _lines: int = field(default=0, repr=False)

    @property
    def name(self) -> str:
        return self.path.name

    @cached_property
    def size(self) -> int:
        return self.path.stat().st_size

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the content: what tells one file from another, whatever its name."""
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def rows(self) -> Iterator[RawRow]:
        """Read the header, then yield every row that is not blank. Raises BadFile."""
        try:
            codec = codecs.lookup(self.encoding or "utf-8").name
        except LookupError as error:
            raise BadFile(f"there is no encoding '{self.encoding}'") from error
        if self.delimiter and (len(self.delimiter) != 1 or self.delimiter in _NO_DELIMITERS):
            raise BadFile(f"'{self.delimiter}' cannot separate cells; give one sign, for example ;")
        if codec.startswith(("utf-16", "utf-32")):
            raise BadFile(f"{codec} is not read; export it as CSV in UTF-8")
        try:
            file = self.path.open("rb")
        except OSError as error:
            raise BadFile(f"cannot be read: {error.strerror}") from error
        with file:
            if file.peek(_LONGEST_MARK).startswith(_COMPRESSED):
                raise BadFile("is compressed or a spreadsheet; unpack it, or export it as CSV in UTF-8")
            lines = self._decoded(file, codec)
            self._read_header(lines)
            yield from self._rows(lines)

    def _decoded(self, file: BinaryIO, codec: str) -> Iterator[str]:
        self.position = self._lines = 0
        for line in file:
            self.position += len(line)
            self._lines += 1
            text = line.decode(codec, _UNDECODABLE)
            yield text.removeprefix("\ufeff") if self._lines == 1 else text

    def _read_header(self, lines: Iterator[str]) -> None:
        for _ in range(self.skip):
            next(lines, "")
        if self.given_header:
            self.header = tuple(self.given_header)
            self.delimiter = self.delimiter or ","
            return
        first = next((line for line in lines if line.strip()), None)
        if first is None:
            raise BadFile("is empty: not even a header")
        if "\0" in first:
            raise BadFile("is not a text file in this encoding; a spreadsheet can export it as CSV in UTF-8")
        self.delimiter = self.delimiter or max(DELIMITERS, key=first.count)
        try:
            cells = next(csv.reader([first], delimiter=self.delimiter, strict=True))
        except csv.Error as error:
            raise BadFile(f"has no readable header: {error}") from error
        self.header = tuple(cell.strip() for cell in cells)

    def _rows(self, lines: Iterator[str]) -> Iterator[RawRow]:
        reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
        columns = len(self.header)
        while True:
            line = self._lines + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield RawRow(line, (), self._explained(str(error), line))
                continue
            if not any(cells):
                continue
            yield RawRow(line, cells) if len(cells) == columns else self._of_another_length(line, cells)

    def _of_another_length(self, line: int, cells: list[str]) -> RawRow:
        columns = len(self.header)
        if not any(cells[columns:]) and len(cells) > columns:
            return RawRow(line, cells[:columns])
        return RawRow(line, cells, f"has {len(cells)} cells where the header has {columns}")

    def _explained(self, reason: str, line: int) -> str:
        if "unexpected end of data" in reason or "field larger than" in reason:
            return f"a quotation mark is opened here and not closed; lines up to {self._lines} were lost with it"
        return f"is not readable as a row: {reason}"
