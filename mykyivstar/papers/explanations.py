"""Why each entry is there, in words (O1): one place for the page of an entry, statements and letters.

An entry's explanation names its rule. Whoever posts by a new rule gives it words here; a test looks for every rule.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from mykyivstar.domain.catalogue.names import Names
from mykyivstar.domain.ledger.models import OperationKind
from mykyivstar.domain.payments.models import Source
from mykyivstar.formatting.dates import format_date
from mykyivstar.formatting.money import format_money
from mykyivstar.formatting.phones import format_phone
from mykyivstar.i18n import tr
from mykyivstar.papers.explanation_downtime import downtime_words
from mykyivstar.papers.explanation_facts import category_of, facts_of, kind_words, no_consent_words
from mykyivstar.papers.explanation_internet import internet_words
from mykyivstar.papers.explanation_silence import blocked_words, paused_words
from mykyivstar.papers.reports import words as usage_words
from mykyivstar.papers.words import Row, what


@dataclass(frozen=True, slots=True)
class Words:
    """An entry in words: what it is in a line, why it was posted in a sentence, and the numbers behind it."""

    title: str
    why: str = ""
    facts: Sequence[Row] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a rule's words are made of; `about` is what follows the family in the rule: the code of a tariff, …"""

    kind: OperationKind | None
    why: Mapping[str, Any]
    about: str
    lang: str
    names: Names

    @property
    def name(self) -> str:
        """The tariff or service of the rule, as people know it."""
        code = self.about.partition("/")[0]
        named = self.names.get(code, {})
        return named.get(self.lang) or named.get("uk") or code

    @property
    def category(self) -> str:
        """What was used; empty where the entry does not say."""
        category = category_of(self.why)
        return usage_words.category(category, self.lang) if category else ""

    def money(self, name: str) -> str:
        """An amount of the explanation."""
        return format_money(int(self.why.get(name, 0)), self.lang)

    def number(self, name: str) -> str:
        """A number or numbers of the explanation."""
        said = self.why.get(name, "")
        return ", ".join(format_phone(str(each)) for each in (said if isinstance(said, list) else [said]))


def explained(
    kind: OperationKind | None, explanation: Mapping[str, Any], lang: str, names: Names | None = None
) -> Words:
    """An entry of an operation of this kind in words; a usage record has no kind but its rule.

    `names` are of the codes that `codes_of` finds. A rule that nobody gave words is told by the operation's kind.
    """
    rule = str(explanation.get("rule", ""))
    family, about = _family(rule)
    asked = _Asked(kind, explanation, about, lang, names or {})
    words = _FAMILIES[family](asked) if family else _by_kind(asked)
    if kind is OperationKind.REFUND:
        words = Words(
            tr(lang, "Taken back: {what}", what=words.title), tr(lang, "The payment was returned to the payer.")
        )
    return Words(words.title, words.why, [*words.facts, *facts_of(explanation, lang)])


def has_words(rule: str) -> bool:
    """Whether entries by this rule have words of their own."""
    return bool(_family(rule)[0])


def codes_of(explanation: Mapping[str, Any]) -> set[str]:
    """Codes of tariffs and services of which the words want the names."""
    family, about = _family(str(explanation.get("rule", "")))
    if family not in _NAMED:
        return set()
    return {about.partition("/")[0] if family == "price " else about}


def _family(rule: str) -> tuple[str, str]:
    """Which family of rules it belongs to, and what follows; none for a rule that has no words."""
    if rule in _FAMILIES:
        return rule, ""
    found = next((each for each in _FAMILIES if each[-1:] in "/ ." and rule.startswith(each)), "")
    return found, rule[len(found) :]


def _opening(asked: _Asked) -> Words:
    said = tr(asked.lang, "What was there before the history of this account begins.")
    return Words(tr(asked.lang, "Opening balance"), said)


def _correction(asked: _Asked) -> Words:
    said = tr(
        asked.lang,
        "The operator's books said {balance}: the difference was put right here.",
        balance=asked.money("stated_balance"),
    )
    return Words(tr(asked.lang, "Correction of the balance"), said)


def _top_up(asked: _Asked) -> Words:
    lang = asked.lang
    match asked.about:
        case "card":
            return Words(tr(lang, "Top-up by bank card"))
        case "terminal":
            return Words(tr(lang, "Top-up at a terminal"))
        case "bank_app":
            return Words(tr(lang, "Top-up in a bank's app"))
        case "invoice":
            return Words(tr(lang, "Payment of an invoice"))
        case _:
            return Words(tr(lang, "Top-up"))


