"""Restore access: number, code, a second proof, a new password (A8)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    button,
    card,
    form,
    form_actions,
    link,
    link_button,
    loading,
    notice,
    page_title,
    password_field,
    phone_link,
    refusal,
    skeleton,
    steps,
    text_field,
    text_link,
)
from mykyivstar.components.passkey import if_passkeys, passkey
from mykyivstar.components.password_meter import password_meter
from mykyivstar.i18n import pick, t
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.ways_in.code_step import code_step
from mykyivstar.state.recover import RecoverState


@app_page(
    routes.RECOVER,
    title=t("Restore access"),
    shell="bare",
    on_load=[RecoverState.load],
    description=t("Forgot the password to My Kyivstar? Restore access with an SMS code and a second proof."),
    in_sitemap=True,
)
def recover() -> rx.Component:
    return rx.el.div(
        page_title(t("Restore access")),
        passkey(RecoverState.passkey_request, on_used=RecoverState.passkey_used, on_failed=RecoverState.passkey_failed),
        card(
            rx.cond(
                RecoverState.ready,
                rx.match(
                    RecoverState.step,
                    ("code", code_entry()),
                    ("second_proof", rx.cond(RecoverState.is_at_end, at_end(), second_proof())),
                    ("new_password", new_password()),
                    identify(),
                ),
                loading(skeleton("line"), skeleton("block"), skeleton("block")),
            ),
            class_name="way-card",
        ),
        rx.el.p(t("Remembered it?"), " ", link(t("Sign in"), href=routes.LOGIN), class_name="way-foot"),
        class_name="way",
    )


def identify() -> rx.Component:
    """The number, and after a code what else there is to say."""
    return rx.el.div(
        rx.match(
            RecoverState.outcome,
            ("no_profile", _outcome(link_button(t("Register"), href=routes.REGISTER, size="small"))),
            ("employee", _outcome(None)),
            rx.fragment(),
        ),
        form(
            text_field(
                "number",
                t("Mobile number or home internet account"),
                value=RecoverState.typed,
                placeholder="067 123 45 67",
                autocomplete="username",
                input_mode="tel",
                max_length=40,
                auto_focus=True,
                error=pick(RecoverState.field_refusals["number"]),
                hint=t("First a code by SMS, then a passkey or your secret question"),
            ),
            rx.cond(RecoverState.outcome == "", refusal(pick(RecoverState.refusal))),
            form_actions(button(t("Next"), type="submit", full_width=True, icon="arrow-right", busy=RecoverState.busy)),
            on_submit=RecoverState.send_code,
            busy=RecoverState.busy,
        ),
        class_name="stack",
    )


def _outcome(action: rx.Component | None) -> rx.Component:
    return notice(pick(RecoverState.refusal), kind="info", action=action, role="alert")


def code_entry() -> rx.Component:
    """The first proof."""
    return code_step(
        RecoverState,
        submit=form_actions(button(t("Next"), type="submit", full_width=True, busy=RecoverState.busy)),
        remember=False,
    )


def second_proof() -> rx.Component:
    """A passkey first, since it is the better one; then the question."""
    return rx.el.div(
        rx.el.p(t("The number is confirmed. One more proof that it is you."), class_name="way-lead"),
        rx.cond(
            RecoverState.has_passkey,
            if_passkeys(
                button(
                    t("Confirm with a passkey"),
                    icon="fingerprint",
                    full_width=True,
                    on_click=RecoverState.ask_passkey,
                )
            ),
        ),
        refusal(pick(RecoverState.refusal), class_name="refusal-late"),
        rx.cond(RecoverState.question != "", by_question()),
        button(t("I have forgotten everything"), variant="plain", on_click=RecoverState.give_up),
        class_name="stack",
    )


def by_question() -> rx.Component:
    """The person's own question."""
    return form(
        rx.el.p(RecoverState.question, class_name="secret-question"),
        text_field(
            "answer",
            t("Answer"),
            max_length=120,
            autocomplete="off",
            error=pick(RecoverState.field_refusals["answer"]),
            hint=t("Capital letters, spaces and commas do not matter"),
        ),
        form_actions(button(t("Send the answer"), type="submit", full_width=True, busy=RecoverState.busy)),
        on_submit=RecoverState.answer_question,
        busy=RecoverState.busy,
        id="answer-form",
    )


def at_end() -> rx.Component:
    """Nothing is left that could prove it from afar: where to go and what to bring."""
    return rx.el.div(
        refusal(pick(RecoverState.refusal), class_name="refusal-late"),
        rx.el.h2(t("A service centre will help"), class_name="section-title"),
        rx.el.p(
            t("Without a passkey or the answer we cannot be sure from afar that it is you."), class_name="way-lead"
        ),
        steps(
            t("Take your passport and the phone with this number."),
            rx.fragment(
                t("Visit any Kyivstar service centre."),
                " ",
                text_link(t("Find the nearest one"), href=f"{routes.STORES}?service=identity_check"),
                ". ",
                t("On its page you can book a visit, and need not wait there."),
            ),
            t("There you are given access again, and can set a passkey or a new question."),
        ),
        rx.el.p(t("Questions first? Call"), " ", phone_link("466"), class_name="way-foot"),
        button(t("Another number"), variant="quiet", full_width=True, on_click=RecoverState.start_over),
        class_name="stack",
        data_testid="recover-at-end",
    )


def new_password() -> rx.Component:
    """The new password, and what it ends."""
    return form(
        notice(t("It is you. Now the new password; everybody else will be signed out."), kind="good"),
        rx.el.input(type="hidden", name="username", auto_complete="username", value=RecoverState.login, read_only=True),
        password_field(
            "password",
            t("New password"),
            new=True,
            error=pick(RecoverState.field_refusals["password"]),
            auto_focus=True,
        ),
        password_meter(login=RecoverState.login),
        password_field(
            "password_again",
            t("The password once more"),
            new=True,
            error=pick(RecoverState.field_refusals["password_again"]),
        ),
        refusal(pick(RecoverState.refusal)),
        form_actions(button(t("Save and sign in"), type="submit", full_width=True, busy=RecoverState.busy)),
        on_submit=RecoverState.finish,
        busy=RecoverState.busy,
        id="new-password-form",
    )
