"""The search among the articles: an index in memory, made once; which article answers, and with which of its lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

from mykyivstar.domain.help.articles import Article
from mykyivstar.domain.help.stems import BEGINNING, alike, stems_of

QUESTION_MOST = 500
_STEMS_MOST = 40
# How much a word counts where it stands: in the title or among the article's other names, in its short answer, below.
_NAMED, _LEAD, _BELOW = 1.0, 0.6, 0.45
# Beside how much of the question is in the article: how much of its title is in the question.
_OF_TITLE = 0.25
# A word that is in no article counts as one that is in a few.
_RARE = 3
#: From here on an article answers; between the two it is only listed.
ANSWERS, LISTED = 0.5, 0.3


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that fits a question; `line` is the one of its lines, beside the first, that fits best, if any."""

    code: str
    score: float
    line: int | None


@dataclass(frozen=True, slots=True)
class _Indexed:
    code: str
    title: frozenset[str]
    weights: Mapping[str, float]
    lines: tuple[frozenset[str], ...]


class Index:
    """Articles of one language."""

    def __init__(self, articles: Mapping[str, Article]) -> None:
        self._articles = [_indexed(article) for article in articles.values()]
        # Stems by what they begin with: words of one family begin alike.
        self._known: dict[str, set[str]] = {}
        for stem in {stem for each in self._articles for stem in each.weights}:
            self._known.setdefault(stem[:BEGINNING], set()).add(stem)

    def find(self, question: str, *, limit: int = 8) -> Sequence[Hit]:
        """Articles that fit what is asked, the best first; none for a question without words that say anything."""
        asked = list(dict.fromkeys(stems_of(question[:QUESTION_MOST])))[:_STEMS_MOST]
        # A number that no article names says nothing: «позичте 50 гривень».
        family = {stem: known for stem in asked if (known := self._family(stem)) or not stem[0].isdigit()}
        rarity = {stem: self._rarity(known) for stem, known in family.items()}
        whole = sum(rarity.values())
        if not whole:
            return []
        hits = [self._hit(each, family, rarity, whole) for each in self._articles]
        return sorted((hit for hit in hits if hit.score >= LISTED), key=lambda hit: -hit.score)[:limit]

    def _family(self, stem: str) -> Mapping[str, float]:
        """The stems of the articles that are like this one, and how much."""
        near = self._known.get(stem[:BEGINNING], ())
        return {known: share for known in near if (share := alike(stem, known))}

    def _rarity(self, family: Mapping[str, float]) -> float:
        holding = sum(1 for each in self._articles if any(each.weights.get(stem, 0) >= _LEAD for stem in family))
        return log(1 + len(self._articles) / (holding or _RARE))

    def _hit(
        self, article: _Indexed, family: Mapping[str, Mapping[str, float]], rarity: Mapping[str, float], whole: float
    ) -> Hit:
        found = {stem: _best(family[stem], article.weights) * rarity[stem] for stem in family}
        in_title = sum(1 for stem in article.title if any(stem in known for known in family.values()))
        score = sum(found.values()) / whole + _OF_TITLE * in_title / max(len(article.title), 2)
        return Hit(article.code, score, _best_line(article, family, rarity))


def find_article(question: str, *, indexes: Mapping[str, Index], language: str) -> Sequence[Hit]:
    """Articles that fit: by their text in this language or, where none does well, in another; the best first."""
    own = indexes[language].find(question)
    if own and own[0].score >= ANSWERS:
        return own
    others = [index.find(question) for name, index in indexes.items() if name != language]
    return max([own, *others], key=lambda hits: hits[0].score if hits else 0.0)


def _indexed(article: Article) -> _Indexed:
    title = frozenset(stems_of(article.title))
    lead, *below = article.lines
    weights = dict.fromkeys(stems_of(" ".join(below)), _BELOW)
    weights |= dict.fromkeys(stems_of(lead), _LEAD)
    weights |= dict.fromkeys([*title, *stems_of(article.words)], _NAMED)
    return _Indexed(article.code, title, weights, tuple(frozenset(stems_of(line)) for line in article.lines))


def _best(family: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return max((share * weights[stem] for stem, share in family.items() if stem in weights), default=0.0)


def _best_line(article: _Indexed, family: Mapping[str, Mapping[str, float]], rarity: Mapping[str, float]) -> int | None:
    def fits(line: frozenset[str]) -> float:
        return sum(_best(family[stem], dict.fromkeys(line, 1.0)) * rarity[stem] for stem in family)

    scores = [fits(line) for line in article.lines]
    best = max(range(len(scores)), key=scores.__getitem__)
    return best if best and scores[best] > scores[0] else None
