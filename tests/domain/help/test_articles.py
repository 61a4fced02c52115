"""What holds for every article in every language."""

import re

import pytest

from mykyivstar.domain.help.articles import FOLDER, read_articles, topics
from mykyivstar.i18n import LANGUAGES
from mykyivstar.pages import import_all
from mykyivstar.pages.layout import pages
from mykyivstar.state.help.library import library

CODES = [code for topic in topics() for code in topic.articles]


def test_there_are_enough_and_each_lies_in_one_topic() -> None:
    assert len(CODES) == len(set(CODES)) >= 25
    for language in LANGUAGES:
        assert {path.stem for path in (FOLDER / language).glob("*.md")} == set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_translations_are_built_alike(code: str) -> None:
    shapes = {
        language: (
            [(block.kind, len(block.lines)) for block in article.blocks],
            [link.href for link in article.links],
        )
        for language in LANGUAGES
        for article in [library().articles[language][code]]
    }
    assert shapes["ru"] == shapes["uk"]
    assert shapes["en"] == shapes["uk"]
    assert shapes["uk"][0][0] == ("text", 1), "the short answer comes first"


def test_links_lead_to_pages_of_the_app() -> None:
    import_all()
    routes = {page.route for page in pages()}
    links = {link.href.partition("?")[0] for each in library().articles["uk"].values() for link in each.links}
    assert links - routes == set()


def test_prices_are_those_of_the_installation() -> None:
    details = library().articles["uk"]["details-price"]
    assert "5,31" in details.lines[0]
    assert "1,06" in details.lines[0]
    assert "1\u00a0000" in library().articles["uk"]["transfer"].lines[0]
    everything = " ".join(line for each in library().articles["en"].values() for line in each.lines)
    assert not re.search(r"[{}]", everything)


def test_a_term_that_nobody_gives_is_an_error() -> None:
    with pytest.raises(KeyError):
        read_articles("uk", {})


def test_ukrainian_has_no_russian_letters_nor_the_other_way_round() -> None:
    for language, foreign in (("uk", "ыэёъ"), ("ru", "іїєґ")):
        for article in library().articles[language].values():
            text = " ".join([article.title, article.words, *article.lines]).lower()
            assert not set(text) & set(foreign), article.code
