"""Messages as both sides see them. What people wrote is only ever text."""

from typing import Any

import reflex as rx

from mykyivstar.components import button, icon, link
from mykyivstar.i18n import clock_time, number, t
from mykyivstar.pages.support.words import note_text


def shown_messages(state: Any, *, on_older: Any, at_desk: bool = False) -> list[rx.Component]:
    """Everything that is shown of a state with `Talk`: older ones on demand, then line by line."""
    return [
        rx.cond(
            state.has_older,
            rx.el.p(
                button(t("Earlier messages"), variant="plain", size="small", on_click=on_older), class_name="said-note"
            ),
        ),
        rx.foreach(state.settled, lambda row: _message(row, state.they_saw, at_desk=at_desk)),
        rx.foreach(state.fresh, lambda row: _message(row, state.they_saw, at_desk=at_desk)),
    ]


def _message(row: rx.Var, they_saw: rx.Var, *, at_desk: bool) -> rx.Component:
    return rx.cond(
        row.side == "note",
        rx.el.p(note_text(row, at_desk=at_desk), class_name="said-note", key=row.id),
        rx.el.div(
            rx.cond(row.side == "theirs", rx.el.p(_whose(row), class_name="said-about said-by")),
            rx.cond(row.text != "", rx.el.p(row.text, dir="auto", class_name="said-text")),
            rx.cond(row.file_href != "", _file(row)),
            rx.el.p(
                rx.el.time(clock_time(row.at), date_time=row.at),
                rx.cond(row.side == "mine", _seen(row, they_saw)),
                class_name="said-about",
            ),
            class_name=rx.cond(row.side == "mine", "said said-mine", "said"),
            data_testid="message",
            key=row.id,
        ),
    )


def _whose(row: rx.Var) -> rx.Component:
    return rx.match(
        row.by,
        ("assistant", t("Online assistant")),
        ("customer", t("Customer")),
        row.name,
    )


def _seen(row: rx.Var, they_saw: rx.Var) -> rx.Component:
    return rx.cond(
        row.id <= they_saw,
        rx.el.span(icon("check-check", size=14), rx.el.span(t("Seen"), class_name="sr-only"), data_testid="seen"),
        rx.el.span(icon("check", size=14), rx.el.span(t("Sent"), class_name="sr-only")),
    )


def _file(row: rx.Var) -> rx.Component:
    return link(
        rx.cond(
            row.is_picture,
            rx.el.img(src=row.file_href, alt=row.file_name, loading="lazy", class_name="said-picture"),
            rx.el.span(
                icon("file-text", size=20), rx.el.bdi(row.file_name), t("{size} kB", size=number(row.kilobytes))
            ),
        ),
        href=row.file_href,
        document=True,
        target="_blank",
        rel="noopener",
        class_name="text-link",
    )
