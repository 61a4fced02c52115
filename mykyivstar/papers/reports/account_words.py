"""What stands in statements and invoices, in words (E5)."""

from collections.abc import Sequence

from mykyivstar.domain.catalogue.names import Names
from mykyivstar.domain.papers.account import AccountPaper
from mykyivstar.domain.reports.invoices import InvoiceLine
from mykyivstar.domain.reports.models import ReportKind
from mykyivstar.domain.reports.movements import Movement
from mykyivstar.formatting.dates import format_date, format_moment
from mykyivstar.formatting.money import format_money
from mykyivstar.formatting.numbers import format_number
from mykyivstar.formatting.phones import format_phone
from mykyivstar.i18n import tr
from mykyivstar.kit.money import Money
from mykyivstar.papers.explanation_facts import facts_of
from mykyivstar.papers.explanations import explained
from mykyivstar.papers.words import Row, number_label

_TAXES = frozenset({"net", "vat", "duty"})


def title(paper: AccountPaper, lang: str) -> str:
    """How the paper is called."""
    return kind_title(paper.kind, lang)


def kind_title(kind: ReportKind, lang: str) -> str:
    """How such papers are called."""
    return tr(lang, "Invoice") if kind is ReportKind.INVOICE else tr(lang, "Statement of account")


def period(paper: AccountPaper, lang: str) -> str:
    """Its days, both included; an invoice is of a month."""
    if paper.kind is ReportKind.INVOICE:
        return format_date(paper.first_day, lang, "month")
    first, last = (format_date(day, lang, "short") for day in (paper.first_day, paper.last_day))
    return first if first == last else f"{first} – {last}"


def rows(paper: AccountPaper, lang: str) -> Sequence[Row]:
    """Every fact that the seal is over, but number and sum, in the order of the paper."""
    whose = Row(number_label(paper.holder, lang), format_phone(paper.of))
    made = Row(tr(lang, "Made on"), format_moment(paper.at, lang))
    if paper.kind is ReportKind.INVOICE:
        return [whose, Row(tr(lang, "Month"), period(paper, lang)), made, *_of_invoice(paper, lang)]
    entries = Row(tr(lang, "Entries"), format_number(paper.records, lang))
    return [whose, Row(tr(lang, "Days"), period(paper, lang)), made, entries, *_of_statement(paper, lang)]


def _of_statement(paper: AccountPaper, lang: str) -> Sequence[Row]:
    return [
        Row(tr(lang, "Opening balance"), _sum(paper, "opening", lang)),
        Row(tr(lang, "Came in"), _sum(paper, "credited", lang)),
        Row(tr(lang, "Taken"), _sum(paper, "charged", lang)),
    ]


def _of_invoice(paper: AccountPaper, lang: str) -> Sequence[Row]:
    return [
        Row(tr(lang, "Balance at the beginning of the month"), _sum(paper, "opening", lang)),
        Row(tr(lang, "Paid in the month"), _sum(paper, "paid", lang)),
        Row(tr(lang, "Charged without taxes"), _sum(paper, "net", lang)),
        Row(tr(lang, "VAT"), _sum(paper, "vat", lang)),
        Row(tr(lang, "Pension fund duty"), _sum(paper, "duty", lang)),
        Row(tr(lang, "Charged altogether"), _sum(paper, "charged", lang)),
        Row(tr(lang, "Balance at the end of the month"), _sum(paper, "closing", lang)),
        Row(tr(lang, "Pay not later than"), format_date(paper.due_day, lang)),
    ]


def number(paper: AccountPaper, lang: str) -> Row:
    """How the paper is told from others."""
    return Row(tr(lang, "Number of the paper"), paper.number)


def amount(paper: AccountPaper, lang: str) -> Row:
    """The sum that matters most."""
    if paper.kind is ReportKind.INVOICE:
        return Row(tr(lang, "To pay"), format_money(paper.amount.kopiykas, lang))
    return Row(tr(lang, "Closing balance"), format_money(paper.amount.kopiykas, lang))


def foot(kind: ReportKind, lang: str) -> str:
    """Below every page."""
    if kind is ReportKind.INVOICE:
        return tr(
            lang, "A contract number is paid to zero by the 20th; on the 21st a number with a debt is switched off."
        )
    return tr(lang, "Money only: bonuses are no money and are not in this statement.")


def movement_columns(lang: str) -> list[str]:
    """Above the entries of a statement."""
    return [
        tr(lang, "Date"),
        tr(lang, "Time"),
        tr(lang, "What"),
        tr(lang, "Why"),
        tr(lang, "Amount, ₴"),
        tr(lang, "Balance, ₴"),
    ]


def movement_texts(movement: Movement, lang: str, names: Names) -> tuple[str, str]:
    """What an entry is, and why it is there."""
    said = explained(movement.kind, movement.explanation, lang, names)
    measured = {name: value for name, value in movement.explanation.items() if name not in _TAXES}
    facts = "; ".join(fact.value for fact in facts_of(measured, lang))
    return said.title, facts or said.why


def invoice_columns(lang: str) -> list[str]:
    """Above the charges of an invoice."""
    return [
        tr(lang, "What"),
        tr(lang, "Entries"),
        tr(lang, "Without taxes"),
        tr(lang, "VAT"),
        tr(lang, "Duty"),
        tr(lang, "Altogether, ₴"),
    ]


def invoice_text(line: InvoiceLine, lang: str, names: Names) -> str:
    """What a line of an invoice is for."""
    return explained(line.kind, line.why, lang, names).title


def file_name(paper: AccountPaper, ending: str, lang: str) -> str:
    """What the file is called where it is taken away."""
    name = title(paper, lang).replace(" ", "-")
    if paper.kind is ReportKind.INVOICE:
        return f"{name}-{paper.of}-{paper.first_day:%Y-%m}.{ending}"
    return f"{name}-{paper.of}-{paper.first_day}-{paper.last_day}.{ending}"


def _sum(paper: AccountPaper, name: str, lang: str) -> str:
    return format_money(Money(paper.said.get(name, 0)).kopiykas, lang)
