"""The step that every way in shares: the code from the SMS, its time, another one, and what to do when none comes."""

from typing import Any

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import accordion, button, checkbox, code_field, countdown, form, refusal, steps, text_link
from mykyivstar.components.after import after
from mykyivstar.i18n import pick, t


def code_step(state: Any, *, submit: rx.Component, remember: bool, lead: rx.Var | None = None) -> rx.Component:
    """Bound to a state with `typed`, `expires_at`, `resend_at`, `enter_code`, `send_again`, `start_over`.

    `lead` says where the code went; by default only what may be said of a number that nobody has proved yet.
    """
    unproved = t("If {number} is active with us, a code is on its way by SMS.", number=state.typed)
    remembered = [checkbox("remember", t("Remember this browser: no SMS codes here again"))] if remember else []
    return rx.el.div(
        rx.el.p(
            unproved if lead is None else lead,
            " ",
            text_button(t("Another number"), state.start_over),
            class_name="way-lead",
        ),
        form(
            code_field(error=pick(state.field_refusals["code"]), hint=t("Four letters or digits, in any case")),
            rx.el.p(
                countdown(
                    state.expires_at,
                    label=t("The code works for another"),
                    done=t("The time of this code is over. Ask for a new one."),
                ),
                class_name="way-clock",
            ),
            refusal(pick(state.refusal)),
            *remembered,
            submit,
            on_submit=state.enter_code,
            busy=state.busy,
        ),
        _another_code(state),
        no_sms_help(),
        class_name="stack",
        data_testid="code-step",
    )


def _another_code(state: Any) -> rx.Component:
    return after(
        state.resend_at,
        button(t("Send another code"), variant="quiet", icon="rotate-cw", full_width=True, on_click=state.send_again),
        before=rx.el.p(
            countdown(state.resend_at, label=t("Another code can be asked for in"), done=""), class_name="way-clock"
        ),
    )


def no_sms_help() -> rx.Component:
    """What to do when the SMS does not come (A10)."""
    return accordion(
        (
            t("The SMS did not come?"),
            steps(
                t("Check the number: one wrong digit and the code goes nowhere. Other operators' numbers get no code."),
                t("Check that your phone is on, has a signal, and that its inbox is not full."),
                t("Wait for the countdown and ask for another code; the old one stops working then."),
                rx.fragment(
                    t("Still nothing? Call 466 from your mobile, free of charge, or visit a service centre."),
                    " ",
                    text_link(t("More help"), href=routes.HELP),
                    " · ",
                    text_link(t("Write to us"), href=routes.CONTACT),
                ),
            ),
        )
    )


def text_button(label: rx.Var, on_click: Any) -> rx.Component:
    """A button within a sentence."""
    return rx.el.button(label, type="button", on_click=on_click, class_name="link-button")
