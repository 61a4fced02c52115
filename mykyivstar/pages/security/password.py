"""The password: when it was changed, and changing it."""

import reflex as rx

from mykyivstar.components import (
    accordion,
    button,
    card,
    flash,
    form,
    form_actions,
    password_field,
    refusal,
    section,
)
from mykyivstar.components.password_meter import password_meter
from mykyivstar.i18n import date, pick, t
from mykyivstar.state.security.overview import SecurityState
from mykyivstar.state.security.password import PasswordState


def password_section() -> rx.Component:
    """Folded, since it is needed rarely."""
    return section(
        flash(t("The password is changed. You are signed out everywhere else."), stamp=PasswordState.done_at),
        card(
            rx.cond(
                SecurityState.password_changed_at,
                rx.el.p(t("Changed on {day}", day=date(SecurityState.password_changed_at)), class_name="quiet"),
            ),
            # A new key empties the fields and folds them up again.
            rx.el.div(
                accordion((t("Change the password"), password_form())),
                key=PasswordState.done_at,
            ),
        ),
        title=t("Password"),
        id="password-section",
    )


def password_form() -> rx.Component:
    """The old one, and the new one twice."""
    return form(
        rx.cond(
            SecurityState.has_password,
            password_field("current", t("Present password"), error=pick(PasswordState.field_refusals["current"])),
        ),
        password_field("password", t("New password"), new=True, error=pick(PasswordState.field_refusals["password"])),
        password_meter(login=SecurityState.login),
        password_field(
            "password_again",
            t("The password once more"),
            new=True,
            error=pick(PasswordState.field_refusals["password_again"]),
        ),
        refusal(pick(PasswordState.refusal)),
        form_actions(button(t("Change the password"), type="submit", busy=PasswordState.busy)),
        on_submit=PasswordState.change,
        busy=PasswordState.busy,
        id="password-form",
    )
