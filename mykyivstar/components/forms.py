"""Forms."""

from typing import Any

import reflex as rx

from mykyivstar.components.client import FormBehaviour
from mykyivstar.components.foundations import Event, Node, classes


def form(
    *children: Node,
    on_submit: Event,
    busy: rx.Var | bool | None = None,
    id: str | None = None,  # noqa: A002  the attribute's own name
    label: Any = None,
    class_name: str | None = None,
) -> rx.Component:
    """A form that is sent once at a time.

    While `busy` (or until the server has answered) a second submit is swallowed, so a double click does one thing.
    When a field gets a mistake the focus goes to the first one. Checking is the server's: no browser bubbles.
    """
    own = {"id": id} if id else {}
    named = {"aria_label": label} if label is not None else {}
    return FormBehaviour.create(
        rx.el.form(*children, on_submit=on_submit, no_validate=True, class_name="form", **own, **named),
        class_name=classes("form-frame", class_name),
        **({} if busy is None else {"busy": busy}),
    )


def form_actions(*children: Node) -> rx.Component:
    """The buttons at the end of a form: the next step first, full width on a phone."""
    return rx.el.div(*children, class_name="form-actions")
