"""The access code of the device in hand."""

import reflex as rx

from mykyivstar.components import (
    accordion,
    button,
    card,
    flash,
    form,
    form_actions,
    refusal,
    section,
    text_field,
)
from mykyivstar.i18n import pick, t
from mykyivstar.state.security.access_code import AccessCodeState
from mykyivstar.state.security.overview import SecurityState


def access_code_section() -> rx.Component:
    """Only a remembered device can have one (A6)."""
    return section(
        flash(t("The access code is changed"), stamp=AccessCodeState.done_at),
        card(
            rx.el.p(
                t("Four to six digits that open My Kyivstar on this device. Five misses lock them until you sign in."),
                class_name="quiet",
            ),
            rx.cond(
                SecurityState.is_remembered,
                rx.el.div(
                    rx.cond(
                        SecurityState.has_access_code,
                        rx.el.div(
                            button(
                                t("Remove the access code"),
                                variant="quiet",
                                icon="lock-open",
                                on_click=AccessCodeState.remove,
                            ),
                            accordion((t("Change the access code"), access_code_form())),
                            class_name="stack",
                        ),
                        accordion((t("Set an access code"), access_code_form())),
                    ),
                    key=AccessCodeState.done_at,
                ),
                rx.el.p(
                    t("Only a remembered browser can have one. Remember this one below, under “Remembered devices”.")
                ),
            ),
        ),
        title=t("Access code"),
        id="access-code-section",
    )


def access_code_form() -> rx.Component:
    """The code twice."""
    return form(
        _digits("access_code", t("New access code"), t("4 to 6 digits")),
        _digits("access_code_again", t("The access code once more"), None),
        refusal(pick(AccessCodeState.refusal)),
        form_actions(button(t("Save the access code"), type="submit", busy=AccessCodeState.busy)),
        on_submit=AccessCodeState.choose,
        busy=AccessCodeState.busy,
        id="access-code-form",
    )


def _digits(name: str, label: rx.Var, hint: rx.Var | None) -> rx.Component:
    return text_field(
        name,
        label,
        type="password",
        input_mode="numeric",
        autocomplete="off",
        max_length=6,
        hint=hint,
        error=pick(AccessCodeState.field_refusals[name]),
    )
