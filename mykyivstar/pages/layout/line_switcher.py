"""Which line or internet account the screen is about, and the way to another one (B2)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import icon, menu, menu_item, menu_separator, skeleton
from mykyivstar.i18n import money, t
from mykyivstar.pages.layout.line_words import dot, is_in_hand, name_of, second_line
from mykyivstar.state.shell import LineChip, ShellState


def line_switcher() -> rx.Component:
    """The chosen one with nickname, number and balance; opens the list of all."""
    return rx.cond(
        ShellState.ready,
        rx.cond(
            ShellState.chosen,
            menu(
                rx.fragment(_chip(ShellState.chosen), icon("chevrons-up-down", size=18, class_name="switcher-arrow")),
                t("Choose a number"),
                rx.foreach(ShellState.lines, _choice),
                menu_separator(),
                menu_item(t("My numbers"), icon_name="settings-2", href=routes.LINES),
                align="start",
                button_class="switcher",
                class_name="switcher-menu",
            ),
        ),
        rx.el.span(skeleton("circle"), skeleton("line"), class_name="switcher switcher-waiting"),
    )


def _choice(line: rx.Var[LineChip]) -> rx.Component:
    return menu_item(
        _chip(line),
        chosen=is_in_hand(line.key),
        on_click=ShellState.choose(line.key),
        custom_attrs={"data-testid": "line-choice"},
    )


def _chip(line: rx.Var) -> rx.Component:
    return rx.el.span(
        dot(line),
        rx.el.span(
            rx.el.span(name_of(line), class_name="line-name"),
            rx.el.span(second_line(line), class_name="line-number digits"),
            class_name="line-words",
        ),
        rx.el.span(rx.cond(line.balance.is_none(), "", money(line.balance)), class_name="line-balance digits"),
        class_name="line-chip",
    )
