"""Articles as they lie in `articles/<language>/<code>.md`: read once, checked, filled with this installation's terms.

A file has `title:` and `words:` (what people call the thing, for the search), an empty line and the text. The first
paragraph is the whole answer in short. Lines beginning with `1.` are steps, with `-` points, with `>` links to pages;
a line is one paragraph. `{names}` are terms of the installation: prices and limits.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Literal

FOLDER = Path(__file__).parent / "articles"
Kind = Literal["text", "steps", "points"]

_HEAD = re.compile(r"title: (?P<title>.+)\nwords: (?P<words>.+)\n\n(?P<body>.+)", re.DOTALL)
_LINK = re.compile(r"> \[(?P<label>[^]]+)]\((?P<href>/[^)]*)\)")
_STEP = re.compile(r"\d+\. ")


@dataclass(frozen=True, slots=True)
class Link:
    """A page of the app that the article leads to."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or the lines of a list."""

    kind: Kind
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """One article in one language."""

    code: str
    topic: str
    title: str
    # What people call it who do not call it as the title does.
    words: str
    blocks: tuple[Block, ...]
    links: tuple[Link, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """Everything that can be quoted, the short answer first."""
        return tuple(line for block in self.blocks for line in block.lines)


@dataclass(frozen=True, slots=True)
class Topic:
    """A group of articles, in the order in which they are listed."""

    code: str
    articles: tuple[str, ...]


def topics() -> Sequence[Topic]:
    """The groups and their articles, as `articles/topics.toml` lists them."""
    listed = tomllib.loads((FOLDER / "topics.toml").read_text(encoding="utf-8"))
    return [Topic(code, tuple(articles)) for code, articles in listed.items()]


def read_articles(language: str, terms: Mapping[str, str]) -> Mapping[str, Article]:
    """Every article in this language by its code, `terms` in the place of `{names}`.

    Raises ValueError for a file that is not of the form, KeyError for a term that is not given.
    """
    return {code: _read(language, topic.code, code, terms) for topic in topics() for code in topic.articles}


def _read(language: str, topic: str, code: str, terms: Mapping[str, str]) -> Article:
    written = (FOLDER / language / f"{code}.md").read_text(encoding="utf-8")
    if (found := _HEAD.fullmatch(written.strip())) is None:
        raise ValueError(f"{language}/{code}.md does not begin with its title and words")
    lines = [line for line in found["body"].format_map(terms).splitlines() if line]
    links = [link for line in lines if (link := _LINK.fullmatch(line))]
    texts = groupby((line for line in lines if not line.startswith(">")), key=_kind)
    return Article(
        code=code,
        topic=topic,
        title=found["title"].strip(),
        words=found["words"],
        blocks=tuple(block for kind, group in texts for block in _blocks(kind, list(group))),
        links=tuple(Link(link["label"], link["href"]) for link in links),
    )


def _kind(line: str) -> Kind:
    if _STEP.match(line):
        return "steps"
    return "points" if line.startswith("- ") else "text"


def _blocks(kind: Kind, lines: Sequence[str]) -> Sequence[Block]:
    if kind == "text":
        return [Block(kind, (line,)) for line in lines]
    return [Block(kind, tuple(line.partition(" ")[2] for line in lines))]
