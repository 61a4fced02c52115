"""Days on which a store keeps other hours: rules of single days at the end of its opening hours."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from mykyivstar.domain.stores.errors import DifferentDayUnfit, DifferentHoursUnreadable

REASON_MOST = 60
_AHEAD = timedelta(days=366)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SPAN = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]-(?:[01][0-9]|2[0-4]):[0-5][0-9]"
_SPANS = re.compile(rf"{_SPAN}(?:,{_SPAN}){{0,3}}")
_DAY = re.compile(
    rf"(?P<year>20[0-9]{{2}}) (?P<month>{'|'.join(_MONTHS)}) (?P<day>[0-3][0-9]) "
    rf'(?P<hours>off|{_SPANS.pattern})(?: "(?P<reason>[^"]*)")?'
)
# Rules stand between semicolons, but a comment may have semicolons of its own.
_RULE = re.compile(r'(?:[^;"]|"[^"]*"?)+')


@dataclass(frozen=True, slots=True)
class DifferentDay:
    """One day: from when to when it is open ("" when it is closed), and why."""

    day: date
    hours: str
    reason: str

    def __str__(self) -> str:
        why = f' "{self.reason}"' if self.reason else ""
        return f"{self.day.year} {_MONTHS[self.day.month - 1]} {self.day.day:02} {self.hours or 'off'}{why}"


def different_day(day: date, hours: str, reason: str, *, today: date) -> DifferentDay:
    """A day as somebody typed it. Raises DifferentDayUnfit, DifferentHoursUnreadable."""
    if not today <= day <= today + _AHEAD:
        raise DifferentDayUnfit
    plain = re.sub(r"[–—−]", "-", re.sub(r"\s", "", hours))
    if plain and (_SPANS.fullmatch(plain) is None or not _rises(plain)):
        raise DifferentHoursUnreadable
    said = " ".join(re.sub(r'["\x00-\x1f\u202a-\u202e\u2066-\u2069]', " ", reason).split())
    return DifferentDay(day, plain, said[:REASON_MOST])


def days_of(text: str) -> Sequence[DifferentDay]:
    """The different days of these hours, the soonest first."""
    return _parted(text)[1]


def with_day(text: str, one: DifferentDay, *, today: date) -> str:
    """The hours with this day, in place of what they said of it; days that have passed go."""
    rules, days = _parted(text)
    kept = [each for each in days if each.day >= today and each.day != one.day]
    return _joined(rules, [*kept, one])


def without_day(text: str, day: date) -> str:
    """The hours without what they say of this day."""
    rules, days = _parted(text)
    return _joined(rules, [each for each in days if each.day != day])


def _parted(text: str) -> tuple[list[str], list[DifferentDay]]:
    rules, days = [], []
    for found in _RULE.findall(text):
        rule = found.strip()
        match = _DAY.fullmatch(rule)
        day = _date(match) if match else None
        if match and day:
            hours = "" if match["hours"] == "off" else match["hours"]
            days.append(DifferentDay(day, hours, match["reason"] or ""))
        elif rule:
            rules.append(rule)
    return rules, sorted(days, key=lambda each: each.day)


def _joined(rules: Sequence[str], days: Sequence[DifferentDay]) -> str:
    return "; ".join([*rules, *map(str, sorted(days, key=lambda each: each.day))])


def _date(match: re.Match[str]) -> date | None:
    try:
        return date(int(match["year"]), _MONTHS.index(match["month"]) + 1, int(match["day"]))
    except ValueError:
        return None


def _rises(spans: str) -> bool:
    """Each opens before it closes, and after the one before has closed."""
    moments = re.split("[,-]", spans)
    return all(one < other for one, other in pairwise(moments)) and moments[-1] <= "24:00"
