"""Register: number, code, then login, password and both agreements (A1)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    button,
    card,
    checkbox,
    form,
    form_actions,
    link,
    link_button,
    loading,
    notice,
    page_title,
    password_field,
    phone_field,
    refusal,
    skeleton,
    text_field,
    text_link,
)
from mykyivstar.components.password_meter import password_meter
from mykyivstar.i18n import pick, t
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.ways_in.code_step import code_step, text_button
from mykyivstar.state.register import RegisterState


@app_page(
    routes.REGISTER,
    title=t("Register"),
    shell="bare",
    on_load=[RegisterState.load],
    description=t("Make a My Kyivstar profile with your number: free, in two minutes."),
    in_sitemap=True,
)
def register() -> rx.Component:
    return rx.el.div(
        page_title(t("Register"), lead=t("Free of charge, in two minutes. You need a phone with a Kyivstar number.")),
        card(
            rx.cond(
                RegisterState.ready,
                rx.match(
                    RegisterState.step,
                    ("code", code_entry()),
                    ("details", details()),
                    identify(),
                ),
                loading(skeleton("line"), skeleton("block"), skeleton("block")),
            ),
            class_name="way-card",
        ),
        rx.el.p(
            t("Have a profile already?"),
            " ",
            rx.cond(
                RegisterState.step == "details",
                text_button(t("Sign in"), RegisterState.rather_sign_in),
                link(t("Sign in"), href=routes.LOGIN),
            ),
            class_name="way-foot",
        ),
        class_name="way",
    )


def identify() -> rx.Component:
    """The number to register with."""
    return rx.el.div(
        rx.cond(RegisterState.has_profile, has_profile()),
        form(
            phone_field(
                value=RegisterState.typed,
                error=pick(RegisterState.field_refusals["number"]),
                hint=t("We send it a code that works for three minutes"),
                auto_focus=True,
            ),
            rx.cond(RegisterState.has_profile, rx.fragment(), refusal(pick(RegisterState.refusal))),
            form_actions(
                button(t("Next"), type="submit", full_width=True, icon="arrow-right", busy=RegisterState.busy)
            ),
            on_submit=RegisterState.send_code,
            busy=RegisterState.busy,
        ),
        class_name="stack",
    )


def has_profile() -> rx.Component:
    """The number is proved and has a profile: where to go instead."""
    return notice(
        pick(RegisterState.refusal),
        kind="info",
        action=rx.el.div(
            link_button(t("Sign in"), href=routes.LOGIN, size="small"),
            link_button(t("Restore the password"), href=routes.RECOVER, variant="quiet", size="small"),
            class_name="row-actions",
        ),
        role="alert",
    )


def code_entry() -> rx.Component:
    """The code that proves the number."""
    return code_step(
        RegisterState,
        submit=form_actions(
            button(t("Confirm the number"), type="submit", full_width=True, icon="check", busy=RegisterState.busy)
        ),
        remember=False,
    )


def details() -> rx.Component:
    """Login, password, and the two agreements, each accepted on its own."""
    return form(
        notice(t("The number is confirmed. Last step."), kind="good"),
        rx.el.p(
            t("Not the number you meant?"),
            " ",
            text_button(t("Another number"), RegisterState.start_over),
            class_name="way-lead",
        ),
        text_field(
            "login",
            t("Login"),
            value=RegisterState.typed,
            autocomplete="username",
            max_length=64,
            spell_check=False,
            auto_capitalize="none",
            error=pick(RegisterState.field_refusals["login"]),
            hint=t("Your number, or a name of your choice in Latin letters"),
        ),
        password_field(new=True, error=pick(RegisterState.field_refusals["password"])),
        password_meter(login_field="login"),
        password_field(
            "password_again",
            t("The password once more"),
            new=True,
            error=pick(RegisterState.field_refusals["password_again"]),
        ),
        rx.el.div(
            checkbox(
                "terms",
                rx.fragment(t("I accept the"), " ", text_link(t("terms of use"), href=routes.TERMS, target="_blank")),
            ),
            checkbox(
                "personal_data",
                rx.fragment(
                    t("I agree to the"),
                    " ",
                    text_link(t("processing of my personal data"), href=routes.PRIVACY, target="_blank"),
                ),
                error=pick(RegisterState.field_refusals["agreements"]),
            ),
            checkbox("remember", t("Remember this browser: no SMS codes here again")),
            class_name="stack-tight",
        ),
        refusal(pick(RegisterState.refusal)),
        form_actions(
            button(t("Create the profile"), type="submit", full_width=True, icon="user-plus", busy=RegisterState.busy)
        ),
        on_submit=RegisterState.complete,
        busy=RegisterState.busy,
    )
