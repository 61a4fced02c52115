"""A paper of rows as CSV, XLSX and PDF: the same cells, each format as people expect it."""

import csv
import json
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, time
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any, Protocol

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from mykyivstar.formatting.dates import format_date
from mykyivstar.formatting.money import format_money
from mykyivstar.formatting.numbers import format_number
from mykyivstar.i18n import tr
from mykyivstar.kit.money import Money
from mykyivstar.papers.pdf import proof_of, set_paper
from mykyivstar.papers.press import Press
from mykyivstar.papers.reports.pdf import TAGGED_MOST
from mykyivstar.papers.reports.tables import defused
from mykyivstar.papers.words import Row

Cell = str | int | Money | date | time
_WIDTHS = {date: 11, time: 10, Money: 14, int: 10, str: 34}


class Sheet(Protocol):
    """A file that takes its rows as they come. Everything raises OSError on a full disk."""

    def add(self, rows: Sequence[Sequence[Cell]]) -> None:
        """The next rows."""
        ...

    def end(self, facts: Sequence[Row], amount: Row, code: str) -> None:
        """What the paper says besides, its most important sum and its code; then it is whole."""
        ...

    def drop(self) -> None:
        """It is not finished after all."""
        ...


class CsvSheet:
    """Semicolons, a byte order mark and the language's own decimal sign; the facts below, after an empty line."""

    def __init__(self, path: Path, lang: str, columns: Sequence[str]) -> None:
        self._lang = lang
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._csv = csv.writer(self._file, delimiter=";")
        self._csv.writerow(columns)

    def add(self, rows: Sequence[Sequence[Cell]]) -> None:
        self._csv.writerows([self._written(cell) for cell in row] for row in rows)

    def end(self, facts: Sequence[Row], amount: Row, code: str) -> None:
        self._csv.writerow([])
        for fact in (*facts, amount, Row(tr(self._lang, "Code of the paper"), code)):
            self._csv.writerow([defused(fact.label), defused(fact.value)])
        self._file.close()

    def drop(self) -> None:
        # What is still to be written does not fit the disk either.
        with suppress(OSError):
            self._file.close()

    def _written(self, cell: Cell) -> str | int:
        match cell:
            case Money():
                text = f"{cell.kopiykas / 100:.2f}"
                return text if self._lang == "en" else text.replace(".", ",")
            case date():
                return f"{cell:%d.%m.%Y}"
            case time():
                return f"{cell:%H:%M:%S}"
            case str():
                return defused(cell)
        return cell


class XlsxSheet:
    """Dates and sums are dates and numbers; the facts are on a sheet of their own."""

    def __init__(self, path: Path, lang: str, title: str, columns: Sequence[str], kinds: Sequence[type]) -> None:
        self._lang, self._row = lang, 1
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        # Its own: what is left of a book that did not fit the disk goes with it.
        self._scratch = Path(mkdtemp(prefix=".", dir=path.parent))
        self._book = xlsxwriter.Workbook(str(path), {**options, "tmpdir": str(self._scratch)})
        self._bold = self._book.add_format({"bold": True})
        self._day = self._book.add_format({"num_format": "dd.mm.yyyy"})
        self._time = self._book.add_format({"num_format": "hh:mm:ss"})
        self._money = self._book.add_format({"num_format": "#,##0.00"})
        self._sheet = self._book.add_worksheet(title[:31])
        for column, (name, kind) in enumerate(zip(columns, kinds, strict=True)):
            self._sheet.set_column(column, column, _WIDTHS[kind])
            self._sheet.write_string(0, column, name, self._bold)
        self._sheet.freeze_panes(1, 0)

    def add(self, rows: Sequence[Sequence[Cell]]) -> None:
        for row in rows:
            for column, cell in enumerate(row):
                self._write(column, cell)
            self._row += 1

    def end(self, facts: Sequence[Row], amount: Row, code: str) -> None:
        sheet = self._book.add_worksheet(tr(self._lang, "Sums"))
        sheet.set_column(0, 1, 34)
        for row, fact in enumerate((*facts, amount, Row(tr(self._lang, "Code of the paper"), code))):
            sheet.write_string(row, 0, fact.label, self._bold)
            sheet.write_string(row, 1, fact.value)
        try:
            self._book.close()
        except XlsxWriterException as error:
            raise OSError(str(error)) from error
        rmtree(self._scratch, ignore_errors=True)

    def drop(self) -> None:
        for sheet in self._book.worksheets():
            if sheet.row_data_filename:
                with suppress(OSError):
                    sheet.row_data_fh.close()
        rmtree(self._scratch, ignore_errors=True)
        self._book.fileclosed = True

    def _write(self, column: int, cell: Cell) -> None:
        match cell:
            case Money():
                self._sheet.write_number(self._row, column, cell.kopiykas / 100, self._money)
            case date():
                self._sheet.write_datetime(self._row, column, cell, self._day)
            case time():
                self._sheet.write_datetime(self._row, column, cell, self._time)
            case int():
                self._sheet.write_number(self._row, column, cell)
            case _:
                self._sheet.write_string(self._row, column, cell)


class PdfSheet:
    """Collects its rows, which are few, and is set at the end: tagged for screen readers while it is short."""

    def __init__(self, path: Path, lang: str, press: Press, said: dict[str, Any], kinds: Sequence[type]) -> None:
        """`said`: "title", "table", "columns", "none", "foot"."""
        self._path, self._lang, self._press, self._said = path, lang, press, said
        self._aligns = ["right" if kind in {Money, int} else "left" for kind in kinds]
        self._grows = [kind is str for kind in kinds]
        self._rows: list[list[str]] = []

    def add(self, rows: Sequence[Sequence[Cell]]) -> None:
        self._rows += [[self._written(cell) for cell in row] for row in rows]

    def end(self, facts: Sequence[Row], amount: Row, code: str) -> None:
        said = {
            **self._said,
            "lang": self._lang,
            "issuer": tr(self._lang, "Kyivstar"),
            "service": tr(self._lang, "My Kyivstar"),
            "facts": [{"label": fact.label, "value": fact.value} for fact in facts],
            "amount": {"label": amount.label, "value": amount.value},
            "rows": self._rows,
            "aligns": self._aligns,
            "grows": self._grows,
            "proof": proof_of(code, self._press, self._lang),
            "page": tr(self._lang, "Page"),
        }
        is_tagged = len(self._rows) <= TAGGED_MOST
        self._path.write_bytes(set_paper("account.typ", json.dumps(said, ensure_ascii=False), is_tagged=is_tagged))

    def drop(self) -> None:
        self._rows.clear()

    def _written(self, cell: Cell) -> str:
        match cell:
            case Money():
                return format_money(cell.kopiykas, self._lang)
            case date():
                return format_date(cell, self._lang, "short")
            case time():
                return f"{cell:%H:%M}"
            case int():
                return format_number(cell, self._lang)
        return cell
