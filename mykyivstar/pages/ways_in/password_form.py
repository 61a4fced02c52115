"""Login and password: the form of every way in that begins with them."""

from typing import Any

import reflex as rx

from mykyivstar.components import button, form, form_actions, password_field, refusal, text_field
from mykyivstar.components.foundations import Node
from mykyivstar.i18n import pick, t


def password_form(
    state: Any,
    label: rx.Var,
    *more: Node,
    id: str,  # noqa: A002  the attribute's own name
    next_step: rx.Var | None = None,
) -> rx.Component:
    """Bound to a state of `Refusals` with `typed` and `enter_password`; `label` says which login, `more` stands below.

    The button signs in, unless `next_step` says what comes next.
    """
    words, icon = (t("Sign in"), "log-in") if next_step is None else (next_step, "arrow-right")
    return form(
        text_field(
            "login",
            label,
            value=state.typed,
            autocomplete="username",
            max_length=64,
            auto_focus=True,
            spell_check=False,
            auto_capitalize="none",
            error=pick(state.field_refusals["login"]),
        ),
        password_field(error=pick(state.field_refusals["password"])),
        refusal(pick(state.refusal)),
        form_actions(button(words, type="submit", full_width=True, icon=icon, busy=state.busy)),
        *more,
        on_submit=state.enter_password,
        busy=state.busy,
        id=id,
    )
