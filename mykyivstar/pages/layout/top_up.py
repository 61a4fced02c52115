"""The way to put money on the account. While there is no page for it, it is said how it is done elsewhere (C4)."""

from typing import Any, Literal

import reflex as rx

from mykyivstar.components import button, copy_button, dialog, link_button, open_dialog, steps, text_link
from mykyivstar.i18n import t
from mykyivstar.pages.layout.entries import TOP_UP
from mykyivstar.pages.layout.line_words import INTERNET, number_of
from mykyivstar.state.shell import ShellState

_HELP = "top-up-help"


def top_up_button(*, size: Literal["small", "large"] = "large", class_name: str | None = None) -> rx.Component:
    """The yellow button: to the page, or to the explanation until the page is there (see `layout.entries.TOP_UP`)."""
    look: dict[str, Any] = {"variant": "accent", "size": size, "icon": "wallet", "class_name": class_name}
    if TOP_UP is not None:
        return link_button(TOP_UP.label, href=TOP_UP.route, **look)
    return button(t("How to top up"), on_click=open_dialog(_HELP), **look)


def top_up_link() -> rx.Component:
    """The same as a quiet word at the end of a sentence."""
    if TOP_UP is not None:
        return text_link(TOP_UP.label, href=TOP_UP.route)
    return rx.el.button(t("How to top up"), type="button", on_click=open_dialog(_HELP), class_name="text-link")


def top_up_help() -> rx.Component:
    """Where money can be paid in today, with the number to give there; once in the frame of every signed-in page."""
    if TOP_UP is not None:
        return rx.fragment()
    hero = ShellState.chosen
    return dialog(
        _HELP,
        t("How to top up"),
        rx.el.p(
            rx.cond(hero.kind == INTERNET, t("Personal account of the home internet"), t("Mobile number")),
            class_name="muted",
        ),
        rx.el.div(
            rx.el.strong(number_of(hero), class_name="top-up-number tabular"),
            copy_button(rx.cond(hero.kind == INTERNET, hero.number, "+" + hero.number)),
            class_name="top-up-row",
        ),
        steps(
            t("In your bank's app or on its site: choose mobile top-up or home internet and enter this number."),
            t("At a payment terminal or a till: type or say the number. Keep the receipt until the money arrives."),
            t("In our stores and service centres, in cash or by card."),
        ),
        rx.el.p(t("As soon as the money arrives, the balance here changes by itself."), class_name="muted"),
    )
