"""Notes of a request as both sides read them."""

import reflex as rx

from mykyivstar.components import badge
from mykyivstar.i18n import moment, t
from mykyivstar.pages.support.words import ticket_badge


def note_list(notes: rx.Var) -> rx.Component:
    """In order: who, when, what; a change of state in one word."""
    return rx.el.ol(rx.foreach(notes, _note), class_name="stack", aria_label=t("What has happened"))


def _note(row: rx.Var) -> rx.Component:
    return rx.el.li(
        rx.cond(
            row.state != "",
            rx.el.p(
                ticket_badge(row.state), " ", rx.el.time(moment(row.at), date_time=row.at), class_name="said-about"
            ),
            rx.el.div(
                rx.el.p(
                    rx.cond(row.by == "staff", t("Specialist"), t("Customer")),
                    " · ",
                    rx.el.time(moment(row.at), date_time=row.at),
                    rx.cond(row.is_internal, rx.fragment(" ", badge(t("For the staff alone"), tone="warning"))),
                    class_name="said-about",
                ),
                rx.el.p(row.text, dir="auto", class_name="said-text"),
                class_name="said",
            ),
        ),
        key=row.id,
        data_testid="note",
    )
