"""The way in to the desk: a password, then a passkey or a code by SMS."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import button, card, form_actions, loading, notice, page_title, refusal, skeleton
from mykyivstar.components.passkey import if_passkeys, passkey
from mykyivstar.i18n import pick, t
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.desk_frame import desk_gate
from mykyivstar.pages.ways_in.code_step import code_step
from mykyivstar.pages.ways_in.password_form import password_form
from mykyivstar.state.desk.session import DeskLoginState as State


@app_page(routes.DESK_LOGIN, title=t("Sign in to the desk"), shell="bare", on_load=[State.load])
def desk_login() -> rx.Component:
    return rx.el.div(
        desk_gate(),
        passkey(State.passkey_request, on_used=State.used, on_failed=State.failed),
        page_title(t("Sign in to the desk"), lead=t("For the operator's staff. Customers sign in elsewhere.")),
        card(
            rx.cond(
                State.ready,
                rx.match(State.step, ("code", code_entry()), ("passkey", by_passkey()), by_password()),
                loading(skeleton("line"), skeleton("block"), skeleton("block")),
            ),
            class_name="way-card",
        ),
        class_name="way",
    )


def by_password() -> rx.Component:
    """The first proof."""
    return password_form(State, t("Staff login"), id="desk-login", next_step=t("Next"))


def by_passkey() -> rx.Component:
    """The second proof of who has a passkey; a code does as well."""
    return rx.el.div(
        rx.el.p(t("The password is right. Confirm with your passkey."), class_name="way-lead"),
        if_passkeys(
            button(
                t("Use the passkey"),
                icon="fingerprint",
                full_width=True,
                busy=State.busy,
                on_click=State.use_passkey,
            ),
            otherwise=notice(t("This browser does not know passkeys.")),
        ),
        refusal(pick(State.refusal)),
        button(
            t("A code by SMS instead"),
            variant="quiet",
            icon="message-square",
            full_width=True,
            on_click=State.send_code,
        ),
        button(t("Somebody else"), variant="plain", full_width=True, on_click=State.start_over),
        class_name="stack",
        data_testid="passkey-step",
    )


def code_entry() -> rx.Component:
    """The second proof of everybody else."""
    return code_step(
        State,
        submit=form_actions(button(t("Sign in"), type="submit", full_width=True, icon="log-in", busy=State.busy)),
        remember=False,
        lead=t("The password is right. A code is on its way to your phone by SMS."),
    )
