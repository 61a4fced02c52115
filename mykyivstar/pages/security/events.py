"""What happened to the profile lately."""

import reflex as rx

from mykyivstar.components import card, row, rows, section, text_link
from mykyivstar.i18n import moment, t
from mykyivstar.state.security.overview import EventRow, SecurityState

_WORDS = {
    "new_sign_in": t("Sign-in from a new browser"),
    "first_visit": t("First visit with a temporary password"),
    "password_changed": t("Password changed"),
    "passkey_added": t("Passkey added"),
    "passkey_removed": t("Passkey removed"),
    "passkey_copied": t("Somebody tried a copy of a passkey"),
    "access_code_set": t("Access code set"),
    "access_code_removed": t("Access code removed"),
    "access_code_locked": t("Access code locked after five misses"),
    "device_remembered": t("Browser remembered"),
    "device_forgotten": t("Device forgotten"),
    "devices_forgotten": t("All devices forgotten"),
    "session_ended": t("Session ended"),
    "sessions_ended": t("All other sessions ended"),
    "sms_switched_off": t("SMS at sign-in switched off"),
    "sms_switched_on": t("SMS at sign-in switched on"),
    "secret_question_set": t("Secret question set"),
    "secret_question_used": t("Secret question answered to restore access"),
    "secret_question_locked": t("Secret question locked after five wrong answers"),
    "access_restored": t("Access restored, new password set"),
    "temporary_password_issued": t("A service centre gave out a temporary password"),
    "line_block_asked": t("Blocking a number applied for"),
    "line_block_withdrawn": t("Blocking a number withdrawn"),
    "line_blocked": t("Number blocked"),
    "line_unblocked": t("Number unblocked"),
    "data_changed": t("Personal data changed by an application"),
}


def events_section() -> rx.Component:
    """The newest first."""
    return section(
        card(
            rx.cond(
                SecurityState.events.length() > 0,
                rows(rx.foreach(SecurityState.events, _event), label=t("Recent events")),
                rx.el.p(
                    t("Nothing yet. Changes of passwords, devices and passkeys are listed here."), class_name="quiet"
                ),
            ),
            rx.el.p(
                t("Something here was not you?"),
                " ",
                text_link(t("Call 466"), href="tel:466"),
                class_name="quiet",
            ),
        ),
        title=t("Recent events"),
        id="events-section",
    )


def _event(event: rx.Var[EventRow]) -> rx.Component:
    return row(
        rx.match(event.kind, *_WORDS.items(), event.kind),
        about=rx.fragment(moment(event.at), rx.cond(event.detail, rx.fragment(" · ", event.detail))),
        data_testid="security-event",
    )
