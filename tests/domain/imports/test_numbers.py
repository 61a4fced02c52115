"""Numbers are read as they are meant, or not at all."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mykyivstar.domain.imports.numbers import number, quantity, rounded
from mykyivstar.domain.imports.problems import BadValue


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("0", "0"),
        ("187.45", "187.45"),
        ("187,45", "187.45"),
        ("-356.20", "-356.2"),
        ("−356,20", "-356.2"),
        ("356.20-", "-356.2"),
        ("+5", "5"),
        ("1 234,50", "1234.5"),
        ("1\u00a0234\u00a0567", "1234567"),
        ("1\u202f234,5", "1234.5"),
        ("1'234.50", "1234.5"),
        ("1,234.50", "1234.5"),
        ("1.234,50", "1234.5"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("1.234", "1.234"),
        ("0,125", "0.125"),
        (".5", "0.5"),
        ("007", "7"),
    ],
)
def test_usual_writings(text, meant):
    assert number(text) == Fraction(meant)


@pytest.mark.parametrize(("decimal", "meant"), [(",", "1.234"), (".", "1234")])
def test_the_mapping_decides_what_could_mean_two_things(decimal, meant):
    assert number("1,234", decimal) == Fraction(meant)
    with pytest.raises(BadValue, match=r"can mean 1234 or 1\.234: set `decimal`"):
        number("1,234")


@pytest.mark.parametrize(
    "text", ["", "abc", "12a", "1.2.3", "1,2,3", "12 34", "--5", "1 2,3", "0x10", "١٢", "nan", "inf"]
)
def test_what_is_no_number_is_refused(text):
    with pytest.raises(BadValue, match="is not a number"):
        number(text)


def test_what_a_spreadsheet_shortened_is_named_so():
    with pytest.raises(BadValue, match="shortened by a spreadsheet"):
        number("3.80676E+11")


@given(st.integers(-(10**15), 10**15), st.integers(0, 99), st.sampled_from([" ", "\u00a0", "\u202f", "'", ""]))
def test_any_amount_written_with_groups_is_read_exactly(whole, cents, group):
    text = f"{whole:,}".replace(",", group) + f",{cents:02d}"
    sign = -1 if whole < 0 else 1
    assert number(text) == sign * (abs(whole) + Fraction(cents, 100))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("184", 184),
        ("3:04", None),
        ("0:03:04", 184),
        ("101:00:00", 363600),
        ("2,5 хв", 150),
        ("1.5 h", 5400),
        ("30 s", 30),
        ("20 GB", 20 * 2**30),
        ("7.5GB", int(7.5 * 2**30)),
        ("128,5 МБ", 134742016),
        ("512 kB", 512 * 1024),
        ("1 шт.", 1),
        ("5 bananas", None),
    ],
)
def test_quantities_with_their_units(text, meant):
    if meant is None:
        with pytest.raises(BadValue):
            quantity(text)
    else:
        assert quantity(text) == meant


@pytest.mark.parametrize(("value", "whole"), [("0.5", 1), ("-0.5", -1), ("0.49", 0), ("2.5", 3), ("-2.4", -2)])
def test_halves_are_rounded_away_from_zero(value, whole):
    assert rounded(Fraction(value)) == whole
