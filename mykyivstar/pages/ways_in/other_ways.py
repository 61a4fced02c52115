"""The ways in beside number and password: a passkey, the access code of a remembered device."""

import reflex as rx

from mykyivstar.components import button, form, form_actions, refusal, text_field
from mykyivstar.components.passkey import if_passkeys, passkey
from mykyivstar.i18n import pick, t
from mykyivstar.state.other_ways import AccessCodeLoginState, PasskeyLoginState


def passkey_way() -> rx.Component:
    """The button, where the browser knows passkeys (A11)."""
    return rx.fragment(
        passkey(PasskeyLoginState.passkey_request, on_used=PasskeyLoginState.used, on_failed=PasskeyLoginState.failed),
        if_passkeys(
            button(
                t("Sign in with a passkey"),
                variant="quiet",
                icon="fingerprint",
                full_width=True,
                busy=PasskeyLoginState.busy,
                on_click=PasskeyLoginState.ask,
            ),
            refusal(pick(PasskeyLoginState.refusal), class_name="refusal-late"),
        ),
    )


def access_code_way() -> rx.Component:
    """The access code, in place of the rest of the card on a device that has one (A6)."""
    return rx.el.div(
        form(
            text_field(
                "access_code",
                t("Access code of this device"),
                type="password",
                input_mode="numeric",
                autocomplete="off",
                max_length=6,
                auto_focus=True,
                error=pick(AccessCodeLoginState.field_refusals["access_code"]),
            ),
            refusal(pick(AccessCodeLoginState.refusal)),
            form_actions(
                button(t("Unlock"), type="submit", full_width=True, icon="lock-open", busy=AccessCodeLoginState.busy)
            ),
            on_submit=AccessCodeLoginState.unlock,
            busy=AccessCodeLoginState.busy,
            id="by-access-code",
        ),
        button(t("Sign in another way"), variant="plain", full_width=True, on_click=AccessCodeLoginState.another_way),
        class_name="stack",
    )
