"""What a line does in the course of a day: evenings, weekends, holidays, a week abroad."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate
from random import Random

from mykyivstar.demo.cast import Habit, LinePart
from mykyivstar.demo.catalogue import BYTES_PER_MEGABYTE
from mykyivstar.demo.chance import around, chance, count
from mykyivstar.demo.contacts import Contacts, someone
from mykyivstar.domain.usage.models import UsageCategory
from mykyivstar.kit.clock import kyiv_midnight

CALL_SECONDS_MAX = 5400
SATURDAY = 5

# How busy each hour of the day is.
_WEEKDAY = (1, 0, 0, 0, 0, 0, 3, 9, 14, 13, 12, 12, 14, 15, 12, 12, 13, 16, 20, 22, 20, 15, 9, 4)
_WEEKEND = (3, 2, 1, 0, 0, 0, 1, 3, 7, 12, 15, 16, 15, 14, 14, 14, 15, 16, 18, 19, 19, 16, 12, 7)
_WAKING_HOUR = 6
# A new year is greeted by everybody at once.
_GREETING_DAYS = {(12, 31): 1.6, (1, 1): 1.9, (12, 25): 1.4, (8, 24): 1.2}

ABROAD_MONTH, ABROAD_FROM, ABROAD_TO = 8, 3, 11


@dataclass(frozen=True, slots=True)
class Use:
    """Something a line did; seconds, bytes or pieces by its category."""

    at: datetime
    category: UsageCategory
    quantity: int
    party: str = ""


def latest_holiday(today: date) -> tuple[date, date]:
    """First and last day of the last week abroad that ended at least a fortnight ago."""
    past = date(today.year, ABROAD_MONTH, ABROAD_TO) + timedelta(days=14) <= today
    year = today.year if past else today.year - 1
    return date(year, ABROAD_MONTH, ABROAD_FROM), date(year, ABROAD_MONTH, ABROAD_TO)


def uses_on(seed: int, line: LinePart, contacts: Contacts, day: date, *, is_abroad: bool = False) -> Sequence[Use]:
    """What this line does on this Kyiv day, in order of time: the same whatever is asked before."""
    rng = chance(seed, "day", line.number, day)
    drawn = _drawn(rng, line.habit, contacts, day, is_abroad=is_abroad)
    moments = _Moments(rng, line.habit, day)
    return sorted((Use(moments.next(), *what) for what in drawn), key=lambda use: use.at)


def _drawn(
    rng: Random, habit: Habit, contacts: Contacts, day: date, *, is_abroad: bool
) -> Iterator[tuple[UsageCategory, int, str]]:
    pace = (habit.weekend if day.weekday() >= SATURDAY else 1.0) * _GREETING_DAYS.get((day.month, day.day), 1.0)
    if is_abroad:
        pace *= 0.4
    for _ in range(count(rng, habit.calls * pace)):
        category, party = _callee(rng, habit, contacts, is_abroad=is_abroad)
        yield category, _seconds(rng, habit), party
    for _ in range(0 if is_abroad else count(rng, habit.answers * pace)):
        people = contacts.on_net if rng.random() < 0.6 else contacts.off_net
        yield UsageCategory.CALL_IN, _seconds(rng, habit), someone(rng, people)
    for _ in range(count(rng, habit.messages * pace)):
        yield UsageCategory.ROAMING_SMS if is_abroad else UsageCategory.SMS, 1, someone(rng, contacts.off_net)
    sessions = max(1, count(rng, habit.sessions))
    data = UsageCategory.ROAMING_DATA if is_abroad else UsageCategory.DATA
    share = habit.data_mb * (0.6 if is_abroad else 1.0) / max(habit.sessions, 1.0) * BYTES_PER_MEGABYTE
    for _ in range(sessions):
        # The log-normal mean is above the typical value; 0.78 brings it back.
        yield data, max(20_000, int(around(rng, share * 0.78))), ""


def _callee(rng: Random, habit: Habit, contacts: Contacts, *, is_abroad: bool) -> tuple[UsageCategory, str]:
    draw = rng.random()
    if is_abroad:
        return UsageCategory.ROAMING_CALL, someone(rng, contacts.on_net)
    if draw < habit.abroad:
        return UsageCategory.CALL_ABROAD, someone(rng, contacts.abroad)
    if draw < habit.abroad + habit.off_net:
        return UsageCategory.CALL_OFF_NET, someone(rng, contacts.off_net)
    return UsageCategory.CALL_ON_NET, someone(rng, contacts.on_net)


def _seconds(rng: Random, habit: Habit) -> int:
    return min(CALL_SECONDS_MAX, max(4, int(around(rng, habit.seconds * 0.8))))


class _Moments:
    """Moments of one day, more of them in its busy hours."""

    def __init__(self, rng: Random, habit: Habit, day: date) -> None:
        self._rng = rng
        self._midnight = kyiv_midnight(day)
        hours = list(_WEEKEND if day.weekday() >= SATURDAY else _WEEKDAY)
        if habit.asleep_from < _WAKING_HOUR:
            # A night owl: busy until then.
            hours[: habit.asleep_from] = [8] * habit.asleep_from
        asleep = range(habit.asleep_from, 24) if habit.asleep_from >= _WAKING_HOUR else range(habit.asleep_from, 6)
        for hour in asleep:
            hours[hour] = 0
        self._hours = list(accumulate(hours))

    def next(self) -> datetime:
        hour = self._rng.choices(range(24), cum_weights=self._hours)[0]
        return self._midnight + timedelta(seconds=hour * 3600 + self._rng.randrange(3600))
