"""Which half-hours can be chosen: open ones, not too soon, not full (A8)."""

from datetime import date, datetime, timedelta

import pytest

from mykyivstar.domain.stores.hours import Hours
from mykyivstar.domain.visits import booking
from mykyivstar.domain.visits.times import free_days, half_hours, takes_visits
from mykyivstar.kit.clock import KYIV
from tests.domain.visits.conftest import MONDAY_TEN, PLACES, Centre
from tests.factories.stores import store

AT = datetime(2026, 11, 22, 14, 0, tzinfo=KYIV)
MONDAY = date(2026, 11, 23)


def starts(hours: str, day: date = MONDAY, at: datetime = AT) -> list[str]:
    return [f"{each.astimezone(KYIV):%H:%M}" for each in half_hours(Hours(hours), day, at)]


def test_breaks_are_left_out_and_only_whole_half_hours_count() -> None:
    assert starts("Mo-Fr 10:15-12:00,13:00-14:10") == ["10:30", "11:00", "11:30", "13:00", "13:30"]
    assert starts("24/7")[::47] == ["00:00", "23:30"]
    assert starts("Mo-Fr 10:00-10:20") == []


def test_closed_days_and_holidays_have_none() -> None:
    assert starts("Tu-Fr 10:00-18:00") == []
    new_year = date(2027, 1, 1)
    at = datetime(2026, 12, 30, 9, 0, tzinfo=KYIV)
    assert starts("Mo-Su 10:00-11:00", new_year, at) == ["10:00", "10:30"]
    assert starts("Mo-Su 10:00-11:00; PH off", new_year, at) == []


def test_today_begins_in_half_an_hour_and_a_fortnight_is_the_end() -> None:
    today = AT.date()
    assert starts("Mo-Su 13:00-16:00", today) == ["14:30", "15:00", "15:30"]
    assert starts("Mo-Su 10:00-11:00", today + timedelta(days=13)) == ["10:00", "10:30"]
    assert starts("Mo-Su 10:00-11:00", today + timedelta(days=14)) == []
    assert starts("Mo-Su 10:00-11:00", today - timedelta(days=1)) == []


@pytest.mark.parametrize(("day", "count"), [(date(2026, 10, 25), 48), (date(2027, 3, 28), 46)])
def test_a_day_of_the_clock_change_has_no_half_hour_twice(day: date, count: int) -> None:
    at = datetime(day.year, day.month, day.day - 1, 12, tzinfo=KYIV)
    found = half_hours(Hours("24/7"), day, at)
    assert len(found) == len(set(found)) == count
    assert found == sorted(found)


def test_only_places_that_check_who_people_are_and_say_when_they_are_open_take_visits() -> None:
    assert takes_visits(store(services=["identity_check"]), AT)
    assert not takes_visits(store(services=["connect"]), AT)
    assert not takes_visits(store(services=["identity_check"], opening_hours=""), AT)
    assert not takes_visits(store(services=["identity_check"], closed_at=AT), AT)


async def test_what_is_full_is_not_offered(centre: Centre) -> None:
    async def monday() -> dict[str, int]:
        async with centre.database.reading() as session:
            days = await free_days(
                session, await booking.store_of(session, "kyiv-centre"), places=PLACES, at=centre.clock.now()
            )
        assert len(days) == 14
        assert days[3].times == [], "a different day"
        return {f"{each.starts_at.astimezone(KYIV):%H:%M}": each.free for each in days[1].times}

    before = await monday()
    assert (len(before), before["10:00"]) == (14, 2)
    assert "13:00" not in before
    await centre.book(MONDAY_TEN)
    assert (await monday())["10:00"] == 1
    await centre.book(MONDAY_TEN, phone="067 100 00 78")
    assert "10:00" not in await monday()
