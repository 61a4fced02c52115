"""Passkeys: what they are, which ones there are, and one more."""

import reflex as rx

from mykyivstar.components import (
    button,
    card,
    dialog,
    flash,
    form,
    icon_button,
    notice,
    refusal,
    row,
    rows,
    section,
    text_field,
)
from mykyivstar.components.passkey import if_passkeys, passkey
from mykyivstar.i18n import date, pick, t
from mykyivstar.state.security.overview import PasskeyRow, SecurityState
from mykyivstar.state.security.passkeys import PasskeysState


def passkeys_section() -> rx.Component:
    """The safest way in first among the ways."""
    return section(
        passkey(PasskeysState.passkey_request, on_made=PasskeysState.made, on_failed=PasskeysState.failed),
        flash(t("Your passkeys are up to date"), stamp=PasskeysState.done_at),
        card(
            rx.el.p(
                t("Sign in with a finger, your face or the screen lock. Nothing to remember, nothing to steal."),
                class_name="quiet",
            ),
            rx.cond(
                SecurityState.passkeys.length() > 0,
                rows(rx.foreach(SecurityState.passkeys, _passkey), label=t("Your passkeys")),
            ),
            refusal(pick(PasskeysState.refusal)),
            if_passkeys(
                button(
                    t("Add a passkey"), icon="fingerprint", variant="quiet", full_width=True, on_click=PasskeysState.add
                ),
                otherwise=notice(t("This browser does not know passkeys.")),
            ),
        ),
        _rename_dialog(),
        _remove_dialog(),
        title=t("Passkeys"),
        id="passkeys-section",
    )


def _passkey(key: rx.Var[PasskeyRow]) -> rx.Component:
    used = rx.cond(
        key.used_at,
        t("Made on {day}, used on {last}", day=date(key.made_at), last=date(key.used_at)),
        t("Made on {day}, not used yet", day=date(key.made_at)),
    )
    return row(
        rx.cond(key.name, key.name, t("Passkey")),
        about=used,
        icon_name="key-round",
        action=rx.el.span(
            icon_button(
                "pencil",
                t("Rename {name}", name=key.name),
                on_click=PasskeysState.begin_renaming(key.id, key.name),
            ),
            icon_button(
                "trash-2",
                t("Remove {name}", name=key.name),
                on_click=PasskeysState.ask_before_removing(key.id, key.name),
            ),
            class_name="row-tools",
        ),
        data_testid="passkey",
    )


def _rename_dialog() -> rx.Component:
    return dialog(
        "rename-passkey",
        t("Rename the passkey"),
        # A new key for each passkey: the field begins with its own name.
        rx.el.div(
            form(
                text_field(
                    "name",
                    t("Name"),
                    id="passkey_name",
                    value=PasskeysState.name_now,
                    max_length=60,
                    error=pick(PasskeysState.field_refusals["name"]),
                ),
                button(t("Save"), type="submit", full_width=True, busy=PasskeysState.busy),
                on_submit=PasskeysState.rename,
                busy=PasskeysState.busy,
            ),
            key=PasskeysState.renaming,
        ),
        open=PasskeysState.renaming > 0,
        on_close=PasskeysState.think_better,
    )


def _remove_dialog() -> rx.Component:
    return dialog(
        "remove-passkey",
        t("Remove the passkey?"),
        description=t(
            "“{name}” will no longer open My Kyivstar. Your device may still offer it; delete it there too.",
            name=PasskeysState.name_now,
        ),
        actions=rx.fragment(
            button(
                t("Remove"),
                variant="danger",
                icon="trash-2",
                on_click=PasskeysState.remove(PasskeysState.removing),
            ),
            button(t("Keep it"), variant="quiet", data_close=""),
        ),
        open=PasskeysState.removing > 0,
        on_close=PasskeysState.think_better,
    )
