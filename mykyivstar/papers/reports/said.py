"""What a paper that was ordered as a report says, whichever it is."""

from collections.abc import Sequence

from mykyivstar.domain.papers.account import ReportPaper
from mykyivstar.domain.papers.details import DetailsPaper
from mykyivstar.papers.reports import account_words
from mykyivstar.papers.reports import words as details_words
from mykyivstar.papers.words import Row


def title(paper: ReportPaper, lang: str) -> str:
    """How the paper is called."""
    return details_words.title(lang) if isinstance(paper, DetailsPaper) else account_words.title(paper, lang)


def period(paper: ReportPaper, lang: str) -> str:
    """Its days."""
    if isinstance(paper, DetailsPaper):
        return details_words.period(paper, lang)
    return account_words.period(paper, lang)


def number(paper: ReportPaper, lang: str) -> Row:
    """How the paper is told from others."""
    if isinstance(paper, DetailsPaper):
        return details_words.number(paper, lang)
    return account_words.number(paper, lang)


def rows(paper: ReportPaper, lang: str) -> Sequence[Row]:
    """Every fact but number and sum."""
    if isinstance(paper, DetailsPaper):
        return details_words.rows(paper, lang)
    return account_words.rows(paper, lang)


def amount(paper: ReportPaper, lang: str) -> Row:
    """The sum that matters most."""
    if isinstance(paper, DetailsPaper):
        return details_words.amount(paper, lang)
    return account_words.amount(paper, lang)


def file_name(paper: ReportPaper, ending: str, lang: str) -> str:
    """What the file is called where it is taken away."""
    if isinstance(paper, DetailsPaper):
        return details_words.file_name(paper, ending, lang)
    return account_words.file_name(paper, ending, lang)
