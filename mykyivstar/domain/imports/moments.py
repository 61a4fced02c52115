"""Dates and times in any usual writing, to aware moments."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Final

from mykyivstar.domain.imports.problems import BadValue
from mykyivstar.kit.clock import KYIV

_EARLIEST_YEAR: Final = 1990
_LATEST_YEAR: Final = 2100
# As people here write them; the day before the month.
_USUAL: Final = ("%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y")
_SLASHES = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4}.*")
#: Formats of the mapping that are not strptime's: seconds and milliseconds since 1970.
EPOCHS: Final = {"unix": 1, "unix_ms": 1000}


def reader(formats: Sequence[str] = (), zone: tzinfo = KYIV) -> Callable[[str], datetime]:
    """What reads a moment: by one of these strptime formats, or ISO 8601 and the usual Ukrainian writing.

    A time without an offset is one of the clock of `zone`; a day alone is its first moment. Of an hour that the
    clock shows twice in autumn the first one is meant.
    """

    def read(text: str) -> datetime:
        found = _given(text, formats) if formats else _usual(text)
        if not _EARLIEST_YEAR <= found.year <= _LATEST_YEAR:
            raise BadValue(f"'{text}' lies outside the years {_EARLIEST_YEAR} to {_LATEST_YEAR}")
        if found.tzinfo is not None:
            return found.astimezone(UTC)
        moment = found.replace(tzinfo=zone).astimezone(UTC)
        if moment.astimezone(zone).replace(tzinfo=None) != found:
            raise BadValue(f"'{text}' does not exist: the clock of {zone} was put forward then")
        return moment

    return read


def _usual(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    for usual in _USUAL:
        try:
            return datetime.strptime(text, usual)  # noqa: DTZ007 -- the caller knows the zone
        except ValueError:
            continue
    if _SLASHES.fullmatch(text):
        raise BadValue(f"'{text}': is the day or the month first? Set `format`")
    raise BadValue(f"'{text}' is not a date or time")


def _given(text: str, formats: Sequence[str]) -> datetime:
    for given in formats:
        try:
            if given in EPOCHS:
                return datetime.fromtimestamp(int(text) / EPOCHS[given], UTC)
            return datetime.strptime(text, given)  # noqa: DTZ007 -- the caller knows the zone
        except (ValueError, OverflowError, OSError):
            continue
    raise BadValue(f"'{text}' is not written as {' or '.join(formats)}")
