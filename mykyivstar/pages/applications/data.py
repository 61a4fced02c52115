"""Personal data: what we know, and how to change each of it (G3)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    card,
    link_button,
    loading,
    notice,
    page_title,
    row,
    rows,
    skeleton,
    text_link,
)
from mykyivstar.i18n import t
from mykyivstar.pages.applications.words import document_name, kind_name, value_text
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.state.applications.data import PersonalDataState as State


@app_page(routes.PROFILE_DATA, title=t("Personal data in the contract"), on_load=[State.load])
def personal_data() -> rx.Component:
    return rx.el.div(
        page_title(
            t("Personal data in the contract"),
            lead=t("We change these by an application: a specialist compares it with your documents."),
            back=text_link(t("Profile"), href=routes.PROFILE),
        ),
        rx.el.div(
            rx.cond(
                State.ready,
                rx.fragment(
                    card(rows(rx.foreach(State.rows, _row), label=t("Personal data in the contract"))),
                    notice(
                        t(
                            "Only you and whoever checks them see your documents, and every look is written down. "
                            "They are deleted 90 days after the decision."
                        ),
                        action=text_link(t("My applications"), href=routes.APPLICATIONS),
                    ),
                ),
                waiting_for(card(loading(skeleton("line"), skeleton("block"), skeleton("block"))), State.load),
            ),
            class_name="stack",
        ),
        class_name="narrow",
    )


def _row(data: rx.Var) -> rx.Component:
    return row(
        kind_name(data.kind),
        about=rx.fragment(
            rx.cond(data.document != "", rx.fragment(document_name(data.document), " ")),
            value_text(data.kind, data.value),
        ),
        action=rx.cond(
            data.open_href != "",
            link_button(
                t("Application {number}", number=data.open_number), href=data.open_href, variant="quiet", size="small"
            ),
            link_button(
                t("Change"),
                href=data.change,
                variant="quiet",
                size="small",
                icon="pencil",
                aria_label=t("Change: {what}", what=kind_name(data.kind)),
            ),
        ),
        key=data.kind,
        data_testid="datum",
    )
