"""A notice as a letter: what its SMS would say, and where to choose how one is told (M5)."""

from mykyivstar.domain.notifications.mail_delivery import Content
from mykyivstar.i18n import tr
from mykyivstar.papers.markup import tag


def notice_letter(said: str, choices: str, lang: str, *, always: bool = False) -> Content:
    """`said` is the notice, `choices` the address of the page where letters are switched on and off.

    `always`: this one protects, so nobody chose it and nobody can switch it off.
    """
    title = tr(lang, "My Kyivstar: a notice for you")
    if always:
        why, link = tr(lang, "We tell this to every contact of yours, because it protects you."), ""
    else:
        why, link = tr(lang, "You chose to be told of this by e-mail. Change it here:"), choices
    warning = tr(lang, "We never ask for card numbers or codes by e-mail. Nobody reads answers to this letter.")
    body = tag(
        "body",
        tag("h1", title, style="font-size:20px"),
        tag("p", said),
        tag("p", why, *([" ", tag("a", link, href=link)] if link else []), style="color:#55657a"),
        tag("p", warning, style="color:#55657a"),
        style="font:16px/1.5 sans-serif;color:#10233d;max-width:36em;margin:0 auto;padding:16px",
    )
    head = tag("head", tag("meta", charset="utf-8"), tag("title", title))
    html = "<!doctype html>" + tag("html", head, body, lang=lang)
    return Content(title, "\n\n".join([said, f"{why} {link}".strip(), warning]) + "\n", html)
