"""A light look at opening hours in the OpenStreetMap syntax: enough to find what no program could read."""

import re

from mykyivstar.domain.imports.problems import BadValue

_DAY = r"(?:Mo|Tu|We|Th|Fr|Sa|Su|PH|SH)"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_DATE = rf"(?:(?:\d{{4}} )?{_MONTH}(?: \d{{1,2}})?)"
_DAYS = rf"{_DAY}(?:\[-?\d(?:[,-]\d)*\])?(?:-{_DAY})?"
_DATES = rf"{_DATE}(?:-(?:{_DATE}|\d{{1,2}}))?"
_WHEN = rf"(?:{_DATES}|{_DAYS}|week \d{{1,2}}(?:-\d{{1,2}})?)"
_TIME = r"(?:\d{1,2}:\d{2})"
_SPAN = rf"(?:{_TIME}-{_TIME}\+?|{_TIME}\+)"
_COMMENT = r'(?:"[^"]*")'
_HOW = rf"(?:24/7|(?:{_SPAN}(?:,\s*{_SPAN})*)(?:\s+(?:off|open|closed|unknown))?|off|open|closed|unknown)"
_RULE = re.compile(rf"(?:{_WHEN}(?:[\s,:]+{_WHEN})*:?\s*)?(?:{_HOW})?\s*{_COMMENT}?")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")
# A closing time after midnight may be written as 26:00.
_LATEST_HOUR = 48


def opening_hours(text: str) -> str:
    """The text as it is, if it looks like opening hours. Raises BadValue."""
    for rule in re.split(r';|\|\||,(?=\s*"?[A-Z][a-z] )', re.sub(_COMMENT, '""', text)):
        rule = rule.strip()  # noqa: PLW2901 -- the same rule, trimmed
        if not _RULE.fullmatch(rule):
            raise BadValue(f"the opening hours '{rule}' cannot be read; write them like Mo-Fr 09:00-19:00; Su off")
        for hour, minute in _CLOCK.findall(rule):
            if int(minute) > 59 or int(hour) > _LATEST_HOUR:
                raise BadValue(f"there is no time {hour}:{minute} in the opening hours")
    return text
