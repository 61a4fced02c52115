"""When jobs come back, by the Kyiv clock."""

from datetime import UTC, datetime, time, timedelta

import pytest

from mykyivstar.jobs.schedules import Daily, Every
from mykyivstar.kit.clock import KYIV


def kyiv(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=KYIV)


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (kyiv(2026, 11, 22, 2, 0), kyiv(2026, 11, 22, 3, 30)),
        (kyiv(2026, 11, 22, 3, 29, 59), kyiv(2026, 11, 22, 3, 30)),
        (kyiv(2026, 11, 22, 3, 30), kyiv(2026, 11, 23, 3, 30)),
        (kyiv(2026, 11, 22, 23, 59), kyiv(2026, 11, 23, 3, 30)),
        (kyiv(2026, 12, 31, 12, 0), kyiv(2027, 1, 1, 3, 30)),
    ],
)
def test_daily_is_the_next_time_that_the_kyiv_clock_shows_it(now: datetime, then: datetime) -> None:
    assert Daily(time(3, 30)).after(now.astimezone(UTC)) == then


def test_daily_comes_once_on_the_day_that_has_the_hour_twice() -> None:
    first = Daily(time(3, 30)).after(datetime(2026, 10, 24, 12, 0, tzinfo=UTC))
    assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert Daily(time(3, 30)).after(first) == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)


def test_daily_comes_an_hour_later_on_the_day_that_skips_the_hour() -> None:
    assert Daily(time(3, 30)).after(datetime(2026, 3, 28, 12, 0, tzinfo=UTC)) == kyiv(2026, 3, 29, 4, 30)


def test_every_counts_from_the_last_time() -> None:
    assert Every(timedelta(minutes=10)).after(kyiv(2026, 11, 22, 3, 7)) == kyiv(2026, 11, 22, 3, 17)
