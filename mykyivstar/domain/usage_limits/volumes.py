"""Gigabytes as people type them."""

import re
from fractions import Fraction

from mykyivstar.domain.usage_limits.errors import NotAVolume

GIGABYTE = 1024**3
_TYPED = re.compile(r"[0-9]{1,6}([.,][0-9]{1,3})?")


def parse_gigabytes(text: str) -> int:
    """Bytes of "10", "0,5" or "1.25". Raises NotAVolume."""
    typed = "".join(sign for sign in text if not sign.isspace())
    if not _TYPED.fullmatch(typed):
        raise NotAVolume
    return round(Fraction(typed.replace(",", ".")) * GIGABYTE)


def written_gigabytes(size_bytes: int) -> str:
    """The same back, as a field has it: "10", "0.5"."""
    return f"{round(size_bytes / GIGABYTE, 3):f}".rstrip("0").rstrip(".")
