"""Opening hours: breaks, exceptions, holidays, comments, midnight and the clock changes, by Kyiv's clock."""

from datetime import UTC, date, datetime

import pytest

from mykyivstar.domain.stores.hours import Hours, Span, UnreadableHours, hours_of

MONDAY = date(2026, 11, 23)


def kyiv(*when: int) -> datetime:
    """In November Kyiv is two hours ahead."""
    year, month, day, hour, *minute = when
    return datetime(year, month, day, hour - 2, *minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "is_open", "until"),
    [
        (kyiv(2026, 11, 23, 8, 59), False, kyiv(2026, 11, 23, 9)),
        (kyiv(2026, 11, 23, 9), True, kyiv(2026, 11, 23, 13)),
        (kyiv(2026, 11, 23, 13), False, kyiv(2026, 11, 23, 14)),
        (kyiv(2026, 11, 23, 17, 59), True, kyiv(2026, 11, 23, 18)),
        # Saturday after closing: the next opening is on Monday.
        (kyiv(2026, 11, 28, 15), False, kyiv(2026, 11, 30, 9)),
    ],
)
def test_a_break_closes_in_the_middle_of_the_day(at: datetime, is_open: bool, until: datetime) -> None:
    found = Hours("Mo-Fr 09:00-13:00,14:00-18:00; Sa 09:00-15:00; Su off").standing(at)
    assert (found.is_open, found.until) == (is_open, until)


def test_round_the_clock_never_changes() -> None:
    assert Hours("24/7").standing(kyiv(2026, 11, 23, 3)).until is None


def test_a_place_that_is_closed_for_good_does_not_promise_to_open() -> None:
    found = Hours("off").standing(kyiv(2026, 11, 23, 12))
    assert (found.is_open, found.until) == (False, None)


def test_a_single_day_off_goes_before_the_week() -> None:
    hours = Hours("Mo-Sa 09:00-18:00; Dec 25 off")
    assert hours.standing(kyiv(2026, 12, 25, 12)).is_open is False
    assert hours.standing(kyiv(2026, 12, 24, 12)).is_open is True


def test_public_holidays_are_ukraines() -> None:
    # Independence Day of 2026 is a Monday; in August Kyiv is three hours ahead.
    at = datetime(2026, 8, 24, 9, tzinfo=UTC)
    assert Hours("Mo-Fr 09:00-19:00; PH off").standing(at).is_open is False
    assert Hours("Mo-Fr 09:00-19:00").standing(at).is_open is True


def test_what_is_said_of_the_power_is_kept() -> None:
    found = Hours('Mo-Su 09:00-18:00 "while there is power"').standing(kyiv(2026, 11, 23, 12))
    assert found.comment == "while there is power"


def test_hours_that_are_not_known_are_neither_open_nor_closed() -> None:
    assert Hours('unknown "call first"').standing(kyiv(2026, 11, 23, 12)).is_open is None


def test_a_week_has_seven_days_with_their_spans() -> None:
    week = Hours("Mo-Fr 09:00-13:00,14:00-18:00; Sa 10:00-16:00").week(MONDAY)
    assert [day.day.day for day in week] == [23, 24, 25, 26, 27, 28, 29]
    assert week[0].spans == (Span("09:00", "13:00", ""), Span("14:00", "18:00", ""))
    assert week[5].spans == (Span("10:00", "16:00", ""),)
    assert week[6].spans == ()


def test_a_night_is_shown_on_both_of_its_days() -> None:
    friday, saturday = Hours("Fr 20:00-02:00").week(date(2026, 11, 27))[:2]
    assert friday.spans == (Span("20:00", "24:00", ""),)
    assert saturday.spans == (Span("00:00", "02:00", ""),)


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_clock_changes_move_no_hours(day: date) -> None:
    assert Hours("Mo-Su 10:00-20:00").week(day)[0].spans == (Span("10:00", "20:00", ""),)


@pytest.mark.parametrize("text", ["щодня з 10 до 20", "Mo-Fr 9-", "Mo-Fr 09:00-25:99", "<script>"])
def test_what_is_no_hours_is_refused(text: str) -> None:
    with pytest.raises(UnreadableHours):
        Hours(text)
    assert hours_of(text) is None
