"""Where an entry leads: its payment, its order, what took it back, its other side."""

import reflex as rx

from mykyivstar.components import card, row, rows, section
from mykyivstar.i18n import t
from mykyivstar.pages.expenses.words import heading_words, signed
from mykyivstar.pages.layout.line_words import name_of
from mykyivstar.state.expenses.entry import EntryState as State
from mykyivstar.state.expenses.entry_view import SideRow

_VIEW = State.view


def related() -> rx.Component:
    """Links, only those that there are."""
    return card(
        section(
            rows(
                _link(_VIEW.payment, t("The payment and its receipt"), "receipt", "payment"),
                _link(_VIEW.report, t("The ordered report"), "file-text", "report"),
                _link(_VIEW.promise, t("The promised payment"), "hand-coins", "promise"),
                _link(_VIEW.taken_back_by, t("Taken back by this entry"), "undo-2", "taken-back-by"),
                _link(_VIEW.takes_back, t("The charge that is taken back here"), "undo-2", "takes-back"),
                rx.foreach(_VIEW.sides.to(list[SideRow]), _side),
                _link(
                    _VIEW.alike,
                    t("The same of this month: {heading}", heading=heading_words(_VIEW.heading)),
                    "list",
                    "alike",
                ),
            ),
            title=t("What belongs to it"),
        )
    )


def _link(href: rx.Var, words: rx.Var, sign: str, test: str) -> rx.Component:
    return rx.cond(href, row(words, icon_name=sign, href=href, custom_attrs={"data-testid": test}))


def _side(side: rx.Var[SideRow]) -> rx.Component:
    return row(
        name_of(side),
        about=t("the other side"),
        value=signed(side.amount, _VIEW.is_bonus),
        icon_name="arrow-left-right",
        href=side.href,
        custom_attrs={"data-testid": "side"},
    )