def _payment(asked: _Asked) -> Words:
    title = what(Source(asked.about), asked.lang)
    said = ""
    if asked.why.get("to"):
        said = tr(asked.lang, "Transferred to {number}.", number=asked.number("to"))
    elif asked.why.get("from"):
        said = tr(asked.lang, "Transferred from {number}.", number=asked.number("from"))
    elif asked.about == Source.PROMISE.value:
        said = tr(asked.lang, "The operator lends it until your next top-up.")
    return Words(title, said)


def _promise_back(asked: _Asked) -> Words:
    said = tr(asked.lang, "What was lent on {day} went back to the operator.", day=_day(asked))
    return Words(tr(asked.lang, "Promised payment goes back"), said)


def _promise_price(asked: _Asked) -> Words:
    said = tr(asked.lang, "The price of the promised payment of {day}, as it was said before.", day=_day(asked))
    return Words(tr(asked.lang, "Price of a promised payment"), said)


def _tariff(asked: _Asked) -> Words:
    said = tr(asked.lang, "The tariff's fee, taken in advance for the days named below.")
    return Words(tr(asked.lang, "Tariff fee: {name}", name=asked.name), said)


def _service(asked: _Asked) -> Words:
    said = tr(asked.lang, "The fee of the service for the days named below.")
    return Words(tr(asked.lang, "Service: {name}", name=asked.name), said)


def _package(asked: _Asked) -> Words:
    said = tr(asked.lang, "Paid by the package of {name}: nothing is taken from the balance.", name=asked.name)
    return Words(asked.category or tr(asked.lang, "Usage"), said)


def _price(asked: _Asked) -> Words:
    said = tr(asked.lang, "No package paid for it: charged at the price of the tariff {name}.", name=asked.name)
    return Words(asked.category or tr(asked.lang, "Usage"), said)


def _incoming(asked: _Asked) -> Words:
    return Words(tr(asked.lang, "Incoming calls"), tr(asked.lang, "Incoming calls are free."))


def _internet_bonus(asked: _Asked) -> Words:
    said = tr(asked.lang, "For the days on which the home internet was active: a part of the fee, in whole bonuses.")
    return Words(tr(asked.lang, "Bonuses for home internet"), said)


def _bonus_expired(asked: _Asked) -> Words:
    said = tr(asked.lang, "Transferred bonuses live for 20 days: what was left of them is written off.")
    return Words(tr(asked.lang, "Bonuses written off"), said)


def _bonus_transfer(asked: _Asked) -> Words:
    said = tr(asked.lang, "Moved from home internet to {number}.", number=asked.number("to"))
    return Words(tr(asked.lang, "Transfer of bonuses"), said)


def _details(asked: _Asked) -> Words:
    said = tr(asked.lang, "Details of days of the current month are paid; the price was confirmed before.")
    return Words(tr(asked.lang, "Call details"), said)


def _details_back(asked: _Asked) -> Words:
    said = tr(asked.lang, "The call details could not be made: their price is back.")
    return Words(tr(asked.lang, "Price of call details returned"), said)


def _internet(asked: _Asked) -> Words:
    return Words(*internet_words(str(asked.why["rule"]), asked.name, asked.lang))


#: By rule, or by how a family of rules begins.
_FAMILIES: Final[Mapping[str, Callable[[_Asked], Words]]] = {
    "opening_balance": _opening,
    "balance_correction": _correction,
    "top_up/": _top_up,
    "payment.": _payment,
    "promise.repayment": _promise_back,
    "promise.price": _promise_price,
    "tariff/": _tariff,
    "service/": _service,
    "internet_suspension": _internet,
    "internet_suspension_back": _internet,
    "internet.downtime": lambda asked: Words(*downtime_words(asked.why, asked.lang)),
    "internet_unused/": _internet,
    "service_undone/": _internet,
    "package ": _package,
    "price ": _price,
    "free incoming": _incoming,
    "data paused": lambda asked: Words(*paused_words(asked.category, asked.lang)),
    "line blocked": lambda asked: Words(*blocked_words(asked.category, asked.lang)),
    "internet_bonus": _internet_bonus,
    "bonus_expired": _bonus_expired,
    "bonus_transfer": _bonus_transfer,
    "report.details": _details,
    "report.failed": _details_back,
    "dispute.no_consent": lambda asked: Words(*no_consent_words(asked.lang)),
}
_NAMED: Final = frozenset({"tariff/", "service/", "internet_unused/", "service_undone/", "package ", "price "})


def _by_kind(asked: _Asked) -> Words:
    return Words(kind_words(asked.kind, asked.lang) if asked.kind else asked.category or tr(asked.lang, "Usage"))


def _day(asked: _Asked) -> str:
    given = str(asked.why.get("given_at", ""))
    return format_date(datetime.fromisoformat(given), asked.lang) if given else "—"
