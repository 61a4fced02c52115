"""Call details as tables: CSV that opens right in a spreadsheet, and XLSX; both written along, never held whole."""

import csv
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from mykyivstar.domain.papers.details import DetailsPaper
from mykyivstar.domain.reports.contents import Sums
from mykyivstar.domain.usage.models import UsageRecord
from mykyivstar.formatting.numbers import HARD_SPACE
from mykyivstar.i18n import tr
from mykyivstar.kit.clock import KYIV
from mykyivstar.papers.reports import words

# What a spreadsheet takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_WIDTHS = (11, 10, 26, 24, 12, 10, 12)


class CsvTable:
    """Semicolons, a byte order mark and the language's own decimal sign."""

    def __init__(self, path: Path, lang: str) -> None:
        """Raises OSError, as everything here does on a full disk."""
        self._lang = lang
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._csv = csv.writer(self._file, delimiter=";")
        self._csv.writerow(words.table_columns(lang))

    def add(self, found: Sequence[UsageRecord]) -> None:
        """The next records."""
        self._csv.writerows(self._cells(record) for record in found)

    def end(self, _paper: DetailsPaper, _code: str, sums: Sums) -> None:
        """The sums below, after an empty line."""
        self._csv.writerow([])
        self._csv.writerow(words.sum_columns(self._lang))
        for each in sums.rows:
            name = words.category(each.category, self._lang)
            self._csv.writerow([name, each.records, each.quantity, self._money(each.cost.kopiykas)])
        total = [tr(self._lang, "Total"), sums.records, "", self._money(sums.cost.kopiykas)]
        self._csv.writerow(total)
        self._file.close()

    def drop(self) -> None:
        """It is not finished after all."""
        # What is still to be written does not fit the disk either.
        with suppress(OSError):
            self._file.close()

    def _cells(self, record: UsageRecord) -> list[Any]:
        at = record.started_at.astimezone(KYIV)
        return [
            f"{at:%d.%m.%Y}",
            f"{at:%H:%M:%S}",
            words.category(record.category, self._lang),
            defused(record.other_party),
            record.quantity,
            words.unit(record.category, self._lang),
            "" if record.cost is None else self._money(record.cost.kopiykas),
        ]

    def _money(self, kopiykas: int) -> str:
        text = f"{kopiykas / 100:.2f}"
        return text if self._lang == "en" else text.replace(".", ",")


class XlsxTable:
    """Dates and sums are dates and numbers; the sums are on a sheet of their own."""

    def __init__(self, path: Path, lang: str) -> None:
        """Raises OSError."""
        self._lang, self._row = lang, 1
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            # Its own: what is left of a book that did not fit the disk goes with it.
            "tmpdir": mkdtemp(prefix=".", dir=path.parent),
        }
        self._scratch = Path(str(options["tmpdir"]))
        self._book = xlsxwriter.Workbook(str(path), options)
        self._bold = self._book.add_format({"bold": True})
        self._day = self._book.add_format({"num_format": "dd.mm.yyyy"})
        self._time = self._book.add_format({"num_format": "hh:mm:ss"})
        self._money = self._book.add_format({"num_format": "#,##0.00"})
        self._sheet = self._book.add_worksheet(tr(lang, "Call details"))
        for column, width in enumerate(_WIDTHS):
            self._sheet.set_column(column, column, width)
        self._sheet.freeze_panes(1, 0)
        for column, name in enumerate(words.table_columns(lang)):
            self._sheet.write_string(0, column, name, self._bold)

    def add(self, found: Sequence[UsageRecord]) -> None:
        """The next records."""
        sheet = self._sheet
        for row, record in enumerate(found, self._row):
            at = record.started_at.astimezone(KYIV).replace(tzinfo=None)
            sheet.write_datetime(row, 0, at.replace(hour=0, minute=0, second=0, microsecond=0), self._day)
            sheet.write_datetime(row, 1, at.time().replace(microsecond=0), self._time)
            sheet.write_string(row, 2, words.category(record.category, self._lang))
            sheet.write_string(row, 3, record.other_party)
            sheet.write_number(row, 4, record.quantity)
            sheet.write_string(row, 5, words.unit(record.category, self._lang))
            if record.cost is not None:
                sheet.write_number(row, 6, record.cost.kopiykas / 100, self._money)
        self._row += len(found)

    def end(self, paper: DetailsPaper, code: str, sums: Sums) -> None:
        """The sheet of sums, with what the paper says. Raises OSError."""
        sheet, row = self._book.add_worksheet(tr(self._lang, "Sums")), 0
        sheet.set_column(0, 3, 26)
        for row, fact in enumerate((words.number(paper, self._lang), *words.rows(paper, self._lang))):
            sheet.write_string(row, 0, fact.label, self._bold)
            sheet.write_string(row, 1, fact.value)
        row += 1
        sheet.write_string(row, 0, tr(self._lang, "Code of the paper"), self._bold)
        sheet.write_string(row, 1, code)
        row += 2
        for column, name in enumerate(words.sum_columns(self._lang)):
            sheet.write_string(row, column, name, self._bold)
        for each in sums.rows:
            row += 1
            sheet.write_string(row, 0, words.category(each.category, self._lang))
            sheet.write_number(row, 1, each.records)
            sheet.write_number(row, 2, each.quantity)
            sheet.write_number(row, 3, each.cost.kopiykas / 100, self._money)
        row += 1
        sheet.write_string(row, 0, tr(self._lang, "Total"), self._bold)
        sheet.write_number(row, 1, sums.records, self._bold)
        sheet.write_number(row, 3, sums.cost.kopiykas / 100, self._money)
        try:
            self._book.close()
        except XlsxWriterException as error:
            raise OSError(str(error)) from error
        rmtree(self._scratch, ignore_errors=True)

    def drop(self) -> None:
        """It is not finished after all: its temporary files go."""
        for sheet in self._book.worksheets():
            if sheet.row_data_filename:
                with suppress(OSError):
                    sheet.row_data_fh.close()
        rmtree(self._scratch, ignore_errors=True)
        self._book.fileclosed = True


def defused(text: str) -> str:
    """A text that no spreadsheet takes for a formula; a phone number loses its plus for that."""
    if text.startswith("+") and text[1:].replace(HARD_SPACE, "").isdigit():
        return text[1:]
    return f"'{text}" if text.startswith(_FORMULA) else text
