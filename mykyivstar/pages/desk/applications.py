"""Applications at the desk, the soonest deadline first (G3, K6)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    Choice,
    badge,
    empty_state,
    row,
)
from mykyivstar.i18n import moment, t
from mykyivstar.pages.applications.words import state_badge, wish_name
from mykyivstar.pages.desk.work_list import work_list
from mykyivstar.pages.layout import app_page
from mykyivstar.state.desk.applications import DeskApplicationsState as State

_SHOWN = (Choice("open", t("Open")), Choice("mine", t("Mine")), Choice("over", t("Decided")))


@app_page(routes.DESK_APPLICATIONS, title=t("Applications"), shell="desk", on_load=[State.load])
def desk_applications() -> rx.Component:
    return work_list(
        State,
        t("Applications"),
        rx.foreach(State.applications, _line),
        count=State.applications.length(),
        which=t("Which applications"),
        shown=_SHOWN,
        empty=empty_state(
            t("No applications here"),
            text=t("Customers file them to change their personal data."),
            icon_name="file-pen",
        ),
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
