"""Which line or internet account the screen is about, and the way to another one (B2)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import icon, menu, menu_item, menu_separator, skeleton
from mykyivstar.i18n import money, phone, t
from mykyivstar.state.shell import LineChip, ShellState

#: How internet accounts are told from lines in `LineChip.kind`.
_INTERNET = "internet"


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
        chosen=line.chosen,
        on_click=ShellState.choose(line.key),
        custom_attrs={"data-testid": "line-choice"},
    )


def _chip(line: rx.Var) -> rx.Component:
    number = rx.cond(line.kind == _INTERNET, line.number, phone(line.number))
    drawn = rx.cond(line.kind == _INTERNET, icon("wifi", size=18), icon("smartphone", size=18))
    return rx.el.span(
        rx.el.span(drawn, class_name="line-dot", custom_attrs={"data-colour": line.colour}),
        rx.el.span(
            rx.el.span(rx.cond(line.nickname, line.nickname, number), class_name="line-name"),
            rx.el.span(rx.cond(line.nickname, number, ""), class_name="line-number digits"),
            class_name="line-words",
        ),
        rx.el.span(rx.cond(line.balance.is_none(), "", money(line.balance)), class_name="line-balance digits"),
        class_name="line-chip",
    )
