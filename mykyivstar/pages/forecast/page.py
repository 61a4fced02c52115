"""The charge calendar: what is missing by when, the next sixty days in their order, and what would be if (O2, C6)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    button,
    card,
    empty_state,
    link_button,
    loading,
    notice,
    page_title,
    skeleton,
)
from mykyivstar.i18n import t
from mykyivstar.pages.forecast.days import days
from mykyivstar.pages.forecast.lock import lock
from mykyivstar.pages.forecast.shortfall import standing
from mykyivstar.pages.forecast.supposing import supposing
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.line_words import name_of
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.state.forecast.state import CalendarState as State
from mykyivstar.state.shell import ShellState


@app_page(routes.CALENDAR, title=t("Charge calendar"), on_load=[State.load])
def calendar() -> rx.Component:
    return rx.el.div(
        page_title(
            t("Charge calendar"),
            lead=rx.cond(
                ShellState.chosen,
                t("{name}: everything regular of the next 60 days, in its order.", name=name_of(ShellState.chosen)),
                t("Everything regular of the next 60 days, in its order."),
            ),
        ),
        rx.cond(
            State.ready,
            rx.cond(State.view, _known(), _nobody()),
            waiting_for(_on_its_way(), State.load),
        ),
        class_name="stack",
    )


def _known() -> rx.Component:
    return rx.el.div(
        rx.el.div(rx.cond(State.supposed, _supposed()), standing(), days(), class_name="stack"),
        rx.el.div(lock(), supposing(), class_name="stack"),
        class_name="home-columns",
    )


def _supposed() -> rx.Component:
    return notice(
        t("This is how it would be. Nothing is paid, connected or stored."),
        kind="info",
        title=t("What if"),
        action=button(t("Show it as it is"), variant="quiet", size="small", on_click=State.as_it_is),
        role="status",
        data_testid="supposed",
    )


def _nobody() -> rx.Component:
    return card(
        empty_state(
            t("No numbers here yet"),
            text=t("Add your mobile number or home internet, and you will see what is taken and when."),
            icon_name="calendar-days",
            action=link_button(t("Add a number"), href=routes.LINES, icon="plus"),
        )
    )


def _on_its_way() -> rx.Component:
    return loading(
        rx.el.div(
            rx.el.div(
                card(skeleton("line"), skeleton("block")),
                card(skeleton("line"), *[skeleton("block") for _ in range(4)]),
                class_name="stack",
            ),
            card(skeleton("line"), skeleton("block"), skeleton("block"), skeleton("button")),
            class_name="home-columns",
        )
    )
