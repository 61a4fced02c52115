"""Which article answers what people ask in their own words, in three languages."""

import tomllib
from pathlib import Path

import pytest

from mykyivstar.domain.help.search import ANSWERS
from mykyivstar.domain.help.stems import alike, stem
from mykyivstar.i18n import LANGUAGES
from mykyivstar.state.help.library import library

ASKED = tomllib.loads((Path(__file__).parent / "questions.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_right_article_comes_first(language: str) -> None:
    index = library().indexes[language]
    wanted = ASKED[language]
    assert len(wanted) >= 20
    found = {question: next((hit.code for hit in index.find(question)), None) for question in wanted}
    assert found == wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_no_article_says_is_not_answered(language: str) -> None:
    index = library().indexes[language]
    best = {
        question: max((hit.score for hit in index.find(question)), default=0.0)
        for question in ASKED["nothing"][language]
    }
    assert {question: score for question, score in best.items() if score >= ANSWERS} == {}


@pytest.mark.parametrize(
    "forms",
    [
        "рахунок рахунку рахунки рахунком",
        "поповнення поповнити поповнив поповнюю",
        "код коду коди кодом",
        "интернет интернета интернетом",
        "списание списания списаний списали",
        "payment payments",
        "topping topped",
        "transfer transferred transferring",
    ],
)
def test_forms_of_a_word_are_of_one_family(forms: str) -> None:
    first, *others = [stem(word) for word in forms.split()]
    assert [word for word in others if not alike(first, word)] == []


def test_words_that_only_look_alike_are_not() -> None:
    for one, other in (("код", "кошти"), ("баланс", "балкон"), ("5.31", "5.3"), ("phone", "photo")):
        assert not alike(stem(one), stem(other))


def test_a_long_question_costs_little_and_breaks_nothing() -> None:
    index = library().indexes["uk"]
    assert index.find("поповнити " * 2000)[0].code == "top-up"
    assert index.find("<script>alert(1)</script> \u202e \x00 😀" * 50) == []
    assert index.find("") == index.find("???") == []


def test_the_line_that_fits_best_is_named() -> None:
    hit = library().indexes["uk"].find("скільки днів живуть бонуси на мобільному")[0]
    assert hit.line is not None
    assert "20 днів" in library().articles["uk"][hit.code].lines[hit.line]
