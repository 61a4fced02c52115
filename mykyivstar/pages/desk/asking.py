"""What the desk asks in a dialog: a form to fill in, or yes and no."""

from typing import Any

import reflex as rx

from mykyivstar.components import button, dialog, form, form_actions, refusal
from mykyivstar.components.foundations import Event, Node, Text
from mykyivstar.i18n import pick, t


def form_dialog(
    id: str,  # noqa: A002  the attribute's own name
    title: Text,
    *fields: Node,
    state: Any,
    send: Node,
    on_submit: Event,
    open: rx.Var,  # noqa: A002
    description: Text | None = None,
) -> rx.Component:
    """Fields with their one button, `send`; `state` is one of `Refusals` with `put_away`."""
    return dialog(
        id,
        title,
        form(
            *fields,
            refusal(pick(state.refusal)),
            form_actions(send),
            on_submit=on_submit,
            busy=state.busy,
            id=f"{id}-form",
        ),
        description=description,
        open=open,
        on_close=state.put_away,
    )


def question(
    id: str,  # noqa: A002
    title: Text,
    yes: Node,
    *content: Node,
    state: Any,
    description: Text,
    open: rx.Var,  # noqa: A002
    no: Text | None = None,
) -> rx.Component:
    """Sure? `yes` is the button that does it; `state` is one of `Refusals` with `put_away`."""
    return dialog(
        id,
        title,
        *content,
        refusal(pick(state.refusal)),
        description=description,
        actions=rx.fragment(yes, button(t("Stay") if no is None else no, variant="quiet", on_click=state.put_away)),
        open=open,
        on_close=state.put_away,
    )
