"""The articles and their index as this installation has them: with its own prices and limits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from mykyivstar import terms
from mykyivstar.domain.bonuses.rules import LEAST, MONTH_MOST
from mykyivstar.domain.help.articles import Article, read_articles
from mykyivstar.domain.help.search import Index
from mykyivstar.domain.reports.details_price import fee_of
from mykyivstar.formatting.money import format_money
from mykyivstar.formatting.numbers import format_number
from mykyivstar.i18n import DEFAULT_LANGUAGE, LANGUAGES
from mykyivstar.kit.money import Money


@dataclass(frozen=True, slots=True)
class Library:
    """Every article by language and code, and where to look."""

    articles: Mapping[str, Mapping[str, Article]]
    indexes: Mapping[str, Index]

    def topic_of(self, code: str) -> str:
        """The group that the article is in."""
        return self.articles[DEFAULT_LANGUAGE][code].topic


@cache
def library() -> Library:
    """Read once in a process."""
    articles = {language: read_articles(language, _terms(language)) for language in LANGUAGES}
    return Library(articles, {language: Index(each) for language, each in articles.items()})


def _terms(language: str) -> Mapping[str, str]:
    limits, promises, internet = terms.payment_limits(), terms.promise_terms(), terms.internet_terms()
    details = terms.details_tariff()
    amounts = {
        "top_up_least": limits.top_up_least,
        "top_up_most": limits.top_up_most,
        "transfer_least": limits.transfer_least,
        "transfer_most": limits.transfer_most,
        "transfer_code_above": limits.transfer_code_above,
        "transfer_month_most": limits.transfer_month_most,
        "promise_price": promises.line_price,
        "grace_most": promises.internet_most,
        "suspension_price": internet.suspension_price,
        "details_first": fee_of(details.at_first).total,
        "details_month": fee_of(details.first_of_month).total,
        "details_further": fee_of(details.further).total,
    }
    numbers = {
        "promise_days": promises.line_days,
        "promise_age": promises.line_age_days,
        "grace_days": promises.internet_days,
        "suspension_least": internet.suspension_least,
        "suspension_most": internet.suspension_most,
        "suspension_year": internet.suspension_year_most,
        "bonus_least": LEAST.kopiykas // 100,
        "bonus_most": MONTH_MOST.kopiykas // 100,
    }
    said = {name: format_money(amount.kopiykas, language) for name, amount in amounts.items()}
    said |= {name: format_number(number, language) for name, number in numbers.items()}
    return said | {"promise_sums": _choice(promises.line_sums, language)}


def _choice(sums: Sequence[Money], language: str) -> str:
    return " / ".join(format_money(each.kopiykas, language) for each in sums)
