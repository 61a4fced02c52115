"""How people ask for what is their own, in three languages; and what only sounds like it."""

import tomllib
from pathlib import Path

import pytest

from mykyivstar.domain.assistant.understanding import Intent, amount_in, understand
from mykyivstar.i18n import LANGUAGES
from mykyivstar.kit.money import Money
from tests.domain.help.test_search import ASKED

PHRASES = tomllib.loads((Path(__file__).parent / "phrases.toml").read_text(encoding="utf-8"))
# Questions that an article answers and own data answers better.
BETTER = {
    "next-charge": Intent.NEXT_CHARGE,
    "why-charged": Intent.WHY_CHARGED,
    "payment-state": Intent.PAYMENT,
    "internet-threshold": Intent.INTERNET,
    "chat": Intent.PERSON,
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_is_understood(language: str) -> None:
    wanted = {phrase: intent for intent, phrases in PHRASES[language].items() for phrase in phrases}
    assert set(wanted.values()) >= {each.value for each in Intent}
    found = {phrase: (understand(phrase, language).intent or "nothing") for phrase in wanted}
    assert found == wanted


def test_a_person_may_ask_in_another_language_than_the_page_has() -> None:
    for language, page in (("uk", "en"), ("ru", "uk"), ("en", "uk")):
        for intent in ("balance", "person", "bonuses"):
            for phrase in PHRASES[language][intent]:
                assert understand(phrase, page).intent == intent, phrase


@pytest.mark.parametrize("language", LANGUAGES)
def test_questions_for_articles_are_left_to_them(language: str) -> None:
    taken = {
        question: intent
        for question, code in ASKED[language].items()
        if (intent := understand(question, language).intent) is not None and intent is not BETTER.get(code)
    }
    assert taken == {}
    assert {understand(question, language).intent for question in ASKED["nothing"][language]} == {None}


@pytest.mark.parametrize(
    ("text", "kopiykas"),
    [
        ("чому списали 5,31", 531),
        ("за що 5.3 грн?", 530),
        ("сняли 5 гривен", 500),
        ("why 1 234,50 ₴", 123_450),
        ("22.11.2026 списали 7 грн", 700),
        ("номер 067 123 45 67", None),
        ("*110#", None),
        ("за 2026 рік", None),
        ("0 грн", None),
        ("12345678,90", None),
    ],
)
def test_the_sum_of_a_question(text: str, kopiykas: int | None) -> None:
    assert amount_in(text) == (None if kopiykas is None else Money(kopiykas))
