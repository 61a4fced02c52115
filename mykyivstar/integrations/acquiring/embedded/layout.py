"""The demo bank's pages as text. Everything that comes from outside goes through `escape`."""

from collections.abc import Callable
from html import escape

from mykyivstar.integrations.acquiring.embedded.cards import TEST_CARDS, Conduct, TestCard

# tr(language, sentence, **values) -> the sentence in that language.
Translate = Callable[..., str]

LANGUAGES = {"uk": "Українська", "en": "English", "ru": "Русский"}
_LOCK = (
    '<svg class="lock" viewBox="0 0 20 20" aria-hidden="true"><path d="M5.5 9V6.5a4.5 4.5 0 0 1 9 0V9M4 9h12v8H4z" '
    'fill="none" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round"/></svg>'
)
_LOGO = (
    '<svg class="logo" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="9"/>'
    '<path d="M9 9h8a7 7 0 0 1 0 14H9zm5 4.6v4.8h2.6a2.4 2.4 0 0 0 0-4.8z"/></svg>'
)


def document(tr: Translate, lang: str, *, title: str, body: str, base: str, here: str) -> str:
    """A whole page. `base` is where the bank is mounted, `here` the address of this page, for changing the language."""
    others = "".join(
        f'<a href="{escape(here)}?lang={code}" lang="{code}" hreflang="{code}"'
        f'{" aria-current=true" if code == lang else ""} aria-label="{name}">{code.upper()}</a>'
        for code, name in LANGUAGES.items()
    )
    promise = tr(lang, "The card number is typed here only. It is not kept, and the shop never sees it.")
    return f"""<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>{escape(title)} · {escape(tr(lang, "Demo Bank"))}</title>
<link rel="stylesheet" href="{base}/bank.css">
</head>
<body>
<header class="top">
<a class="brand" href="{base}/?lang={lang}">{_LOGO}<span>{escape(tr(lang, "Demo Bank"))}</span></a>
<nav aria-label="{escape(tr(lang, "Language"))}">{others}</nav>
</header>
<aside class="demo" aria-labelledby="demo"><strong id="demo">{escape(tr(lang, "Demonstration."))}</strong>
{escape(tr(lang, "There is no bank and no money here. Never type a real card."))}</aside>
<main>{body}</main>
<footer>{_LOCK}{escape(promise)}</footer>
</body>
</html>
"""


def card_list(tr: Translate, lang: str, *, fill: str, is_open: bool) -> str:
    """The cards to try; with `fill`, the beginning of an address, each has a link that fills the form in."""
    lines = "".join(
        f'<li><span class="number">{card.grouped}</span><span>{escape(conduct_words(tr, lang, card.conduct))}</span>'
        f"{_fill_in(tr, lang, card, fill) if fill else ''}</li>"
        for card in TEST_CARDS
    )
    rest = tr(lang, "Any future date, any CVV and any name will do. The code comes in an “SMS” on the next page.")
    return (
        f'<details class="cards"{" open" if is_open else ""}><summary>{escape(tr(lang, "Test cards"))}</summary>'
        f"<p>{escape(rest)}</p><ul>{lines}</ul></details>"
    )


def conduct_words(tr: Translate, lang: str, conduct: Conduct) -> str:
    """What a test card does, for people."""
    return {
        Conduct.PAYS: tr(lang, "Pays"),
        Conduct.PAYS_ONCE: tr(lang, "Pays now; automatic charges later find no money"),
        Conduct.EXPIRED: tr(lang, "Has expired"),
        Conduct.LIMIT: tr(lang, "Card limit exceeded"),
        Conduct.INTERNET_OFF: tr(lang, "Internet payments are not allowed"),
        Conduct.NO_MONEY: tr(lang, "Not enough money"),
        Conduct.UNKNOWN_CARD: tr(lang, "Its bank does not know this number"),
        Conduct.FRAUD: tr(lang, "Stopped on suspicion of fraud"),
        Conduct.SLOW: tr(lang, "Pays, but it takes 20 seconds"),
        Conduct.SILENT: tr(lang, "Pays, but the bank never tells the shop"),
        Conduct.TWICE: tr(lang, "Pays, and the bank tells the shop twice"),
        Conduct.UNREACHABLE: tr(lang, "Pays, and then the bank cannot be reached for a minute"),
    }[conduct]


def _fill_in(tr: Translate, lang: str, card: TestCard, fill: str) -> str:
    name = escape(tr(lang, "Fill in {number}", number=card.grouped))
    return f'<a href="{escape(fill + card.ending)}" aria-label="{name}">{escape(tr(lang, "Fill in"))}</a>'
