"""Money as text."""

from decimal import Decimal

from babel.numbers import format_decimal

from mykyivstar.formatting.numbers import BABEL_LOCALES, HARD_SPACE, MINUS

HRYVNIA = "₴"


def format_money(kopiykas: int, language: str) -> str:
    """Whole kopiykas as `1 234,50 ₴`, the sign last in every language and never broken from its number."""
    hryvnias = format_decimal(Decimal(kopiykas) / 100, "#,##0.00", locale=BABEL_LOCALES[language])
    return f"{hryvnias.replace('-', MINUS)}{HARD_SPACE}{HRYVNIA}"
