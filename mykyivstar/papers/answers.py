"""The letter that brings an answer of the staff."""

from mykyivstar.domain.feedback.letters import Answer
from mykyivstar.domain.feedback.requests import address_of
from mykyivstar.domain.notifications.mail_delivery import Content
from mykyivstar.i18n import tr
from mykyivstar.papers.markup import tag


def answer_letter(answer: Answer, site: str, lang: str) -> Content:
    """The answer as it was written, and where to read everything and write back; `site` as "https://my.example.ua".

    Nothing in it was typed by whoever asked: nobody can have a text of their own sent to strangers.
    """
    title = tr(lang, "Answer to your request {number}", number=answer.number)
    link = address_of(site, answer.code) if answer.is_public else f"{site}/support/tickets/{answer.code}"
    where = tr(lang, "Everything about the request, and a field to write back:")
    why = _why(answer, lang)
    warning = tr(lang, "We never ask for card numbers or codes by e-mail. Nobody reads answers to this letter.")
    text = "\n\n".join([title, answer.text, f"{where}\n{link}", why, warning]) + "\n"
    body = tag(
        "body",
        tag("h1", title, style="font-size:20px"),
        tag("p", answer.text, dir="auto", style="white-space:pre-wrap;overflow-wrap:anywhere"),
        tag("p", where, tag("br"), tag("a", link, href=link)),
        tag("p", why, style="color:#55657a"),
        tag("p", warning, style="color:#55657a"),
        style="font:16px/1.5 sans-serif;color:#10233d;max-width:36em;margin:0 auto;padding:16px",
    )
    head = tag("head", tag("meta", charset="utf-8"), tag("title", title))
    return Content(title, text, "<!doctype html>" + tag("html", head, body, lang=lang))


def _why(answer: Answer, lang: str) -> str:
    if answer.is_public:
        return tr(
            lang,
            "This address was entered in the contact form of My Kyivstar. If it was not you, somebody mistyped "
            "theirs: simply delete this letter.",
        )
    return tr(lang, "You chose to hear of answers by e-mail; on the page of the request you can choose otherwise.")
