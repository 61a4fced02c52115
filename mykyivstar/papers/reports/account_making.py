"""Making statements and invoices: the entries read once, page by page, and written to each format as they come (E5)."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path
from typing import Any

from mykyivstar.domain.catalogue.names import Names
from mykyivstar.domain.lines.keys import HoldingKind
from mykyivstar.domain.papers.account import account_paper
from mykyivstar.domain.reports.invoices import Invoice, InvoiceLine, invoice_of
from mykyivstar.domain.reports.models import Report, ReportFormat, ReportKind
from mykyivstar.domain.reports.movements import Movement
from mykyivstar.i18n import tr
from mykyivstar.kit.clock import KYIV
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month
from mykyivstar.papers.explanations import codes_of
from mykyivstar.papers.press import Press
from mykyivstar.papers.reports import account_words as words
from mykyivstar.papers.reports.making import Progress
from mykyivstar.papers.reports.sheets import Cell, CsvSheet, PdfSheet, Sheet, XlsxSheet

_READ_PERCENT = 80
_MOVEMENT: Sequence[type] = (date, time, str, str, Money, Money)
_INVOICE: Sequence[type] = (str, int, Money, Money, Money, Money)


@dataclass(frozen=True, slots=True)
class Movements:
    """The entries, as they are read, what was there before them, how many there are, and how codes are named."""

    pages: AsyncIterator[Sequence[Movement]]
    opening: Money
    expected: int
    names_of: Callable[[set[str]], Awaitable[Names]]


@dataclass(frozen=True, slots=True)
class MadePaper:
    """What was made: the files as the table keeps them, and what they say."""

    files: Mapping[str, Any]
    records: int
    amount: Money
    said: Mapping[str, int]


@dataclass(slots=True)
class _Open:
    """The files being written; `paths` are there before the first of them is opened."""

    paths: Mapping[ReportFormat, Path]
    sheets: list[Sheet] = field(default_factory=list)

    async def add(self, rows: Sequence[Sequence[Cell]]) -> None:
        for sheet in self.sheets:
            await asyncio.to_thread(sheet.add, rows)


async def make_paper(
    found: Movements,
    report: Report,
    whose: tuple[HoldingKind, str],
    *,
    paths: Mapping[ReportFormat, Path],
    press: Press,
    progress: Progress,
) -> MadePaper:
    """Make these files of a statement or an invoice; nobody can guess their names.

    Raises OSError, when nothing of it is left behind.
    """
    async with _opened(report, paths, press) as files:
        if report.kind is ReportKind.INVOICE:
            records, amount, said = await _invoice(found, report, files)
        else:
            records, amount, said = await _statement(found, report, files, progress)
        paper = account_paper(report, *whose, records=records, amount=amount, said=said)
        lang = report.language.value
        facts = [words.number(paper, lang), *words.rows(paper, lang)]
        for sheet in files.sheets:
            await asyncio.to_thread(sheet.end, facts, words.amount(paper, lang), press.code(paper))
        made = {each.value: {"name": path.name, "size": path.stat().st_size} for each, path in files.paths.items()}
    return MadePaper(made, records, amount, said)


async def _statement(
    found: Movements, report: Report, files: _Open, progress: Progress
) -> tuple[int, Money, dict[str, int]]:
    names: dict[str, Mapping[str, str]] = {}
    records, closing = 0, found.opening
    credited = charged = Money.ZERO
    async for page in found.pages:
        unknown = {code for each in page for code in codes_of(each.explanation)} - set(names)
        names |= {code: {} for code in unknown} | dict(await found.names_of(unknown))
        await files.add([_movement(each, report.language.value, names) for each in page])
        credited += Money(sum(max(each.amount.kopiykas, 0) for each in page))
        charged += Money(sum(min(each.amount.kopiykas, 0) for each in page))
        records, closing = records + len(page), page[-1].balance
        if found.expected > len(page):
            await progress(_READ_PERCENT * min(records, found.expected) // found.expected)
    sums = {"opening": found.opening, "credited": credited, "charged": charged}
    return records, closing, {name: each.kopiykas for name, each in sums.items()}


async def _invoice(found: Movements, report: Report, files: _Open) -> tuple[int, Money, dict[str, int]]:
    month = Month(report.first_day.year, report.first_day.month)
    invoice = await invoice_of(month, found.opening, found.pages)
    names = await found.names_of({code for line in invoice.lines for code in codes_of(line.why)})
    await files.add([_line(line, report.language.value, names) for line in invoice.lines])
    return invoice.charged.number, invoice.due, {name: each.kopiykas for name, each in _sums(invoice).items()}


def _sums(invoice: Invoice) -> Mapping[str, Money]:
    charged = invoice.charged
    return {
        "opening": invoice.opening,
        "paid": invoice.paid,
        "net": charged.net,
        "vat": charged.vat,
        "duty": charged.duty,
        "charged": charged.total,
        "closing": invoice.closing,
    }


def _movement(each: Movement, lang: str, names: Names) -> Sequence[Cell]:
    at = each.at.astimezone(KYIV)
    what, why = words.movement_texts(each, lang, names)
    return (at.date(), at.time().replace(microsecond=0), what, why, each.amount, each.balance)


def _line(line: InvoiceLine, lang: str, names: Names) -> Sequence[Cell]:
    return (words.invoice_text(line, lang, names), line.number, line.net, line.vat, line.duty, line.total)


@asynccontextmanager
async def _opened(report: Report, paths: Mapping[ReportFormat, Path], press: Press) -> AsyncIterator[_Open]:
    files = _Open(paths)
    is_whole = False
    try:
        await asyncio.to_thread(_open, report, files, press)
        yield files
        is_whole = True
    finally:
        # Also when the worker is stopped: half a file is of no use to anybody.
        if not is_whole:
            for sheet in files.sheets:
                sheet.drop()
            for path in paths.values():
                path.unlink(missing_ok=True)


def _open(report: Report, files: _Open, press: Press) -> None:
    lang, is_invoice = report.language.value, report.kind is ReportKind.INVOICE
    columns = words.invoice_columns(lang) if is_invoice else words.movement_columns(lang)
    kinds, title = _INVOICE if is_invoice else _MOVEMENT, words.kind_title(report.kind, lang)
    for which, path in files.paths.items():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        match which:
            case ReportFormat.PDF:
                said = {
                    "title": title,
                    "table": tr(lang, "Charges of the month") if is_invoice else tr(lang, "Every entry"),
                    "columns": columns,
                    "none": tr(lang, "Nothing moved on this account in these days."),
                    "foot": words.foot(report.kind, lang),
                }
                files.sheets.append(PdfSheet(path, lang, press, said, kinds))
            case ReportFormat.XLSX:
                files.sheets.append(XlsxSheet(path, lang, title, columns, kinds))
            case ReportFormat.CSV:
                files.sheets.append(CsvSheet(path, lang, columns))
