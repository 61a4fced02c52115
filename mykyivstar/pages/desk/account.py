"""A member's own way in: the passkeys that stand in for codes (K6)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    button,
    card,
    empty_state,
    flash,
    icon_button,
    loading,
    notice,
    page_title,
    password_field,
    row,
    rows,
    section,
    skeleton,
)
from mykyivstar.components.passkey import if_passkeys, passkey
from mykyivstar.i18n import date, pick, t
from mykyivstar.pages.desk.asking import form_dialog, question
from mykyivstar.pages.desk.frame import column
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.state.desk.account import DeskAccountState as State
from mykyivstar.state.desk.account import StaffPasskeyRow


@app_page(routes.DESK_ACCOUNT, title=t("My way in"), shell="desk", on_load=[State.load])
def desk_account() -> rx.Component:
    return column(
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
            rx.el.div(button(t("Add a passkey"), icon="fingerprint", variant="quiet", on_click=State.ask_password)),
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
    return form_dialog(
        "add-passkey",
        t("Add a passkey"),
        password_field(error=pick(State.field_refusals["password"])),
        state=State,
        send=button(t("Next"), type="submit", icon="fingerprint", busy=State.busy),
        on_submit=State.add,
        description=t("Type your password once more; then your device asks for your finger, face or lock."),
        open=State.is_adding,
    )


def _remove_question() -> rx.Component:
    return question(
        "remove-staff-passkey",
        t("Remove the passkey?"),
        button(t("Remove"), variant="danger", icon="trash-2", on_click=State.remove),
        state=State,
        description=t("It proves nothing at the desk any more. Without any passkey a code comes by SMS again."),
        open=State.removing > 0,
        no=t("Keep it"),
    )
