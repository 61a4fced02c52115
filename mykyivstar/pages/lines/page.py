"""My numbers and accounts: named, coloured, ordered, added and removed (B1)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import card, empty_state, loading, page_title, rows, section, skeleton
from mykyivstar.i18n import t
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.pages.lines.adding import adding
from mykyivstar.pages.lines.dialogs import look_dialog, removal_dialog
from mykyivstar.pages.lines.line_row import line_row
from mykyivstar.state.lines.adding import AddingState
from mykyivstar.state.lines.state import LinesState


@app_page(routes.LINES, title=t("My numbers"), on_load=[LinesState.load, AddingState.load])
def lines() -> rx.Component:
    return rx.el.div(
        page_title(
            t("My numbers"),
            lead=t("Mobile numbers and home internet under one login. Give each a name and a colour of its own."),
        ),
        rx.el.div(
            rx.cond(
                LinesState.ready,
                own(),
                waiting_for(on_its_way(), LinesState.load, AddingState.load),
            ),
            adding(),
            class_name="lines-columns",
        ),
        look_dialog(),
        removal_dialog(),
        class_name="stack",
    )


def own() -> rx.Component:
    """The list, or what would be in it."""
    return card(
        section(
            rx.cond(
                LinesState.rows.length() > 0,
                rows(rx.foreach(LinesState.rows, line_row), label=t("My numbers")),
                empty_state(
                    t("No numbers here yet"),
                    text=t("Add your mobile number or home internet: a code by SMS shows that it is yours."),
                    icon_name="smartphone",
                ),
            ),
            title=t("In this profile"),
        )
    )


def on_its_way() -> rx.Component:
    """The same shape without its values."""
    return card(loading(skeleton("line"), *[skeleton("block") for _ in range(3)]))
