"""SMS at sign-in: off after a warning and a code, on at once."""

import reflex as rx

from mykyivstar.components import (
    badge,
    button,
    card,
    code_field,
    countdown,
    flash,
    form,
    form_actions,
    notice,
    refusal,
    section,
)
from mykyivstar.components.after import after
from mykyivstar.i18n import phone, pick, t
from mykyivstar.state.security.overview import SecurityState
from mykyivstar.state.security.sms import SmsState


def sms_section() -> rx.Component:
    """On or off, and the way to the other."""
    return section(
        flash(t("SMS at sign-in is changed"), stamp=SmsState.done_at),
        card(
            rx.cond(
                SecurityState.sms_on,
                rx.el.div(
                    rx.el.p(badge(t("On"), tone="good", icon_name="check"), " ", _on_means(), class_name="quiet"),
                    rx.cond(SmsState.is_warned, _warning(), _begin()),
                    class_name="stack",
                ),
                rx.el.div(
                    rx.el.p(badge(t("Off"), tone="warning", icon_name="triangle-alert"), " ", _off_means()),
                    refusal(pick(SmsState.refusal)),
                    button(t("Switch on"), icon="message-square", on_click=SmsState.switch_on),
                    class_name="stack",
                ),
            ),
        ),
        title=t("SMS code after the password"),
        id="sms-section",
    )


def _on_means() -> rx.Var:
    return t("After the password we ask for a code from an SMS, except on remembered devices.")


def _off_means() -> rx.Var:
    return t("The password alone opens your profile, on any device in the world.")


def _begin() -> rx.Component:
    return rx.el.div(
        refusal(pick(SmsState.refusal)),
        button(t("Switch off on all devices"), variant="quiet", on_click=SmsState.warn),
        class_name="stack",
    )


def _warning() -> rx.Component:
    return notice(
        rx.el.div(
            rx.el.p(t("Then whoever learns your password gets in, wherever they are. A remembered device is safer.")),
            rx.cond(SmsState.sent_to != "", _code(), _send()),
            class_name="stack",
        ),
        kind="warning",
        title=t("Switch off SMS for all your devices?"),
    )


def _send() -> rx.Component:
    return rx.el.div(
        refusal(pick(SmsState.refusal)),
        rx.el.div(
            button(t("Send the code for it"), variant="danger", on_click=SmsState.send_code),
            button(t("Leave it on"), variant="quiet", on_click=SmsState.think_better),
            class_name="row-actions",
        ),
    )


def _code() -> rx.Component:
    return rx.el.div(
        rx.el.p(t("A code is on its way to {number}.", number=phone(SmsState.sent_to))),
        form(
            code_field("switch_off_code", submit_when_whole=False, error=pick(SmsState.field_refusals["code"])),
            rx.el.p(
                countdown(
                    SmsState.expires_at,
                    label=t("The code works for another"),
                    done=t("The time of this code is over. Ask for a new one."),
                ),
                class_name="way-clock",
            ),
            refusal(pick(SmsState.refusal)),
            form_actions(
                button(t("Switch off"), type="submit", variant="danger", busy=SmsState.busy),
                button(t("Leave it on"), variant="quiet", on_click=SmsState.think_better),
            ),
            on_submit=SmsState.switch_off,
            busy=SmsState.busy,
            id="switch-off-form",
        ),
        after(
            SmsState.resend_at,
            button(t("Send another code"), variant="plain", size="small", on_click=SmsState.send_code),
            before=rx.fragment(),
        ),
        class_name="stack",
    )
