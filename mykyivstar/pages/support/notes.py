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
            rx.el.p(ticket_badge(row.state), " ", _when(row), class_name="said-about"),
            rx.cond(row.is_given_back | (row.given_to != ""), _whose(row), _said(row)),
        ),
        key=row.id,
        data_testid="note",
    )


def _said(row: rx.Var) -> rx.Component:
    return rx.el.div(
        rx.el.p(
            rx.cond(row.by == "staff", rx.cond(row.name == "", t("Specialist"), row.name), t("Customer")),
            " · ",
            _when(row),
            rx.cond(row.is_internal, rx.fragment(" ", badge(t("For the staff alone"), tone="warning"))),
            class_name="said-about",
        ),
        rx.el.p(row.text, dir="auto", class_name="said-text"),
        class_name="said",
    )


def _whose(row: rx.Var) -> rx.Component:
    """Whose it became, and by whom: at the desk alone."""
    became = rx.cond(
        row.is_given_back,
        t("{name} gave it back: it is nobody's", name=row.name),
        rx.cond(
            row.given_to == row.name,
            t("{name} took it", name=row.name),
            t("{name} gave it to: {colleague}", name=row.name, colleague=row.given_to),
        ),
    )
    return rx.el.p(became, " · ", _when(row), class_name="said-about")


def _when(row: rx.Var) -> rx.Component:
    return rx.el.time(moment(row.at), date_time=row.at)
