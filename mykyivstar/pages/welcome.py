"""First visit of a home internet customer with a temporary password (A5)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    Choice,
    button,
    card,
    checkbox,
    facts,
    form,
    form_actions,
    link,
    loading,
    notice,
    page_title,
    password_field,
    phone_field,
    radio_cards,
    refusal,
    skeleton,
    text_field,
)
from mykyivstar.components.passkey import if_passkeys, passkey
from mykyivstar.components.password_meter import password_meter
from mykyivstar.i18n import phone, pick, t
from mykyivstar.pages.layout import app_page
from mykyivstar.state.welcome import WelcomeState


@app_page(
    routes.WELCOME,
    title=t("First visit"),
    shell="bare",
    on_load=[WelcomeState.load],
    description=t("Home internet: your first visit to My Kyivstar with a temporary password from an SMS."),
)
def welcome() -> rx.Component:
    return rx.el.div(
        page_title(t("First visit"), lead=t("For home internet, with the login and temporary password we sent you.")),
        passkey(WelcomeState.passkey_request, on_made=WelcomeState.passkey_made, on_failed=WelcomeState.passkey_failed),
        card(
            rx.cond(
                WelcomeState.ready,
                rx.match(WelcomeState.step, ("details", details()), ("passkey", passkey_step()), identify()),
                loading(skeleton("line"), skeleton("block"), skeleton("block")),
            ),
            class_name="way-card",
        ),
        rx.el.p(t("Have a profile already?"), " ", link(t("Sign in"), href=routes.LOGIN), class_name="way-foot"),
        class_name="way",
    )


def identify() -> rx.Component:
    """Login and password of the SMS."""
    return form(
        text_field(
            "login",
            t("Login from the SMS"),
            value=WelcomeState.typed,
            autocomplete="username",
            max_length=64,
            auto_focus=True,
            spell_check=False,
            auto_capitalize="none",
            error=pick(WelcomeState.field_refusals["login"]),
            hint=t("Usually the number of your internet account"),
        ),
        password_field(
            "password", t("Temporary password from the SMS"), error=pick(WelcomeState.field_refusals["password"])
        ),
        refusal(pick(WelcomeState.refusal)),
        form_actions(button(t("Next"), type="submit", full_width=True, icon="arrow-right", busy=WelcomeState.busy)),
        on_submit=WelcomeState.sign_in,
        busy=WelcomeState.busy,
    )


def details() -> rx.Component:
    """Is this you? Then a password of your own, a way to restore it, and the two agreements."""
    return form(
        rx.el.h2(t("Check the contract"), class_name="section-title"),
        facts(
            [
                (t("Internet account"), rx.el.span(WelcomeState.account_number, class_name="tabular")),
                (t("Address"), rx.cond(WelcomeState.account_address, WelcomeState.account_address, "–")),
                (t("Phone in the contract"), phone(WelcomeState.contract_phone)),
            ]
        ),
        rx.el.p(
            t("Something is wrong? Call 460 before you go on."),
            " ",
            rx.el.button(t("Another login"), type="button", on_click=WelcomeState.start_over, class_name="link-button"),
            class_name="way-lead",
        ),
        phone_field(
            "contact_phone",
            t("Phone for codes and messages"),
            value=phone(WelcomeState.contract_phone),
            error=pick(WelcomeState.field_refusals["contact_phone"]),
        ),
        _password_fields(),
        _recovery_choice(),
        _agreements(),
        refusal(pick(WelcomeState.refusal)),
        form_actions(
            button(t("Create the profile"), type="submit", full_width=True, icon="user-plus", busy=WelcomeState.busy)
        ),
        on_submit=WelcomeState.complete,
        busy=WelcomeState.busy,
        id="welcome-form",
    )


def _password_fields() -> rx.Component:
    return rx.fragment(
        rx.el.h2(t("A login and password of your own"), class_name="section-title"),
        text_field(
            "own_login",
            t("Login"),
            value=WelcomeState.typed,
            autocomplete="username",
            max_length=64,
            spell_check=False,
            auto_capitalize="none",
            error=pick(WelcomeState.field_refusals["login"]),
            hint=t("Keep it, or choose a name in Latin letters"),
        ),
        password_field(
            "temporary_password",
            t("Temporary password once more"),
            error=pick(WelcomeState.field_refusals["temporary_password"]),
        ),
        password_field("password", t("New password"), new=True, error=pick(WelcomeState.field_refusals["password"])),
        password_meter(login_field="own_login"),
        password_field(
            "password_again",
            t("The password once more"),
            new=True,
            error=pick(WelcomeState.field_refusals["password_again"]),
        ),
    )


def _recovery_choice() -> rx.Component:
    return rx.fragment(
        radio_cards(
            "recovery",
            t("If you forget the password"),
            [
                Choice(
                    "passkey",
                    t("Passkey"),
                    t("A finger, your face or the screen lock of this device: the better choice"),
                    icon="fingerprint",
                ),
                Choice(
                    "question",
                    t("Secret question"),
                    t("Works on every device, but must never be easy to answer"),
                    icon="circle-help",
                ),
            ],
            chosen=WelcomeState.recovery,
            on_change=WelcomeState.choose_recovery,
        ),
        rx.cond(WelcomeState.recovery == "question", question_fields()),
    )


def question_fields() -> rx.Component:
    """Question and answer."""
    return rx.fragment(
        text_field(
            "question",
            t("Question"),
            max_length=200,
            autocomplete="off",
            error=pick(WelcomeState.field_refusals["question"]),
            hint=t("Something only you know, and nobody can look up"),
        ),
        text_field(
            "answer",
            t("Answer"),
            max_length=120,
            autocomplete="off",
            error=pick(WelcomeState.field_refusals["answer"]),
            hint=t("Capital letters, spaces and commas do not matter"),
        ),
    )


def _agreements() -> rx.Component:
    return rx.el.div(
        checkbox(
            "terms",
            rx.fragment(t("I accept the"), " ", link(t("terms of use"), href=routes.TERMS, target="_blank")),
        ),
        checkbox(
            "personal_data",
            rx.fragment(
                t("I agree to the"),
                " ",
                link(t("processing of my personal data"), href=routes.PRIVACY, target="_blank"),
            ),
            error=pick(WelcomeState.field_refusals["agreements"]),
        ),
        class_name="stack-tight",
    )


def passkey_step() -> rx.Component:
    """The profile is there; now the passkey that restores it."""
    return rx.el.div(
        notice(t("The profile is ready. The last step: a passkey, in case you forget the password."), kind="good"),
        refusal(pick(WelcomeState.refusal), class_name="refusal-late"),
        if_passkeys(
            button(t("Make a passkey"), icon="fingerprint", full_width=True, on_click=WelcomeState.make_passkey),
            otherwise=notice(t("This browser does not know passkeys. Choose a secret question instead.")),
        ),
        rx.cond(
            WelcomeState.asks_question,
            form(
                question_fields(),
                form_actions(
                    button(t("Save the question and sign in"), type="submit", full_width=True, busy=WelcomeState.busy)
                ),
                on_submit=WelcomeState.choose_question,
                busy=WelcomeState.busy,
                id="welcome-question-form",
            ),
            button(t("Rather a secret question"), variant="plain", on_click=WelcomeState.rather_question),
        ),
        class_name="stack",
    )
