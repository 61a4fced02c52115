"""Texts made on the server: SMS, mail, papers, refusals; from the same .po files as the browser's."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from mykyivstar.formatting.dates import format_date, format_moment
from mykyivstar.formatting.money import format_money
from mykyivstar.formatting.numbers import format_number
from mykyivstar.formatting.phones import format_phone
from mykyivstar.i18n.catalogue import catalogue
from mykyivstar.i18n.languages import DEFAULT_LANGUAGE, known_language, plural_index
from mykyivstar.kit.errors import CustomerError
from mykyivstar.kit.money import Money
from mykyivstar.kit.msisdn import Msisdn


def tr(lang: str, msgid: str, **variables: Any) -> str:
    """The sentence in `lang` (Ukrainian for an unknown one), its `{names}` filled and formatted."""
    language = known_language(lang)
    return _translated(language, msgid).format_map(_shown(language, variables))


def trn(lang: str, singular: str, plural: str, *, count: float, **variables: Any) -> str:
    """The sentence in the plural form that `count` takes in `lang`; `{count}` in it is the number."""
    language = known_language(lang)
    forms = catalogue(language).plurals.get(singular, (singular, plural))
    form = forms[min(plural_index(language, count), len(forms) - 1)]
    return form.format_map(_shown(language, {"count": count, **variables}))


def describe(error: CustomerError, lang: str) -> str:
    """What a refusal says to a person: its sentence in `lang` with money, times and numbers written out."""
    return tr(lang, error.sentence, **error.params)


def _translated(language: str, msgid: str) -> str:
    text = catalogue(language).texts.get(msgid)
    if text is None and language != "en":
        text = catalogue(DEFAULT_LANGUAGE).texts.get(msgid)
    return msgid if text is None else text


def _shown(language: str, variables: Mapping[str, Any]) -> dict[str, str]:
    return {name: _written(value, language) for name, value in variables.items()}


def _written(value: Any, language: str) -> str:
    match value:
        case Money():
            return format_money(value.kopiykas, language)
        case Msisdn():
            return format_phone(value.digits)
        case date():
            return format_moment(value, language) if isinstance(value, datetime) else format_date(value, language)
        case Mapping() | list() | tuple():
            return _gathered(value, language)
        case int() | float() if not isinstance(value, bool):
            return format_number(value, language)
        case _:
            return str(value)


def _gathered(value: Mapping[str, Any] | list[Any] | tuple[Any, ...], language: str) -> str:
    """A text of the catalogue in its language, or several values one after the other."""
    if isinstance(value, Mapping):
        return str(value.get(language) or value.get(DEFAULT_LANGUAGE, ""))
    return ", ".join(_written(each, language) for each in value)
