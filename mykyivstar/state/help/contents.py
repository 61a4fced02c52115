"""The help page: its topics, which are part of the page itself, and what a search finds."""

from collections.abc import Sequence
from dataclasses import dataclass

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar.domain.help.articles import topics
from mykyivstar.domain.help.search import QUESTION_MOST, Hit, find_article
from mykyivstar.guard import action
from mykyivstar.state.help.addresses import of_article, of_search
from mykyivstar.state.help.library import library
from mykyivstar.state.language import LanguageState
from mykyivstar.state.shell import show


class SearchForm(TypedDict):
    """What is looked for."""

    q: str


@dataclass(frozen=True, slots=True)
class FoundRow:
    """An article that fits, with what it says about it."""

    href: str
    title: dict[str, str]
    about: dict[str, str]


class HelpState(rx.State):
    """The search of the help page: `?q=…`."""

    question: str = ""
    found: list[FoundRow] = []

    @action(public=True)
    async def load(self) -> None:
        """Show what the address asks for."""
        question = self.rx_router_url.query_parameters.get("q", "").strip()[:QUESTION_MOST]
        language = (await self.get_state(LanguageState))._language.value
        hits = find_article(question, indexes=library().indexes, language=language)
        show(self, question=question, found=[_found(hit) for hit in hits])

    @action(public=True)
    async def search(self, form: SearchForm):
        """Look for this."""
        return rx.redirect(of_search(form["q"].strip()[:QUESTION_MOST]))


def listed_articles() -> Sequence[tuple[str, list[dict[str, str]]]]:
    """Every topic with the titles and addresses of its articles, for the page as it is built."""
    return [(topic.code, [_listed(code) for code in topic.articles]) for topic in topics()]


def _listed(code: str) -> dict[str, str]:
    return {language: each[code].title for language, each in library().articles.items()} | {"href": of_article(code)}


def _found(hit: Hit) -> FoundRow:
    known = {language: each[hit.code] for language, each in library().articles.items()}
    return FoundRow(
        href=of_article(hit.code),
        title={language: article.title for language, article in known.items()},
        about={language: article.lines[hit.line or 0] for language, article in known.items()},
    )
