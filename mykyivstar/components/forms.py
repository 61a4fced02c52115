"""Forms."""

from typing import Any

import reflex as rx

from mykyivstar.components.client import FormBehaviour
from mykyivstar.components.foundations import KIT_FOLDER, Event, Node, Text, classes


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


class PuzzleForm(rx.Component):
    """Holds its form back until the browser has solved a puzzle."""

    library = f"{KIT_FOLDER}/puzzle_form"
    tag = "PuzzleForm"
    challenge: rx.Var[str]
    field: rx.Var[str]
    wait: rx.Var[str]
    wait_class: rx.Var[str]


def puzzle_form(
    *children: Node,
    challenge: Text,
    tries: rx.Var,
    on_submit: Event,
    wait: Text,
    id: str | None = None,  # noqa: A002
) -> rx.Component:
    """A form for anybody that robots pay for (K3): it goes out with `puzzle`, the solution of `challenge`, in it.

    `wait` is said to whoever sends it before the solution is found; it then goes by itself. Robots that fill in every
    field fill in `website` too, which neither eyes, nor a keyboard, nor a screen reader meet; it is empty again with
    every change of `tries`.
    """
    bait = rx.el.div(
        rx.el.label("Website", html_for="website"),
        rx.el.input(id="website", name="website", type="text", tab_index=-1, auto_complete="off"),
        aria_hidden="true",
        class_name="sr-only",
        key=tries,
    )
    solution = rx.el.input(type="hidden", name="puzzle", default_value="")
    return PuzzleForm.create(
        form(*children, bait, solution, on_submit=on_submit, id=id),
        challenge=challenge,
        field="puzzle",
        wait=wait,
        wait_class="muted",
    )
