"""What the process that report processes are forked from has read before the first of them: its import does it all."""

from datetime import date

from mykyivstar.db import registry
from mykyivstar.formatting.dates import format_date
from mykyivstar.formatting.money import format_money
from mykyivstar.i18n import LANGUAGES, tr
from mykyivstar.jobs import report_process

__all__ = ["registry", "report_process"]

for _language in LANGUAGES:
    # Texts, and the names of months and the forms of numbers.
    tr(_language, "Kyivstar")
    format_date(date(2026, 1, 1), _language)
    format_money(1, _language)
