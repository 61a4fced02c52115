"""Phone numbers as text."""

import re

from mykyivstar.formatting.numbers import HARD_SPACE

_UKRAINIAN = re.compile(r"\+?(380)(\d{2})(\d{3})(\d{2})(\d{2})")


def format_phone(digits: str) -> str:
    """`380671234567` as `+380 67 123 45 67`; anything that is not such a number stays as it is."""
    match = _UKRAINIAN.fullmatch(digits)
    return f"+{HARD_SPACE.join(match.groups())}" if match else digits
