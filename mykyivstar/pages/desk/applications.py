"""Applications at the desk, the soonest deadline first (G3, K6)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    Choice,
    badge,
    card,
    empty_state,
    loading,
    page_title,
    radio_cards,
    row,
    rows,
    skeleton,
)
from mykyivstar.i18n import moment, t
from mykyivstar.pages.applications.words import state_badge, wish_name
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.state.desk.applications import DeskApplicationsState as State

_SHOWN = (Choice("open", t("Open")), Choice("mine", t("Mine")), Choice("over", t("Decided")))


@app_page(routes.DESK_APPLICATIONS, title=t("Applications"), shell="desk", on_load=[State.load])
def desk_applications() -> rx.Component:
    return rx.el.div(
        page_title(t("Applications")),
        radio_cards(
            "shown", t("Which applications"), _SHOWN, chosen=State.shown, on_change=State.show_only, hide_legend=True
        ),
        rx.cond(
            State.ready,
            card(
                rx.cond(
                    State.applications.length() > 0,
                    rows(rx.foreach(State.applications, _line), label=t("Applications")),
                    empty_state(
                        t("No applications here"),
                        text=t("Customers file them to change their personal data."),
                        icon_name="file-pen",
                    ),
                )
            ),
            waiting_for(card(loading(skeleton("line"), skeleton("block"))), State.load),
        ),
        class_name="stack",
    )


def _line(application: rx.Var) -> rx.Component:
    return row(
        wish_name(application.kind),
        about=rx.fragment(
            application.number,
            " · ",
            rx.cond(
                application.is_open,
                t("by {moment}", moment=moment(application.deadline_at)),
                moment(application.decided_at),
            ),
            rx.cond(application.checked_by != "", rx.fragment(" · ", application.checked_by)),
        ),
        value=state_badge(application.state),
        value_about=rx.cond(application.is_late, badge(t("Late"), tone="danger", icon_name="triangle-alert")),
        href=application.href,
        key=application.number,
        data_testid="desk-application",
    )
