"""Letters about applications: the code for a new address, and where an application stands now."""

from mykyivstar.domain.notifications.mail_delivery import Content
from mykyivstar.i18n import tr
from mykyivstar.papers.markup import tag


def code_letter(code: str, lang: str) -> Content:
    """The code that proves that somebody reads this address."""
    title = tr(lang, "{code} is the code for your new address", code=code)
    said = [
        tr(lang, "Somebody has named this address as their contact e-mail in My Kyivstar."),
        tr(lang, "The code to confirm it: {code}. It works for five minutes.", code=code),
        tr(lang, "Was it not you? Then do nothing, and tell the code to nobody."),
    ]
    return _plain(title, said, lang)


def unblocking_letter(code: str, number: str, lang: str) -> Content:
    """The code that unblocks a number of whoever reads this address."""
    title = tr(lang, "{code} is the code to unblock {number}", code=code, number=number)
    said = [
        tr(lang, "In My Kyivstar somebody wants to unblock your number {number}.", number=number),
        tr(lang, "The code to confirm it: {code}. It works for five minutes.", code=code),
        tr(lang, "Was it not you? Then do nothing, and tell the code to nobody."),
    ]
    return _plain(title, said, lang)


def application_letter(number: str, state: str, page: str, lang: str) -> Content:
    """What has happened to an application; nothing of the data that it is about."""
    match state:
        case "approved":
            title = tr(lang, "Application {number} is approved", number=number)
            what = tr(lang, "Your data have been changed as you asked.")
        case "declined":
            title = tr(lang, "Application {number} is declined", number=number)
            what = tr(lang, "Your data have stayed as they were. The page of the application says why.")
        case _:
            title = tr(lang, "Application {number} needs something more", number=number)
            what = tr(lang, "The page of the application says what to add, and by when.")
    stranger = tr(lang, "Was it not you who asked for this? Call 466.")
    return _plain(title, [what, page, stranger], lang)


def _plain(title: str, said: list[str], lang: str) -> Content:
    warning = tr(lang, "We never ask for card numbers or codes by e-mail. Nobody reads answers to this letter.")
    body = tag(
        "body",
        tag("h1", title, style="font-size:20px"),
        *[tag("p", tag("a", text, href=text) if text.startswith("http") else text) for text in said],
        tag("p", warning, style="color:#55657a"),
        style="font:16px/1.5 sans-serif;color:#10233d;max-width:36em;margin:0 auto;padding:16px",
    )
    head = tag("head", tag("meta", charset="utf-8"), tag("title", title))
    html = "<!doctype html>" + tag("html", head, body, lang=lang)
    return Content(title, "\n\n".join([title, *said, warning]) + "\n", html)
