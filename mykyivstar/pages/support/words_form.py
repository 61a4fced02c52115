"""Writing on a request, on either side."""

from typing import Any

import reflex as rx

from mykyivstar.components import button, card, form, form_actions, refusal, text_area
from mykyivstar.components.foundations import Node
from mykyivstar.i18n import pick, t
from mykyivstar.pages.layout.at_address import shown_for


def words_form(
    state: Any,
    label: rx.Var,
    *more: Node,
    id: str,  # noqa: A002  the attribute's own name
    most: int | None = None,
) -> rx.Component:
    """Bound to a state of `AtAddress` and `Refusals` with `write` and `sent`, which empties it.

    `more` stands below the field.

    With `most` the browser takes no more signs than that; without, the server says when it is too much.
    """
    return card(
        form(
            shown_for(state),
            text_area("words", label, max_length=most, error=pick(state.field_refusals["text"])),
            *more,
            refusal(pick(state.refusal)),
            form_actions(button(t("Send"), type="submit", icon="send", busy=state.busy)),
            on_submit=state.write,
            busy=state.busy,
            id=id,
        ),
        key=state.sent,
    )
