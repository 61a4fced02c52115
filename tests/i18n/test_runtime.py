"""What the browser reads: the three languages, their plurals, and the same values as the server writes."""

from datetime import UTC, datetime

from mykyivstar.formatting.dates import format_date, format_moment, format_time
from mykyivstar.formatting.money import format_money
from mykyivstar.formatting.numbers import format_number
from mykyivstar.formatting.phones import format_phone
from mykyivstar.formatting.volumes import format_minutes, format_volume
from mykyivstar.i18n.languages import LANGUAGES
from tests.i18n.runtime import TextRuntime

DAYS_UK = ["{count} день", "{count} дні", "{count} днів"]
AMOUNTS = [0, 1, 50, 100, -1, 123450, -123456789, 99_999_999_999]
NUMBERS = [0, 1, 1234, 1234.5, -0.25, 1_000_000]
MOMENTS = [
    datetime(2026, 11, 22, 12, 5, tzinfo=UTC),
    datetime(2026, 3, 28, 22, 30, tzinfo=UTC),  # already the 29th in Kyiv, the night of the clock change
    datetime(2026, 12, 31, 23, 59, tzinfo=UTC),
    datetime(2024, 2, 29, 0, 0, tzinfo=UTC),
]
STYLES = ("long", "short", "day", "weekday", "month")
SIZES = [0, 1023, 1024, 350 * 1024**2, 1024**3 - 1, int(7.5 * 1024**3), 7_999_999_999, 5 * 1024**4]
DURATIONS = [0, 20, 60, 200, 3600, 123 * 60, 75_300]


def test_ukrainian_counts_days_right(runtime: TextRuntime) -> None:
    counts = [0, 1, 2, 5, 11, 12, 21, 22, 25, 111, 1.5]
    answers = runtime.ask([("uk", "_n", ["{count} day", "{count} days", DAYS_UK, count]) for count in counts])
    right = "0 днів, 1 день, 2 дні, 5 днів, 11 днів, 12 днів, 21 день, 22 дні, 25 днів, 111 днів"
    assert answers == [*right.split(", "), "1,5 дні"]


def test_russian_and_english_count_days_right(runtime: TextRuntime) -> None:
    counts = [1, 2, 5, 11, 21]
    ask = [(lang, "_n", ["{count} day", "{count} days", DAYS_UK, n]) for lang in ("ru", "en") for n in counts]
    russian = ["1 день", "2 дня", "5 дней", "11 дней", "21 день"]
    english = ["1 day", "2 days", "5 days", "11 days", "21 days"]
    assert runtime.ask(ask) == russian + english


def test_a_sentence_is_said_in_each_language_with_its_values(runtime: TextRuntime) -> None:
    ask = [(lang, "_t", ["Hello, {name}", "Вітаємо, {name}", {"name": "Олено"}]) for lang in LANGUAGES]
    assert runtime.ask(ask) == ["Вітаємо, Олено", "Hello, Олено", "Здравствуйте, Олено"]


def test_a_value_that_is_not_there_yet_leaves_no_trace(runtime: TextRuntime) -> None:
    kinds = ("Money", "Number", "Date", "Moment", "Time", "Phone", "Volume", "Minutes")
    names = [f"format{kind}" for kind in kinds]
    assert runtime.ask([("uk", name, [None]) for name in names]) == [""] * len(names)
    assert runtime.ask([("uk", "_t", ["a {b}", "а {b}", {"b": None}])]) == ["а "]


def test_money_and_numbers_read_as_on_the_server(runtime: TextRuntime) -> None:
    for language in LANGUAGES:
        asked = runtime.ask([(language, "formatMoney", [amount]) for amount in AMOUNTS])
        assert asked == [format_money(amount, language) for amount in AMOUNTS]
        asked = runtime.ask([(language, "formatNumber", [value]) for value in NUMBERS])
        assert asked == [format_number(value, language) for value in NUMBERS]


def test_days_and_times_read_as_on_the_server(runtime: TextRuntime) -> None:
    for language in LANGUAGES:
        for style in STYLES:
            asked = runtime.ask([(language, "formatDate", [m.isoformat(), style]) for m in MOMENTS])
            assert asked == [format_date(m, language, style) for m in MOMENTS]
        asked = runtime.ask([(language, "formatMoment", [m.isoformat()]) for m in MOMENTS])
        assert asked == [format_moment(m, language) for m in MOMENTS]
        asked = runtime.ask([(language, "formatTime", [m.isoformat()]) for m in MOMENTS])
        assert asked == [format_time(m) for m in MOMENTS]


def test_numbers_volumes_and_durations_read_as_on_the_server(runtime: TextRuntime) -> None:
    phones = ["380671234567", "+380671234567", "0800300466", "466"]
    for language in LANGUAGES:
        assert runtime.ask([(language, "formatPhone", [p]) for p in phones]) == [format_phone(p) for p in phones]
        asked = runtime.ask([(language, "formatVolume", [size]) for size in SIZES])
        assert asked == [format_volume(size, language) for size in SIZES]
        assert runtime.ask([(language, "formatMinutes", [s]) for s in DURATIONS]) == [
            format_minutes(s, language) for s in DURATIONS
        ]


def test_the_agreed_forms() -> None:
    assert format_money(123450, "uk") == "1\u00a0234,50\u00a0₴"
    assert format_money(-150, "en") == "\u22121.50\u00a0₴"
    assert format_phone("380671234567") == "+380\u00a067\u00a0123\u00a045\u00a067"
    assert format_date(MOMENTS[0], "uk") == "22 листопада 2026"
    assert format_moment(MOMENTS[0], "uk") == "22 листопада 2026, 14:05"
    assert format_volume(int(7.5 * 1024**3), "uk") == "7,5\u00a0ГБ"
    assert format_minutes(200, "uk") == "3\u00a0хв 20\u00a0с"
