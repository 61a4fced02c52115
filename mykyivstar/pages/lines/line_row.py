"""One of a person's own in the list, with what can be done to it."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import badge, icon, menu, menu_item, menu_separator, row
from mykyivstar.i18n import money, t
from mykyivstar.pages.layout.line_words import INTERNET, dot, name_of, number_of
from mykyivstar.state.lines.state import LineRow, LinesState


def line_row(line: rx.Var[LineRow]) -> rx.Component:
    """Name, number, balance, and a menu."""
    return row(
        name_of(line),
        about=rx.fragment(_about(line), _role(line)),
        value=rx.cond(line.balance.is_none(), "", money(line.balance)),
        leading=dot(line),
        action=_actions(line),
        custom_attrs={"data-testid": "line", "data-key": line.key},
    )


def _about(line: rx.Var[LineRow]) -> rx.Component:
    kind = rx.cond(line.kind == INTERNET, t("Home internet"), t("Mobile number"))
    return rx.cond(line.nickname, rx.el.span(number_of(line), class_name="tabular"), kind)


def _role(line: rx.Var[LineRow]) -> rx.Component:
    return rx.match(
        line.role,
        ("payer", rx.fragment(" ", badge(t("You may top it up")))),
        ("viewer", rx.fragment(" ", badge(t("You may look at it")))),
        rx.fragment(),
    )


def _actions(line: rx.Var[LineRow]) -> rx.Component:
    return menu(
        icon("ellipsis-vertical"),
        t("Change {name}", name=name_of(line)),
        menu_item(t("Name and colour"), icon_name="pencil", on_click=LinesState.open_look(line.key)),
        rx.cond(
            line.is_first,
            rx.fragment(),
            menu_item(t("Move up"), icon_name="arrow-up", on_click=LinesState.move(line.key, -1)),
        ),
        rx.cond(
            line.is_last,
            rx.fragment(),
            menu_item(t("Move down"), icon_name="arrow-down", on_click=LinesState.move(line.key, 1)),
        ),
        rx.cond(
            line.kind == INTERNET,
            rx.fragment(),
            menu_item(t("SIM card"), icon_name="lock", href=f"{routes.SIM}?line={line.key}"),
        ),
        menu_separator(),
        menu_item(t("Remove from the profile"), icon_name="trash-2", on_click=LinesState.open_removal(line.key)),
    )
