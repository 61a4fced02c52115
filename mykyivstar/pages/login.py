"""Sign in: a number and a code, a password, a passkey, or the network's own word."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    button,
    card,
    form,
    form_actions,
    link,
    loading,
    notice,
    page_title,
    refusal,
    skeleton,
    text_field,
)
from mykyivstar.i18n import phone, pick, t
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.ways_in.code_step import code_step
from mykyivstar.pages.ways_in.other_ways import access_code_way, passkey_way
from mykyivstar.pages.ways_in.password_form import password_form
from mykyivstar.state.login import LoginState
from mykyivstar.state.other_ways import AccessCodeLoginState


@app_page(
    routes.LOGIN,
    title=t("Sign in"),
    shell="bare",
    on_load=[AccessCodeLoginState.load, LoginState.load],
    description=t("Sign in to My Kyivstar with your number and a code by SMS, a password or a passkey."),
    in_sitemap=True,
)
def login() -> rx.Component:
    return rx.el.div(
        page_title(t("Sign in")),
        card(
            rx.cond(
                LoginState.ready,
                rx.cond(
                    LoginState.step == "code",
                    code_entry(),
                    rx.cond(AccessCodeLoginState.is_offered, access_code_way(), identify()),
                ),
                loading(skeleton("line"), skeleton("block"), skeleton("block")),
            ),
            class_name="way-card",
        ),
        rx.el.p(t("No profile yet?"), " ", link(t("Register"), href=routes.REGISTER), class_name="way-foot"),
        rx.el.p(t("Cannot sign in?"), " ", link(t("Write to us"), href=routes.CONTACT), class_name="way-foot"),
        class_name="way",
    )


def identify() -> rx.Component:
    """Who are you? By number and code first, by password for those who prefer it."""
    return rx.el.div(
        rx.cond(LoginState.network_number != "", by_network()),
        rx.cond(LoginState.way == "password", by_password(), by_number()),
        rx.el.div(rx.el.span(t("or"), class_name="way-or"), role="presentation"),
        rx.cond(
            LoginState.way == "password",
            button(
                t("Sign in with an SMS code"),
                variant="quiet",
                icon="message-square",
                full_width=True,
                on_click=LoginState.choose_way("code"),
            ),
            button(
                t("Sign in with your password"),
                variant="quiet",
                icon="key-round",
                full_width=True,
                on_click=LoginState.choose_way("password"),
            ),
        ),
        passkey_way(),
        class_name="stack",
    )


def by_number() -> rx.Component:
    """A mobile number or an internet account number; the code follows."""
    return form(
        text_field(
            "number",
            t("Mobile number or home internet account"),
            value=LoginState.typed,
            placeholder="067 123 45 67",
            autocomplete="username",
            input_mode="tel",
            max_length=40,
            auto_focus=True,
            error=pick(LoginState.field_refusals["number"]),
            hint=t("We send a code to the number, or to the phone in the contract"),
        ),
        refusal(pick(LoginState.refusal)),
        form_actions(button(t("Next"), type="submit", full_width=True, icon="arrow-right", busy=LoginState.busy)),
        on_submit=LoginState.send_code,
        busy=LoginState.busy,
        id="by-number",
    )


def by_password() -> rx.Component:
    """Login, number or account, and the own password."""
    return password_form(
        LoginState,
        t("Login, number or account"),
        rx.el.p(link(t("Forgot the password?"), href=routes.RECOVER), class_name="way-forgot"),
        rx.el.p(link(t("First visit with a temporary password"), href=routes.WELCOME), class_name="way-forgot"),
        id="by-password",
    )


def code_entry() -> rx.Component:
    """The code, and whether to remember this browser."""
    return code_step(
        LoginState,
        submit=form_actions(button(t("Sign in"), type="submit", full_width=True, icon="log-in", busy=LoginState.busy)),
        remember=True,
        lead=rx.cond(
            LoginState.password_proved,
            t("The password is right. A code is on its way to your phone by SMS."),
            t("If {number} is active with us, a code is on its way by SMS.", number=LoginState.typed),
        ),
    )


def by_network() -> rx.Component:
    """One tap for a phone in the operator's own network (A9)."""
    return notice(
        t("You are in our network as {number}.", number=phone(LoginState.network_number)),
        kind="info",
        action=button(t("Continue without a code"), icon="signal", on_click=LoginState.enter_by_network),
    )
