"""Money, numbers, months, keys."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mykyivstar.kit.clock import kyiv_date, kyiv_midnight
from mykyivstar.kit.money import Money, NotAnAmount
from mykyivstar.kit.msisdn import Msisdn, NotANumber, NotMobile
from mykyivstar.kit.period import Month, day_in_month
from mykyivstar.kit.secret import CODE_ALPHABET, typed_code
from mykyivstar.kit.text import search_key, sort_key

KOPIYKAS = st.integers(min_value=1, max_value=99_999_999_999)


@pytest.mark.parametrize(
    ("typed", "kopiykas"),
    [("150", 15000), ("150,5", 15050), ("150.50", 15050), ("1 234,50", 123450), ("1 234,50 ₴", 123450), ("0,01", 1)],
)
def test_an_amount_is_read_as_people_type_it(typed: str, kopiykas: int) -> None:
    assert Money.parse(typed) == Money(kopiykas)


@pytest.mark.parametrize(
    "typed", ["", " ", "0", "0,00", "-5", "12.345", "1e9", "abc", "1,2,3", "١٢", "9999999999", "NaN", "+5", "5,"]
)
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(NotAnAmount):
        Money.parse(typed)


@given(KOPIYKAS, st.integers(min_value=1, max_value=50))
def test_shares_sum_to_the_whole_and_differ_by_a_kopiyka_at_most(kopiykas: int, shares: int) -> None:
    parts = Money(kopiykas).split(shares)
    assert sum(part.kopiykas for part in parts) == kopiykas
    assert max(parts).kopiykas - min(parts).kopiykas <= 1


@pytest.mark.parametrize(
    ("kopiykas", "ratio", "expected"), [(100, "1.0625", 106), (500, "1.0625", 531), (1, "0.5", 1), (-1, "0.5", -1)]
)
def test_products_round_half_up(kopiykas: int, ratio: str, expected: int) -> None:
    assert Money(kopiykas).times(Fraction(ratio)) == Money(expected)


@pytest.mark.parametrize(
    "typed",
    [
        *("+380671000001", "380671000001", "80671000001", "0671000001", "00380671000001", "tel:+380671000001"),
        *("067 100 00 01", "(067) 100-00-01", "+38 067 100 00 01", "067‑100‑00‑01", "067\u00a0100\u00a000\u00a001"),
        "\u202a+380671000001\u202c",
    ],
)
def test_a_number_is_read_in_every_usual_writing(typed: str) -> None:
    assert Msisdn.parse(typed) == Msisdn("380671000001")


@pytest.mark.parametrize(
    "typed", ["", "067100000", "06710000011", "+48671000001", "0071000001", "o671000001", "380" + "1" * 10]
)
def test_what_is_no_number_is_refused_as_such(typed: str) -> None:
    with pytest.raises(NotANumber):
        Msisdn.parse(typed)


@given(st.text(max_size=40))
def test_reading_a_number_gives_a_number_or_a_refusal(typed: str) -> None:
    with suppress(NotANumber):
        assert len(Msisdn.parse(typed).digits) == 12


@pytest.mark.parametrize("typed", ["067 100 00 01", "(050)1234567", "+380 77 000 00 00", "0991234567"])
def test_a_mobile_number_takes_sms(typed: str) -> None:
    assert Msisdn.parse_mobile(typed) == Msisdn.parse(typed)


@pytest.mark.parametrize("typed", ["044 490 12 34", "+380 62 300 00 00", "0800300466", "0 900 123 456"])
def test_a_number_of_no_mobile_network_takes_none(typed: str) -> None:
    with pytest.raises(NotMobile):
        Msisdn.parse_mobile(typed)


def test_a_masked_number_hides_five_digits() -> None:
    assert Msisdn("380671234567").masked == "+380 67 ••• •• 67"


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 30, 21, 59, tzinfo=UTC), date(2026, 11, 30)),
        (datetime(2026, 11, 30, 22, 0, tzinfo=UTC), date(2026, 12, 1)),
        (datetime(2026, 6, 30, 20, 59, tzinfo=UTC), date(2026, 6, 30)),
        (datetime(2026, 6, 30, 21, 0, tzinfo=UTC), date(2026, 7, 1)),
    ],
)
def test_a_month_ends_at_midnight_in_kyiv(moment: datetime, day: date) -> None:
    assert kyiv_date(moment) == day
    assert moment in Month.of(moment).period


def test_days_of_the_clock_changes_have_23_and_25_hours() -> None:
    for day, hours in ((date(2026, 3, 29), 23), (date(2026, 10, 25), 25)):
        assert kyiv_midnight(day + timedelta(days=1)) - kyiv_midnight(day) == timedelta(hours=hours)


@given(
    st.integers(min_value=1990, max_value=2100),
    st.integers(min_value=1, max_value=12),
    st.integers(min_value=-500, max_value=500),
)
def test_months_shift_there_and_back(year: int, month: int, shift: int) -> None:
    assert Month(year, month).shifted(shift).shifted(-shift) == Month(year, month)


def test_a_day_that_a_month_lacks_is_its_last() -> None:
    assert day_in_month(Month(2026, 2), 31) == date(2026, 2, 28)
    assert day_in_month(Month(2028, 2), 30) == date(2028, 2, 29)


def test_codes_are_drawn_from_32_signs_without_look_alikes() -> None:
    assert len(set(CODE_ALPHABET)) == 32
    assert not set("01IO") & set(CODE_ALPHABET)
    assert typed_code(" авсе ") == "ABCE"


def test_ukrainian_letters_sort_in_their_order() -> None:
    names = ["Ящук", "Євген", "Ірина", "Ганна", "Ґалаґан", "Їжак", "Емма", "Йосип", "Антон"]
    assert sorted(names, key=sort_key) == [
        "Антон",
        "Ганна",
        "Ґалаґан",
        "Емма",
        "Євген",
        "Ірина",
        "Їжак",
        "Йосип",
        "Ящук",
    ]
    assert search_key("  КИЇВ,  вул. Об’їзна ") == "київ, вул. об'їзна"


def test_a_month_is_read_as_it_is_written():
    assert Month.parse(str(Month(2026, 2))) == Month(2026, 2)
    for bad in ("2026-13", "2026", "november", ""):
        with pytest.raises(ValueError, match=r"."):
            Month.parse(bad)
