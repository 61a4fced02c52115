"""How a line or internet account is called wherever it is shown: by its own name, else by its number."""

import reflex as rx

from mykyivstar.components import icon
from mykyivstar.i18n import phone
from mykyivstar.state.shell import ShellState

#: How internet accounts are told from lines in the `kind` of view rows.
INTERNET = "internet"


def number_of(row: rx.Var) -> rx.Var:
    """The number as people write it; a personal account keeps its zeros and has no spaces."""
    return rx.cond(row.kind == INTERNET, row.number, phone(row.number))


def name_of(row: rx.Var) -> rx.Var:
    """The name that its holder gave it, else the number."""
    return rx.cond(row.nickname, row.nickname, number_of(row))


def second_line(row: rx.Var) -> rx.Var:
    """The number, where the name has taken its place; nothing otherwise."""
    return rx.cond(row.nickname, number_of(row), "")


def is_in_hand(key: rx.Var) -> rx.Var[bool]:
    """Whether the screen is about the one of this key. Asked in the browser: whoever chooses waits for little."""
    return ShellState.chosen.key == key


def dot(row: rx.Var) -> rx.Component:
    """The coloured sign by which its holder tells it apart."""
    drawn = rx.cond(row.kind == INTERNET, icon("wifi", size=18), icon("smartphone", size=18))
    return rx.el.span(drawn, class_name="line-dot", custom_attrs={"data-colour": row.colour})
