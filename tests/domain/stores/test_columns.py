"""What is typed of a store: read, or refused at its field; days that are different."""

from datetime import date

import pytest

from mykyivstar.domain.stores import errors
from mykyivstar.domain.stores.columns import COLUMNS, put, written
from mykyivstar.domain.stores.different_days import DifferentDay, days_of, different_day, with_day, without_day
from mykyivstar.domain.stores.hours import hours_of
from mykyivstar.kit.errors import CustomerError, Malformed
from tests.factories.stores import store

TODAY = date(2026, 11, 22)
USUAL = 'Mo-Fr 09:00-19:00 "каса; до 18:30"; Su off'


def test_what_is_written_is_read_as_it_was() -> None:
    one = store(services=["esim", "connect"], note={"uk": "Укриття"}, latitude=50.45, longitude=30.5234567)
    again = store("other", name={"uk": "x"}, services=[], latitude=48.0)
    put(again, written(one))
    assert written(again) == written(one)
    assert again.search_key == one.search_key
    assert set(written(one)) == set(COLUMNS)


@pytest.mark.parametrize(
    ("texts", "refused"),
    [
        ({"opening_hours": "Mo-Fr 9-18"}, errors.StoreHoursUnreadable),
        ({"opening_hours": "щодня з дев'ятої"}, errors.StoreHoursUnreadable),
        ({"opening_hours": "Mo 09:00-10:00; " * 30}, errors.StoreHoursTooLong),
        ({"latitude": "північ"}, errors.StoreLatitudeUnreadable),
        ({"latitude": "1e400"}, errors.StoreLatitudeUnreadable),
        ({"longitude": "nan"}, errors.StoreLongitudeUnreadable),
        ({"latitude": "30.52", "longitude": "50.45"}, errors.StoreCoordinatesInterchanged),
        ({"latitude": "0", "longitude": "0"}, errors.StoreOutsideUkraine),
        ({"longitude": "999"}, errors.StoreOutsideUkraine),
        ({"name_uk": " \u200b "}, errors.StoreNameMissing),
        ({"city_uk": ""}, errors.StoreCityMissing),
        ({"address_uk": ""}, errors.StoreAddressMissing),
        ({"name_en": "x" * 201}, errors.StoreTextTooLong),
        ({"phone": "call us"}, errors.StorePhoneMalformed),
        ({"services": "<b>"}, errors.StoreServicesMalformed),
        ({"kind": "kiosk"}, Malformed),
        ({"id": "1"}, Malformed),
    ],
)
def test_what_cannot_be_is_refused(texts: dict[str, str], refused: type[CustomerError]) -> None:
    with pytest.raises(refused):
        put(store(), texts)


def test_a_refusal_of_hours_says_from_where_on() -> None:
    with pytest.raises(errors.StoreHoursUnreadable) as refused:
        put(store(), {"opening_hours": "Mo-Fr 09:00-19:00; Sa 9-15"})
    assert refused.value.params["rest"].startswith("Sa 9-15"[3:]) or "9-15" in refused.value.params["rest"]


def test_what_people_type_is_understood() -> None:
    one = store()
    put(one, {"opening_hours": " Mo-Fr 09:00–19:00; ", "latitude": "50,4501°", "phone": " 0 800\n300 466 "})
    assert (one.opening_hours, one.latitude, one.phone) == ("Mo-Fr 09:00-19:00", 50.4501, "0 800 300 466")
    put(one, {"note_uk": "\u202eУкриття\x07 поруч"})
    assert one.note["uk"] == "Укриття поруч"


def test_a_different_day_stands_in_the_hours_and_can_be_taken_out() -> None:
    closed = different_day(date(2026, 11, 24), "", 'немає "світла"', today=TODAY)
    short = different_day(date(2026, 11, 23), "10:00 – 12:00, 13:00-15:00", "", today=TODAY)
    text = with_day(with_day(USUAL, closed, today=TODAY), short, today=TODAY)
    assert text == f'{USUAL}; 2026 Nov 23 10:00-12:00,13:00-15:00; 2026 Nov 24 off "немає світла"'
    hours = hours_of(text)
    assert hours is not None
    monday, tuesday, wednesday = hours.week(date(2026, 11, 23))[:3]
    assert [span.opens for span in monday.spans] == ["10:00", "13:00"]
    assert (tuesday.spans, tuesday.comment) == ((), "немає світла")
    assert [span.opens for span in wednesday.spans] == ["09:00"]
    assert list(days_of(text)) == [short, closed]
    assert without_day(text, date(2026, 11, 23)) == f'{USUAL}; 2026 Nov 24 off "немає світла"'


def test_a_day_is_said_once_and_days_that_have_passed_go() -> None:
    old = f"{USUAL}; 2026 Nov 01 off; 2026 Nov 24 off"
    again = DifferentDay(date(2026, 11, 24), "10:00-12:00", "")
    assert with_day(old, again, today=TODAY) == f"{USUAL}; 2026 Nov 24 10:00-12:00"
    assert with_day("", again, today=TODAY) == "2026 Nov 24 10:00-12:00"


@pytest.mark.parametrize(
    "hours", ["10-15", "15:00-10:00", "10:00-25:00", "10:00-24:30", "10:00-12:00,11:00-13:00", "off; Mo"]
)
def test_hours_of_a_day_that_cannot_be_are_refused(hours: str) -> None:
    with pytest.raises(errors.DifferentHoursUnreadable):
        different_day(TODAY, hours, "", today=TODAY)


@pytest.mark.parametrize("day", [date(2026, 11, 21), date(2028, 1, 1)])
def test_a_day_that_has_passed_or_is_far_away_is_refused(day: date) -> None:
    with pytest.raises(errors.DifferentDayUnfit):
        different_day(day, "", "", today=TODAY)
