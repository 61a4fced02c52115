"""Language and appearance, switched in the browser at once and remembered."""

import reflex as rx
from reflex.style import color_mode, set_color_mode

from mykyivstar.components import icon, menu, menu_item
from mykyivstar.i18n import LANGUAGES, language, set_language, t
from mykyivstar.state.language import LanguageState

#: How the languages call themselves.
_NAMES = {"uk": "Українська", "en": "English", "ru": "Русский"}


def language_switch() -> rx.Component:
    """UK · EN · RU, each named in its own language for screen readers."""
    return rx.el.div(
        *[_language_button(code) for code in LANGUAGES],
        role="group",
        aria_label=t("Language"),
        class_name="segments",
    )


def language_menu() -> rx.Component:
    """The same where there is room for one button only."""
    items = [
        menu_item(
            rx.el.span(_NAMES[code], lang=code), chosen=language == code, on_click=_choose(code), id=f"language-{code}"
        )
        for code in LANGUAGES
    ]
    shown = rx.el.span(language.upper(), class_name="language-code")
    return menu(shown, t("Language"), *items, class_name="language-menu")


def theme_menu() -> rx.Component:
    """As the device has it, light, or dark."""
    return menu(
        rx.fragment(icon("sun", class_name="when-light"), icon("moon", class_name="when-dark")),
        t("Appearance"),
        menu_item(t("As on the device"), icon_name="monitor", **_theme("system")),
        menu_item(t("Light"), icon_name="sun", **_theme("light")),
        menu_item(t("Dark"), icon_name="moon", **_theme("dark")),
    )


def _language_button(code: str) -> rx.Component:
    return rx.el.button(
        rx.el.span(code.upper(), aria_hidden="true"),
        rx.el.span(_NAMES[code], class_name="sr-only", lang=code),
        type="button",
        aria_pressed=rx.cond(language == code, "true", "false"),
        on_click=_choose(code),
        class_name="segment",
    )


def _choose(code: str) -> list[rx.Var]:
    return [set_language(code), LanguageState.chosen(code)]


def _theme(mode: str) -> dict[str, rx.Var]:
    return {"chosen": color_mode == mode, "on_click": set_color_mode(mode)}
