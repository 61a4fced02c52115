"""Prepared answers beside the field to write in."""

import reflex as rx

from mykyivstar.components import icon
from mykyivstar.components.fill import fill
from mykyivstar.i18n import t
from mykyivstar.state.desk.chats import DeskChatsState as State


def prepared_answers() -> rx.Component:
    """A folded list; each writes its text into the field, to be changed and sent."""
    return rx.cond(
        State.prepared.length() > 0,
        rx.el.details(
            rx.el.summary(rx.el.span(t("Prepared answers")), icon("chevron-down", class_name="fold-arrow")),
            rx.el.div(
                rx.foreach(State.prepared, lambda each: fill(each.title, field="chat-text", value=each.text)),
                class_name="chat-stars fold-body",
            ),
            class_name="fold",
        ),
    )
