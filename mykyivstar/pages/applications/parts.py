"""Values side by side, documents, history: as both sides see them."""

from typing import Any

import reflex as rx

from mykyivstar.components import button, fact, icon, link
from mykyivstar.i18n import moment, number, t, tn
from mykyivstar.pages.applications.words import field_name, state_badge, value_text


def comparison(values: rx.Var) -> rx.Component:
    """What it is and what it shall be."""
    return rx.el.dl(rx.foreach(values, _change), class_name="facts")


def document_list(files: rx.Var, *, on_take_away: Any = None) -> rx.Component:
    """Links to the documents; with `on_take_away` each can be taken back."""
    return rx.el.ul(
        rx.foreach(files, lambda file: _document(file, on_take_away)), class_name="rows", aria_label=t("Documents")
    )


def history(steps: rx.Var, *, at_desk: bool = False) -> rx.Component:
    """In order: when, what, by whom, what was said."""
    return rx.el.ol(
        rx.foreach(steps, lambda row: _step(row, t("Customer") if at_desk else t("You"))),
        class_name="stack",
        aria_label=t("What has happened"),
    )


def _change(row: rx.Var) -> rx.Component:
    what = field_name(row.field)
    return rx.fragment(
        fact(t("{what}: was", what=what), value_text(row.field, row.old)),
        fact(t("{what}: shall be", what=what), value_text(row.field, row.new), data_testid="shall-be"),
        key=row.field,
    )


def _document(file: rx.Var, on_take_away: Any) -> rx.Component:
    taking = []
    if on_take_away is not None:
        taking = [
            button(
                t("Remove"),
                variant="plain",
                size="small",
                on_click=on_take_away(file.code),
                aria_label=t("Remove {name}", name=file.name),
            )
        ]
    return rx.el.li(
        rx.el.div(
            link(
                rx.cond(file.is_picture, icon("image", size=20), icon("file-text", size=20)),
                rx.el.bdi(file.name, class_name="break-words"),
                href=file.href,
                document=True,
                target="_blank",
                rel="noopener",
                class_name="text-link",
            ),
            rx.el.span(t("{size} kB", size=number(file.kilobytes)), class_name="quiet"),
            *taking,
            class_name="said-about",
        ),
        key=file.code,
        class_name="said",
        data_testid="document",
    )


def _step(row: rx.Var, customer: rx.Var) -> rx.Component:
    return rx.el.li(
        rx.el.p(
            state_badge(row.state),
            rx.el.span(rx.match(row.by, ("customer", customer), ("staff", row.name), t("by itself"))),
            rx.el.time(moment(row.at), date_time=row.at),
            class_name="said-about",
        ),
        rx.cond(row.text != "", rx.el.p(row.text, dir="auto", class_name="said-text")),
        rx.cond(
            row.files > 0,
            rx.el.p(tn("{count} document", "{count} documents", count=row.files), class_name="quiet"),
        ),
        key=row.id,
        class_name="said",
        data_testid="step",
    )
