"""The code of a transfer: where it went, its time, another one, and giving up."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import accordion, button, code_field, countdown, form, form_actions, link, refusal, steps
from mykyivstar.components.after import after
from mykyivstar.i18n import money, pick, t
from mykyivstar.pages.layout.at_address import shown_for
from mykyivstar.pages.payments.words import shown_number
from mykyivstar.state.transfer.check import TransferCheckState as State


def code_step() -> rx.Component:
    """Bound to the check page's state."""
    return rx.el.div(
        rx.el.p(t("A code is on its way by SMS to {number}.", number=shown_number(State.giver))),
        form(
            shown_for(State),
            code_field(
                error=pick(State.field_refusals["code"]),
                hint=t("Read the SMS to the end: it must name this sum and this number."),
            ),
            rx.el.p(
                countdown(
                    State.expires_at,
                    label=t("The code works for another"),
                    done=t("The time of this code is over."),
                    on_done=State.refresh,
                ),
                class_name="way-clock",
            ),
            refusal(pick(State.refusal)),
            form_actions(
                button(
                    t("Transfer {amount}", amount=money(State.amount)),
                    type="submit",
                    size="large",
                    icon="lock",
                    busy=State.busy,
                    data_testid="enter-code",
                )
            ),
            on_submit=State.enter_code,
            busy=State.busy,
            id="transfer-code",
        ),
        _another_code(),
        button(
            t("Cancel the transfer"), variant="plain", on_click=State.give_up(State.shown_for), data_testid="give-up"
        ),
        accordion((t("The SMS did not come?"), _help())),
        class_name="stack",
        data_testid="code-step",
    )


def _another_code() -> rx.Component:
    return after(
        State.resend_at,
        button(
            t("Send another code"),
            variant="quiet",
            icon="rotate-cw",
            full_width=True,
            on_click=State.send_again(State.shown_for),
        ),
        before=rx.el.p(
            countdown(State.resend_at, label=t("Another code can be asked for in"), done=""), class_name="way-clock"
        ),
    )


def _help() -> rx.Component:
    return steps(
        t("Check that the phone with this number is on, has a signal, and that its inbox is not full."),
        t("Wait for the countdown and ask for another code; the old one stops working then."),
        rx.fragment(
            t("Still nothing? Call 466 from your mobile, free of charge, or visit a service centre."),
            " ",
            link(t("More help"), href=routes.HELP),
        ),
    )
