"""Sentences written on the server."""

from datetime import UTC, datetime

from mykyivstar.i18n import describe, tr, trn
from mykyivstar.kit.errors import CustomerError
from mykyivstar.kit.money import Money, NotAnAmount
from mykyivstar.kit.msisdn import Msisdn


class TooLittle(CustomerError):
    sentence = "{number} lacks {amount} until {at}"


def test_a_refusal_is_said_in_the_language_of_the_reader() -> None:
    assert describe(NotAnAmount(), "uk") == "Введіть суму в гривнях, наприклад 150 або 150,50."
    assert describe(NotAnAmount(), "ru") == "Введите сумму в гривнах, например 150 или 150,50."
    assert describe(NotAnAmount(), "en") == "Enter an amount in hryvnias, for example 150 or 150,50."


def test_values_of_a_refusal_are_written_for_people() -> None:
    at = datetime(2026, 11, 22, 12, 5, tzinfo=UTC)
    said = describe(TooLittle(number=Msisdn("380671234567"), amount=Money(123450), at=at), "en")
    assert said.replace("\u00a0", " ") == "+380 67 123 45 67 lacks 1,234.50 ₴ until 22 November 2026, 14:05"


def test_an_unknown_language_is_answered_in_ukrainian() -> None:
    assert tr("xx", "This cannot be done.") == tr("uk", "This cannot be done.") == "Цього зробити не можна."


def test_english_plurals_need_no_file() -> None:
    said = [trn("en", "{count} day", "{count} days", count=count) for count in (1, 2, 1000)]
    assert said == ["1 day", "2 days", "1,000 days"]
