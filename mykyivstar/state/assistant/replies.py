"""What the assistant says: facts and articles in words, each with where it comes from and where to look."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from mykyivstar import routes
from mykyivstar.domain.assistant.answering import Answer
from mykyivstar.domain.assistant.charges import Charge
from mykyivstar.domain.assistant.understanding import Intent
from mykyivstar.domain.catalogue.names import Names
from mykyivstar.domain.help.articles import Article
from mykyivstar.domain.overview.models import Part
from mykyivstar.i18n import tr
from mykyivstar.papers.explanations import explained
from mykyivstar.state.applications.addresses import of_application
from mykyivstar.state.assistant import facts
from mykyivstar.state.expenses.addresses import of_entry
from mykyivstar.state.help.addresses import of_article
from mykyivstar.state.help.library import library
from mykyivstar.state.payments.addresses import of_payment
from mykyivstar.state.support.addresses import of_ticket

Source = Literal["", "own", "help"]
_MAYBE_MOST = 3


@dataclass(frozen=True, slots=True)
class LinkRow:
    """Where the same can be looked up, or done."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as it is read; `source` says whether it is of the customer's own data or of an article."""

    text: str
    source: Source = ""
    links: Sequence[LinkRow] = field(default_factory=tuple)
    # Nothing was found: a person is the next step.
    is_lost: bool = False


def reply_to(answer: Answer, names: Names, lang: str) -> Reply:
    """The answer in words; `names` of the tariffs and services in its charges."""
    match answer.intent:
        case None:
            return _of_articles(answer, lang)
        case Intent.WHY_CHARGED:
            return _of_charges(answer, names, lang)
        case Intent.PAYMENT:
            return _of_payments(answer, lang)
        case Intent.REQUEST:
            return _of_requests(answer, lang)
        case intent if intent.is_small_talk:
            return _small_talk(intent, lang)
        case intent:
            return _of_parts(intent, answer.parts, lang)


def _small_talk(intent: Intent, lang: str) -> Reply:
    if intent is Intent.THANKS:
        return Reply(tr(lang, "Glad to help! Ask whenever something is not clear."))
    return Reply(
        tr(
            lang,
            "Hello! Ask about your balance, charges, bonuses or home internet, or how something works here. "
            "If you would rather talk to a person, say so.",
        )
    )


def article_reply(article: Article, line: int | None) -> Reply:
    """The article's short answer and the line that fits best, word for word."""
    lines = article.lines
    quoted = [lines[0], lines[line]] if line is not None and line < len(lines) else [lines[0]]
    links = [LinkRow(article.title, of_article(article.code))]
    return Reply("\n".join(quoted), "help", [*links, *(LinkRow(link.label, link.href) for link in article.links)])


def _of_articles(answer: Answer, lang: str) -> Reply:
    articles = library().articles[lang]
    if (best := answer.article) is not None:
        return article_reply(articles[best.code], best.line)
    maybe = [LinkRow(articles[hit.code].title, of_article(hit.code)) for hit in answer.hits[:_MAYBE_MOST]]
    if maybe:
        said = tr(lang, "I am not sure what you mean. Perhaps one of these articles is about it. If not, ask a person.")
        return Reply(said, links=maybe, is_lost=True)
    return Reply(
        tr(lang, "I do not know the answer. Ask in other words, or ask a person: what we wrote here goes along."),
        is_lost=True,
    )


def _of_parts(intent: Intent, parts: Sequence[Part], lang: str) -> Reply:
    if not parts:
        return Reply(facts.nothing_held(intent, lang), "own", [LinkRow(tr(lang, "My numbers"), routes.LINES)])
    head = facts.head_of(intent, lang)
    lines = [line for part in parts for line in facts.lines_of(intent, part, lang)]
    return Reply("\n".join([head, *lines] if head else lines), "own", [LinkRow(*facts.page_of(intent, lang))])


def _of_charges(answer: Answer, names: Names, lang: str) -> Reply:
    history = LinkRow(tr(lang, "All charges"), routes.EXPENSES_HISTORY)
    if answer.charges:
        told = [_charge(charge, answer.parts, names, lang) for charge in answer.charges]
        text = "\n\n".join(said for said, _ in told)
        return Reply(text, "own", [*(link for _, link in told), history])
    if answer.amount is not None:
        said = tr(lang, "I find no charge of {amount} on your numbers in the last three months.", amount=answer.amount)
    else:
        said = tr(lang, "I find no charges on this number in the last three months.")
    links = [history]
    if (best := answer.article) is not None:
        links.append(LinkRow(library().articles[lang][best.code].title, of_article(best.code)))
    return Reply(said, "own", links)


def _charge(charge: Charge, parts: Sequence[Part], names: Names, lang: str) -> tuple[str, LinkRow]:
    entry = charge.entry
    words = explained(entry.kind, entry.explanation, lang, names)
    whose = next((facts.name_of(part, lang) for part in parts if part.key == charge.key), "")
    said = {"amount": -entry.amount, "at": entry.at, "name": whose, "what": words.title}
    head = tr(lang, "{amount} on {at}, {name}: {what}.", **said)
    label = tr(lang, "{what}, {amount}: everything about it", what=words.title, amount=-entry.amount)
    return "\n".join(filter(None, [head, words.why])), LinkRow(label, of_entry(entry.id))


def _of_payments(answer: Answer, lang: str) -> Reply:
    every = LinkRow(tr(lang, "All payments"), routes.PAYMENTS)
    if not answer.payments:
        return Reply(tr(lang, "You have not paid anything here yet."), "own", [every])
    views = [view.payment for view in answer.payments]
    said = [facts.payment_line(payment, lang) for payment in views]
    label = tr(lang, "The payment of {amount}", amount=views[0].amount)
    return Reply("\n".join(said), "own", [LinkRow(label, of_payment(views[0].code)), every])


def _of_requests(answer: Answer, lang: str) -> Reply:
    said = [facts.ticket_line(ticket, lang) for ticket in answer.tickets]
    said += [facts.application_line(each, lang) for each in answer.applications]
    links = [LinkRow(each.number, of_ticket(each.code)) for each in answer.tickets]
    links += [LinkRow(each.number, of_application(each.code)) for each in answer.applications]
    if not said:
        nothing = tr(lang, "You have no requests and no applications with us.")
        return Reply(nothing, "own", [LinkRow(tr(lang, "Support"), routes.SUPPORT)])
    return Reply("\n".join(said), "own", links)
