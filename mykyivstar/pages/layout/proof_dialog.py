"""The dialog that asks for a fresh proof on any signed-in page (O9)."""

import reflex as rx

from mykyivstar.components import button, code_field, countdown, dialog, form, password_field, refusal
from mykyivstar.components.after import after
from mykyivstar.components.passkey import if_passkeys, passkey
from mykyivstar.i18n import phone, pick, t
from mykyivstar.state.proof import PhoneChoice, ProofState


def proof_dialog() -> rx.Component:
    """Opens by itself when something needs a proof; after it, what was asked for is done."""
    return rx.fragment(
        passkey(ProofState.passkey_request, on_used=ProofState.passkey_used, on_failed=ProofState.passkey_failed),
        dialog(
            "proof",
            t("Is it you?"),
            rx.match(
                ProofState.way,
                ("passkey", _by_passkey()),
                ("password", _by_password()),
                _by_code(),
            ),
            _other_ways(),
            description=t("We ask once more, so that nobody else can do this for you. Then it is done at once."),
            open=ProofState.is_open,
            on_close=ProofState.cancel,
        ),
    )


def _by_passkey() -> rx.Component:
    return rx.el.div(
        refusal(pick(ProofState.refusal)),
        button(t("Confirm with a passkey"), icon="fingerprint", full_width=True, on_click=ProofState.ask_passkey),
        class_name="stack",
    )


def _by_password() -> rx.Component:
    return form(
        password_field("proof_password", t("Your password"), error=pick(ProofState.field_refusals["password"])),
        refusal(pick(ProofState.refusal)),
        button(t("Confirm"), type="submit", full_width=True, busy=ProofState.busy),
        on_submit=ProofState.enter_password,
        busy=ProofState.busy,
    )


def _by_code() -> rx.Component:
    return rx.cond(
        ProofState.sent_to != "",
        rx.el.div(
            form(
                rx.el.p(t("A code is on its way to {number}.", number=phone(ProofState.sent_to))),
                code_field("proof_code", error=pick(ProofState.field_refusals["code"])),
                _clock(),
                refusal(pick(ProofState.refusal)),
                button(t("Confirm"), type="submit", full_width=True, busy=ProofState.busy),
                on_submit=ProofState.enter_code,
                busy=ProofState.busy,
            ),
            after(ProofState.resend_at, _phones(), before=rx.fragment()),
            class_name="stack",
        ),
        rx.el.div(refusal(pick(ProofState.refusal)), _phones(), class_name="stack"),
    )


def _clock() -> rx.Component:
    return rx.el.p(
        countdown(
            ProofState.expires_at,
            label=t("The code works for another"),
            done=t("The time of this code is over. Ask for a new one."),
        ),
        class_name="way-clock",
    )


def _phones() -> rx.Component:
    return rx.el.div(rx.foreach(ProofState.phones, _phone), class_name="stack-tight")


def _phone(choice: rx.Var[PhoneChoice]) -> rx.Component:
    return button(
        t("Send a code to {number}", number=phone(choice.value)),
        variant="quiet",
        icon="message-square",
        full_width=True,
        on_click=ProofState.send_code(choice.value),
    )


def _other_ways() -> rx.Component:
    return rx.el.div(
        rx.cond(
            ProofState.has_passkey & (ProofState.way != "passkey"),
            if_passkeys(_way(t("By a passkey"), "passkey")),
        ),
        rx.cond(
            (ProofState.phones.length() > 0) & (ProofState.way != "code"), _way(t("By a code from an SMS"), "code")
        ),
        rx.cond(ProofState.has_password & (ProofState.way != "password"), _way(t("By your password"), "password")),
        class_name="row-actions proof-ways",
    )


def _way(label: rx.Var, way: str) -> rx.Component:
    return button(label, variant="plain", size="small", on_click=ProofState.choose_way(way))
