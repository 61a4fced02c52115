"""The way in to the desk: a password, then a code by SMS."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    button,
    card,
    form,
    form_actions,
    loading,
    page_title,
    password_field,
    refusal,
    skeleton,
    text_field,
)
from mykyivstar.i18n import pick, t
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.desk_frame import desk_gate
from mykyivstar.pages.ways_in.code_step import code_step
from mykyivstar.state.desk.session import DeskLoginState as State


@app_page(routes.DESK_LOGIN, title=t("Sign in to the desk"), shell="bare", on_load=[State.load])
def desk_login() -> rx.Component:
    return rx.el.div(
        desk_gate(),
        page_title(t("Sign in to the desk"), lead=t("For the operator's staff. Customers sign in elsewhere.")),
        card(
            rx.cond(
                State.ready,
                rx.cond(State.step == "code", code_entry(), by_password()),
                loading(skeleton("line"), skeleton("block"), skeleton("block")),
            ),
            class_name="way-card",
        ),
        class_name="way",
    )


def by_password() -> rx.Component:
    """The first proof."""
    return form(
        text_field(
            "login",
            t("Staff login"),
            value=State.typed,
            autocomplete="username",
            max_length=64,
            auto_focus=True,
            spell_check=False,
            auto_capitalize="none",
            error=pick(State.field_refusals["login"]),
        ),
        password_field(error=pick(State.field_refusals["password"])),
        refusal(pick(State.refusal)),
        form_actions(button(t("Next"), type="submit", full_width=True, icon="arrow-right", busy=State.busy)),
        on_submit=State.enter_password,
        busy=State.busy,
        id="desk-login",
    )


def code_entry() -> rx.Component:
    """The second proof, always asked for."""
    return code_step(
        State,
        submit=form_actions(button(t("Sign in"), type="submit", full_width=True, icon="log-in", busy=State.busy)),
        remember=False,
        lead=t("The password is right. A code is on its way to your phone by SMS."),
    )
