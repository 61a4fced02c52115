"""The three languages of the app and how each one counts."""

from typing import Final

from babel import Locale

LANGUAGES: Final = ("uk", "en", "ru")
DEFAULT_LANGUAGE: Final = "uk"

#: Order of plural forms in the .po files; English keeps both forms in the code (msgid and msgid_plural).
PLURAL_FORMS: Final[dict[str, tuple[str, ...]]] = {
    "uk": ("one", "few", "many"),
    "en": ("one", "other"),
    "ru": ("one", "few", "many"),
}
#: Fractions ("1,5 ...") have no form of their own in the files; the form after 2 fits them best.
FRACTION_FORM: Final = 1


def known_language(value: object) -> str:
    """`value` when it is one of ours, else the default: cookies and headers are whatever a browser sent."""
    return value if isinstance(value, str) and value in LANGUAGES else DEFAULT_LANGUAGE


def plural_index(language: str, count: float) -> int:
    """Which of the language's plural forms `count` takes."""
    form = Locale.parse(language).plural_form(count)
    forms = PLURAL_FORMS[language]
    return forms.index(form) if form in forms else FRACTION_FORM
