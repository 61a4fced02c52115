"""Everything that was filed, what waits for its owner first (F4)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    badge,
    card,
    empty_state,
    link_button,
    loading,
    page_title,
    row,
    rows,
    skeleton,
)
from mykyivstar.i18n import date, moment, t
from mykyivstar.pages.applications.words import state_badge, wish_name
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.state.applications.mine import ApplicationsState as State


@app_page(routes.APPLICATIONS, title=t("Applications"), on_load=[State.load])
def applications() -> rx.Component:
    return rx.el.div(
        page_title(t("Applications"), lead=t("What you have asked us to change, and how far it is.")),
        rx.el.div(
            rx.cond(
                State.ready,
                rx.cond(
                    State.applications.length() > 0,
                    rx.fragment(
                        card(rows(rx.foreach(State.applications, _line), label=t("Applications"))),
                        rx.el.div(_new(), class_name="row-actions"),
                    ),
                    card(
                        empty_state(
                            t("No applications yet"),
                            text=t("Name, document, address and contacts are changed by an application."),
                            icon_name="file-pen",
                            action=_new(),
                        )
                    ),
                ),
                waiting_for(card(loading(skeleton("line"), skeleton("block"), skeleton("block"))), State.load),
            ),
            class_name="stack",
        ),
        class_name="narrow",
    )


def _new() -> rx.Component:
    return link_button(t("Change personal data"), href=routes.PROFILE_DATA, variant="quiet", icon="pencil")


def _line(application: rx.Var) -> rx.Component:
    return row(
        wish_name(application.kind),
        about=rx.fragment(
            application.number,
            " · ",
            rx.cond(
                application.deadline_at != "",
                t("by {moment}", moment=moment(application.deadline_at)),
                date(application.filed_at),
            ),
        ),
        value=state_badge(application.state),
        value_about=rx.cond(application.is_late, badge(t("Late"), tone="danger", icon_name="triangle-alert")),
        href=application.href,
        key=application.number,
        data_testid="application",
    )
