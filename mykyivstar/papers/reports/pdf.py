"""Call details as PDF: tagged for screen readers while it is short, lean when it is long."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mykyivstar.domain.papers.details import DetailsPaper
from mykyivstar.domain.reports.contents import Sums
from mykyivstar.domain.usage.models import UsageRecord
from mykyivstar.formatting.dates import format_date, format_seconds
from mykyivstar.formatting.phones import format_phone
from mykyivstar.i18n import tr
from mykyivstar.papers.pdf import proof_of, set_paper
from mykyivstar.papers.press import Press
from mykyivstar.papers.reports import words

# About ten pages: the tags of a longer one weigh ten times its contents.
TAGGED_MOST = 400


class PdfPaper:
    """Collects the records, which are few (`ordering.PDF_MOST`), and is set at the end."""

    def __init__(self, path: Path, lang: str, press: Press) -> None:
        self._path, self._lang, self._press = path, lang, press
        self._rows: list[list[str]] = []

    def add(self, found: Sequence[UsageRecord]) -> None:
        """The next records."""
        lang = self._lang
        self._rows += [
            [
                format_date(record.started_at, lang, "short"),
                format_seconds(record.started_at),
                words.category(record.category, lang),
                format_phone(record.other_party),
                words.quantity(record.category, record.quantity, lang),
                words.cost(record.cost, lang),
            ]
            for record in found
        ]

    def end(self, paper: DetailsPaper, code: str, sums: Sums) -> None:
        """Set it. Raises OSError."""
        said = json.dumps(self._data(paper, code, sums), ensure_ascii=False)
        self._path.write_bytes(set_paper("details.typ", said, is_tagged=len(self._rows) <= TAGGED_MOST))

    def drop(self) -> None:
        """It is not finished after all."""
        self._rows.clear()

    def _data(self, paper: DetailsPaper, code: str, sums: Sums) -> dict[str, Any]:
        lang, total = self._lang, words.amount(paper, self._lang)
        return {
            "lang": lang,
            "title": words.title(lang),
            "issuer": tr(lang, "Kyivstar"),
            "service": tr(lang, "My Kyivstar"),
            "facts": [
                {"label": row.label, "value": row.value}
                for row in (words.number(paper, lang), *words.rows(paper, lang))
            ],
            "amount": {"label": total.label, "value": total.value},
            "sums": {
                "title": tr(lang, "Sums"),
                "columns": words.sum_columns(lang),
                "rows": [words.sum_cells(each, lang) for each in sums.rows],
            },
            "records": {
                "title": tr(lang, "Every record"),
                "columns": [
                    tr(lang, "Date"),
                    tr(lang, "Time"),
                    tr(lang, "What"),
                    tr(lang, "Number or service"),
                    tr(lang, "How much"),
                    tr(lang, "Cost, ₴"),
                ],
                "rows": self._rows,
                "none": tr(lang, "Nothing was used in these days."),
            },
            "proof": proof_of(code, self._press, lang),
            "page": tr(lang, "Page"),
            "foot": tr(lang, "Calls to emergency and other helplines are never recorded."),
        }
