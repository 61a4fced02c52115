"""Texts and values for the browser: vars that follow the chosen language without a round trip.

The Ukrainian text travels inside the page's own code and the English one is the sentence itself, so a page
carries exactly its own texts; Russian is one lazily loaded file (see `mykyivstar/frontend/texts.py`).
"""

import json
from collections.abc import Iterable
from typing import Any, Literal

import reflex as rx
from reflex.utils.imports import ImportVar
from reflex.vars import FunctionStringVar, VarData

from mykyivstar.i18n.catalogue import catalogue
from mykyivstar.i18n.languages import DEFAULT_LANGUAGE, LANGUAGES

DateStyle = Literal["long", "short", "day", "weekday", "month"]

RUNTIME = "$/utils/i18n"
_HOOK = "const { _t, _n, _lang } = useTexts()"


def t(msgid: str, **variables: Any) -> rx.Var:
    """The sentence in the current language; `{name}` in it is filled with the variable of that name."""
    values = {name: rx.Var.create(value) for name, value in variables.items()}
    arguments = [_js(msgid), _js(catalogue(DEFAULT_LANGUAGE).texts.get(msgid, msgid)), *_named(values)]
    return _text(f"_t({', '.join(arguments)})", values.values())


def tn(singular: str, plural: str, *, count: Any, **variables: Any) -> rx.Var:
    """The sentence in the form that `count` asks for: 1 день, 2 дні, 5 днів; `{count}` in it is the number."""
    values = {name: rx.Var.create(value) for name, value in variables.items()}
    number_of = rx.Var.create(count)
    forms = catalogue(DEFAULT_LANGUAGE).plurals.get(singular, (singular, plural))
    arguments = [_js(singular), _js(plural), _js(forms), str(number_of), *_named(values)]
    return _text(f"_n({', '.join(arguments)})", [number_of, *values.values()])


def money(kopiykas: Any) -> rx.Var:
    """Whole kopiykas as `1 234,50 ₴`; nothing for None."""
    return _formatted("formatMoney", kopiykas)


def number(value: Any, **intl_options: Any) -> rx.Var:
    """A number as the language writes it; options are those of `Intl.NumberFormat`."""
    return _formatted("formatNumber", value, intl_options)


def date(value: Any, style: DateStyle = "long") -> rx.Var:
    """The Kyiv calendar day of an ISO moment or date: `22 листопада 2026`."""
    return _formatted("formatDate", value, style)


def moment(value: Any) -> rx.Var:
    """Kyiv day and time of an ISO moment: `22 листопада 2026, 14:05`."""
    return _formatted("formatMoment", value)


def clock_time(value: Any) -> rx.Var:
    """Kyiv time of an ISO moment: `14:05`."""
    return _formatted("formatTime", value)


def phone(value: Any) -> rx.Var:
    """A number in any stored form as `+380 67 123 45 67`."""
    return _formatted("formatPhone", value)


def volume(value: Any) -> rx.Var:
    """Bytes in the unit that reads best: `7,5 ГБ`, `350 МБ`."""
    return _formatted("formatVolume", value)


def minutes(value: Any) -> rx.Var:
    """Seconds as minutes and seconds: `21 хв`, `3 хв 20 с`."""
    return _formatted("formatMinutes", value)


def pick(value: Any) -> rx.Var:
    """The text of the current language out of a {"uk", "en", "ru"} value; Ukrainian where one is missing."""
    texts = rx.Var.create(value)
    return _text(f"({texts!s}?.[_lang] ?? {texts!s}?.{DEFAULT_LANGUAGE} ?? '')", [texts])


def set_language(language: str) -> rx.Var:
    """Event for `on_click`: switch at once in the browser and remember it (cookie `lang`, local storage)."""
    if language not in LANGUAGES:
        raise ValueError(f"{language!r} is not one of {LANGUAGES}")
    return FunctionStringVar.create(
        f"(() => setLanguage({_js(language)}))", _var_data=VarData(imports=_imports("setLanguage"))
    )


def _text(expression: str, parts: Iterable[rx.Var]) -> rx.Var:
    data = VarData.merge(
        VarData(imports=_imports("useTexts"), hooks={_HOOK: None}),
        *(_data_of(part) for part in parts),
    )
    return rx.Var(expression, _var_type=str, _var_data=data).guess_type()


def _formatted(formatter: str, value: Any, *options: Any) -> rx.Var:
    source = rx.Var.create(value)
    arguments = ", ".join(["_lang", str(source), *(_js(option) for option in options)])
    data = VarData(imports=_imports("useTexts", formatter), hooks={_HOOK: None})
    merged = VarData.merge(data, _data_of(source))
    return rx.Var(f"{formatter}({arguments})", _var_type=str, _var_data=merged).guess_type()


def _data_of(var: rx.Var) -> VarData | None:
    return var._get_all_var_data()  # noqa: SLF001  Reflex has no public name for what a var needs


def _named(values: dict[str, rx.Var]) -> list[str]:
    return ["{" + ", ".join(f"{name}: {value!s}" for name, value in values.items()) + "}"] if values else []


def _imports(*tags: str) -> dict[str, list[ImportVar]]:
    return {RUNTIME: [ImportVar(tag=tag, install=False) for tag in tags]}


def _js(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


#: The current language as a var: "uk", "en" or "ru".
language: rx.Var = _text("_lang", [])
