"""A member's own way in: the passkeys that stand in for codes (K6)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    button,
    card,
    dialog,
    empty_state,
    flash,
    form,
    form_actions,
    icon_button,
    loading,
    notice,
    page_title,
    password_field,
    refusal,
    row,
    rows,
    section,
    skeleton,
)
from mykyivstar.components.passkey import if_passkeys, passkey
from mykyivstar.i18n import date, pick, t
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.state.desk.account import DeskAccountState as State
from mykyivstar.state.desk.account import StaffPasskeyRow


@app_page(routes.DESK_ACCOUNT, title=t("My way in"), shell="desk", on_load=[State.load])
def desk_account() -> rx.Component:
    return rx.el.div(
        page_title(
            t("My way in"),
            lead=t("After your password a passkey proves that it is you, and no SMS is needed."),
        ),
        passkey(State.passkey_request, on_made=State.made, on_failed=State.failed),
        flash(t("Your passkeys are up to date"), stamp=State.done),
        rx.cond(
            State.ready,
            card(section(_passkeys(), title=t("Passkeys"))),
            waiting_for(card(loading(skeleton("line"), skeleton("block"))), State.load),
        ),
        _add_dialog(),
        _remove_question(),
        class_name="narrow stack",
    )


def _passkeys() -> rx.Component:
    return rx.fragment(
        rx.cond(
            State.passkeys.length() > 0,
            rows(rx.foreach(State.passkeys, _passkey), label=t("Your passkeys")),
            empty_state(
                t("No passkeys yet"),
                text=t("A finger, your face or the lock of your device, in place of the code by SMS."),
                icon_name="fingerprint",
            ),
        ),
        if_passkeys(
            button(t("Add a passkey"), icon="fingerprint", variant="quiet", on_click=State.ask_password),
            otherwise=notice(t("This browser does not know passkeys.")),
        ),
    )


def _passkey(key: rx.Var[StaffPasskeyRow]) -> rx.Component:
    return row(
        rx.cond(key.name, key.name, t("Passkey")),
        about=rx.cond(
            key.used_at,
            t("Made on {day}, used on {last}", day=date(key.made_at), last=date(key.used_at)),
            t("Made on {day}, not used yet", day=date(key.made_at)),
        ),
        icon_name="key-round",
        action=icon_button("trash-2", t("Remove {name}", name=key.name), on_click=State.ask_before_removing(key.id)),
        key=key.id,
        data_testid="staff-passkey",
    )


def _add_dialog() -> rx.Component:
    return dialog(
        "add-passkey",
        t("Add a passkey"),
        form(
            password_field(error=pick(State.field_refusals["password"])),
            refusal(pick(State.refusal)),
            form_actions(button(t("Next"), type="submit", icon="fingerprint", busy=State.busy)),
            on_submit=State.add,
            busy=State.busy,
            id="add-passkey-form",
        ),
        description=t("Type your password once more; then your device asks for your finger, face or lock."),
        open=State.is_adding,
        on_close=State.put_away,
    )


def _remove_question() -> rx.Component:
    return dialog(
        "remove-staff-passkey",
        t("Remove the passkey?"),
        refusal(pick(State.refusal)),
        description=t("It proves nothing at the desk any more. Without any passkey a code comes by SMS again."),
        actions=rx.fragment(
            button(t("Remove"), variant="danger", icon="trash-2", on_click=State.remove),
            button(t("Keep it"), variant="quiet", on_click=State.put_away),
        ),
        open=State.removing > 0,
        on_close=State.put_away,
    )
