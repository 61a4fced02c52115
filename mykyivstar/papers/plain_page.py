"""The frame of pages made on the server: plain HTML that works on anything that shows a page, scripts or not."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from mykyivstar.i18n import LANGUAGES, tr
from mykyivstar.papers.markup import Html, tag, together

STYLES = "/plain/page.css"
_NAMES = {"uk": "Українська", "en": "English", "ru": "Русский"}


def plain_page(
    lang: str, title: str, *content: str, here: str, kept: Mapping[str, str], foot: str, is_indexed: bool = False
) -> str:
    """A whole page. `here` and `kept`, its path and query, are what the links to the other languages keep."""
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        *([] if is_indexed else [tag("meta", name="robots", content="noindex")]),
        # What was asked for is nobody else's business.
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", tr(lang, "{page} · My Kyivstar", page=title)),
        tag("link", rel="icon", href="/icons/icon.svg", type="image/svg+xml"),
        tag("link", rel="stylesheet", href=STYLES),
    )
    bar = tag("header", tag("a", tr(lang, "My Kyivstar"), href="/", class_="brand"), _languages(lang, here, kept))
    body = tag("body", bar, tag("main", *content), tag("footer", foot))
    return "<!doctype html>" + tag("html", head, body, lang=lang)


def _languages(lang: str, here: str, kept: Mapping[str, str]) -> Html:
    """The same page in each language."""
    links: Sequence[Html] = [
        tag(
            "a",
            _NAMES[each],
            href=f"{here}?{urlencode({**kept, 'lang': each})}",
            lang=each,
            aria_current="true" if each == lang else None,
        )
        for each in LANGUAGES
    ]
    return tag("nav", together(*links), aria_label=tr(lang, "Language"))
