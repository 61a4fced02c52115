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
from mykyivstar.state.security.sms import SmsSwitchState


def sms_section() -> rx.Component:
    """On or off, and the way to the other."""
    return section(
        flash(t("SMS at sign-in is changed"), stamp=SmsSwitchState.done_at),
        card(
            rx.cond(
                SecurityState.sms_on,
                rx.el.div(
                    rx.el.p(badge(t("On"), tone="good", icon_name="check"), " ", _on_means(), class_name="quiet"),
                    rx.cond(SmsSwitchState.is_warned, _warning(), _begin()),
                    class_name="stack",
                ),
                rx.el.div(
                    rx.el.p(badge(t("Off"), tone="warning", icon_name="triangle-alert"), " ", _off_means()),
                    refusal(pick(SmsSwitchState.refusal)),
                    button(t("Switch on"), icon="message-square", on_click=SmsSwitchState.switch_on),
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
        refusal(pick(SmsSwitchState.refusal)),
        button(t("Switch off on all devices"), variant="quiet", on_click=SmsSwitchState.warn),
        class_name="stack",
    )


def _warning() -> rx.Component:
    return notice(
        rx.el.div(
            rx.el.p(t("Then whoever learns your password gets in, wherever they are. A remembered device is safer.")),
            rx.cond(SmsSwitchState.sent_to != "", _code(), _send()),
            class_name="stack",
        ),
        kind="warning",
        title=t("Switch off SMS for all your devices?"),
    )


def _send() -> rx.Component:
    return rx.el.div(
        refusal(pick(SmsSwitchState.refusal)),
        rx.el.div(
            button(t("Send the code for it"), variant="danger", on_click=SmsSwitchState.send_code),
            button(t("Leave it on"), variant="quiet", on_click=SmsSwitchState.think_better),
            class_name="row-actions",
        ),
    )


def _code() -> rx.Component:
    return rx.el.div(
        rx.el.p(t("A code is on its way to {number}.", number=phone(SmsSwitchState.sent_to))),
        form(
            code_field("switch_off_code", submit_when_whole=False, error=pick(SmsSwitchState.field_refusals["code"])),
            rx.el.p(
                countdown(
                    SmsSwitchState.expires_at,
                    label=t("The code works for another"),
                    done=t("The time of this code is over. Ask for a new one."),
                ),
                class_name="way-clock",
            ),
            refusal(pick(SmsSwitchState.refusal)),
            form_actions(
                button(t("Switch off"), type="submit", variant="danger", busy=SmsSwitchState.busy),
                button(t("Leave it on"), variant="quiet", on_click=SmsSwitchState.think_better),
            ),
            on_submit=SmsSwitchState.switch_off,
            busy=SmsSwitchState.busy,
            id="switch-off-form",
        ),
        after(
            SmsSwitchState.resend_at,
            button(t("Send another code"), variant="plain", size="small", on_click=SmsSwitchState.send_code),
            before=rx.fragment(),
        ),
        class_name="stack",
    )
