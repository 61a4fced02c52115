"""Texts and values in the three languages: vars for the browser, strings for the server."""

from mykyivstar.i18n.browser import (
    clock_time,
    date,
    language,
    minutes,
    moment,
    money,
    number,
    phone,
    pick,
    set_language,
    t,
    tn,
    volume,
)
from mykyivstar.i18n.languages import DEFAULT_LANGUAGE, LANGUAGES, known_language
from mykyivstar.i18n.server import describe, tr, trn

__all__ = [
    "DEFAULT_LANGUAGE",
    "LANGUAGES",
    "clock_time",
    "date",
    "describe",
    "known_language",
    "language",
    "minutes",
    "moment",
    "money",
    "number",
    "phone",
    "pick",
    "set_language",
    "t",
    "tn",
    "tr",
    "trn",
    "volume",
]
