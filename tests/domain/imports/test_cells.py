"""Each sort of cell takes what people write and explains what it does not take."""

from fractions import Fraction

import pytest

from mykyivstar.domain.imports import cells
from mykyivstar.domain.imports.cells import Writing
from mykyivstar.domain.imports.problems import BadValue
from mykyivstar.domain.lines.models import Billing
from mykyivstar.kit.money import Money
from mykyivstar.kit.msisdn import Msisdn

USUAL = Writing()


@pytest.mark.parametrize(
    "text", ["380676000001", "+380 67 600 00 01", "067-600-00-01", "(067) 6000001", "80676000001", '="0676000001"']
)
def test_numbers_in_every_usual_writing(text):
    assert cells.msisdn(USUAL)(text) == Msisdn("380676000001")
    assert cells.digits(USUAL)(text) == "380676000001"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("12345", "not a Ukrainian mobile number"),
        ("+48226000011", "not a Ukrainian mobile number"),
        ("3.80676E+11", "a spreadsheet has shortened"),
        ("3,80676E+11", "a spreadsheet has shortened"),
    ],
)
def test_what_is_no_number_is_explained(text, reason):
    with pytest.raises(BadValue, match=reason):
        cells.msisdn(USUAL)(text)


@pytest.mark.parametrize("text", ["0000600001", "'0000600001", '="0000600001"'])
def test_account_numbers_keep_their_zeros(text):
    assert cells.account_number(USUAL)(text) == "0000600001"


@pytest.mark.parametrize("text", ["6E+5", "60 0001", "12345678901234567", "00-1", "٠٠١"])
def test_account_numbers_are_digits(text):
    with pytest.raises(BadValue, match="is not an account number"):
        cells.account_number(USUAL)(text)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("050 600-00-11", "380506000011"),
        ("0506000011", "380506000011"),
        ("380506000011", "380506000011"),
        ("+48226000011", "48226000011"),
        ("5060", "5060"),
        ("Kyivstar", "Kyivstar"),
    ],
)
def test_the_other_party_may_be_anybody(text, kept):
    assert cells.other_party(USUAL)(text) == kept


@pytest.mark.parametrize(
    ("text", "kopiykas"), [("187.45", 18745), ("1 234,5 грн", 123450), ("0", 0), ("12 ₴", 1200), ("7.50 UAH", 750)]
)
def test_money_is_exact(text, kopiykas):
    assert cells.money()(USUAL)(text) == Money(kopiykas)


def test_money_finer_than_a_kopiyka_is_rounded_only_when_wanted():
    with pytest.raises(BadValue, match="more precise than a kopiyka"):
        cells.money()(USUAL)("0.125")
    assert cells.money()(Writing(round=True))("0.125") == Money(13)


def test_money_below_zero_is_for_balances():
    with pytest.raises(BadValue, match="is below zero"):
        cells.money()(USUAL)("-0.01")
    assert cells.money(signed=True)(USUAL)("-0.01") == Money(-1)


def test_money_in_kopiykas_is_converted_by_the_mapping():
    assert cells.money()(Writing(multiply=Fraction("0.01")))("18745") == Money(18745)


@pytest.mark.parametrize("read", [cells.money(), cells.quantity])
def test_sums_that_no_column_holds_are_refused(read):
    with pytest.raises(BadValue, match="is too large"):
        read(USUAL)("9" * 18)


def test_quantities_are_whole_unless_converted():
    assert cells.quantity(USUAL)("60") == 60
    with pytest.raises(BadValue, match="is not a whole number"):
        cells.quantity(USUAL)("60.5")
    assert cells.quantity(Writing(multiply=Fraction(2**20)))("0,3") == 314573
    assert cells.quantity(USUAL)("0.3 MB") == 314573
    with pytest.raises(BadValue, match="is below zero"):
        cells.quantity(USUAL)("-1")


@pytest.mark.parametrize("text", ["так", "Yes", "1", "TRUE", "+"])
def test_yes_in_three_languages(text):
    assert cells.boolean(USUAL)(text) is True


@pytest.mark.parametrize("text", ["ні", "no", "0", "False", "нет"])
def test_no_in_three_languages(text):
    assert cells.boolean(USUAL)(text) is False


def test_neither_yes_nor_no():
    with pytest.raises(BadValue, match="neither yes nor no"):
        cells.boolean(USUAL)("perhaps")


def test_words_of_a_list_are_named_when_another_is_given():
    assert cells.one_of(Billing)(USUAL)("Prepaid") is Billing.PREPAID
    with pytest.raises(BadValue, match="'postpaid' is none of prepaid, contract"):
        cells.one_of(Billing)(USUAL)("postpaid")


def test_texts_that_do_not_fit_or_cannot_be_kept_are_refused():
    read = cells.text(5)(USUAL)
    assert read("їжак") == "їжак"
    with pytest.raises(BadValue, match="is 6 characters long; 5 are kept"):
        read("їжаки!")
    with pytest.raises(BadValue, match="--encoding cp1251"):
        read("їж".encode("cp1251").decode("utf-8", "surrogateescape"))
    with pytest.raises(BadValue, match="zero byte"):
        read("a\0b")


def test_codes_have_no_spaces_and_come_in_lists():
    assert cells.code()(USUAL)("extra_5gb") == "extra_5gb"
    with pytest.raises(BadValue, match="has a space"):
        cells.code()(USUAL)("extra 5gb")
    assert cells.codes()(USUAL)("a b,c; d") == ["a", "b", "c", "d"]


@pytest.mark.parametrize("text", ["50.4655", "50,4655", "50.4655°"])
def test_degrees_with_a_point_or_a_comma(text):
    assert cells.degrees(90)(USUAL)(text) == 50.4655


def test_degrees_with_three_decimals_are_no_thousands():
    assert cells.degrees(90)(USUAL)("50,465") == 50.465


def test_degrees_beyond_the_pole_are_refused():
    with pytest.raises(BadValue, match="beyond 90 degrees"):
        cells.degrees(90)(USUAL)("90.01")


def test_positions_are_small_whole_numbers():
    assert cells.whole_number(USUAL)("3") == 3
    for text in ("-1", "1.5", "9999999999"):
        with pytest.raises(BadValue, match="whole number from 0"):
            cells.whole_number(USUAL)(text)
