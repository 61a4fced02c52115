"""One help article, in all three languages: whoever switches reads on at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import reflex as rx

from mykyivstar.domain.help.articles import Article, topics
from mykyivstar.guard import action
from mykyivstar.state.at_address import AtAddress
from mykyivstar.state.help.addresses import of_article
from mykyivstar.state.help.library import library
from mykyivstar.state.shell import show


@dataclass(frozen=True, slots=True)
class BlockRow:
    """A paragraph, or the lines of a list; each line by language."""

    kind: str
    lines: list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A page that the article leads to, or another article."""

    label: dict[str, str]
    href: str


@dataclass(frozen=True, slots=True)
class ArticleView:
    """The article and its neighbours."""

    title: dict[str, str]
    lead: dict[str, str]
    blocks: list[BlockRow]
    links: list[LinkRow]
    related: list[LinkRow]


class ArticleState(AtAddress, rx.State):
    """Page of an article."""

    ready: bool = False
    article: ArticleView | None = None

    @action(public=True)
    async def load(self) -> None:
        """Show the article of this address, or that there is none."""
        show(self, ready=True, article=_view(self._code))
        self._take_address()

    @property
    def _code(self) -> str:
        return self.rx_router_url.path.rstrip("/").rpartition("/")[2]


def _view(code: str) -> ArticleView | None:
    topic = next((topic for topic in topics() if code in topic.articles), None)
    if topic is None:
        return None
    known = {language: each[code] for language, each in library().articles.items()}
    lead, *blocks = _blocks(known)
    return ArticleView(
        title={language: article.title for language, article in known.items()},
        lead=lead.lines[0],
        blocks=blocks,
        links=_links(known),
        related=[_related(other) for other in topic.articles if other != code],
    )


def _blocks(known: dict[str, Article]) -> list[BlockRow]:
    """Every translation has the same blocks and lines, which the tests see to."""
    languages = list(known)
    together = zip(*(article.blocks for article in known.values()), strict=True)
    return [
        BlockRow(
            kind=blocks[0].kind,
            lines=[_by_language(languages, lines) for lines in zip(*(block.lines for block in blocks), strict=True)],
        )
        for blocks in together
    ]


def _links(known: dict[str, Article]) -> list[LinkRow]:
    languages = list(known)
    together = zip(*(article.links for article in known.values()), strict=True)
    return [LinkRow(_by_language(languages, [link.label for link in links]), links[0].href) for links in together]


def _related(code: str) -> LinkRow:
    titles = {language: each[code].title for language, each in library().articles.items()}
    return LinkRow(titles, of_article(code))


def _by_language(languages: Sequence[str], texts: Sequence[str]) -> dict[str, str]:
    return dict(zip(languages, texts, strict=True))
