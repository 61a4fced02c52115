"""“Pay in your bank's app by QR”: `bank_qr()` on the top-up page (N8)."""

import reflex as rx

from mykyivstar.components import (
    button,
    card,
    form,
    form_actions,
    link_button,
    phone_field,
    refusal,
    text_field,
)
from mykyivstar.i18n import date, money, phone, pick, t
from mykyivstar.settings import settings
from mykyivstar.state.payments_qr import BankQrState as State


def bank_qr() -> rx.Component:
    """Ask for whom, then show the QR and the button that opens the bank's app on this phone; nothing without a bank."""
    if not settings().offers_bank_qr:
        return rx.fragment()
    return card(
        rx.el.h2(t("Pay in your bank’s app by QR"), class_name="section-title"),
        rx.cond(State.address != "", ready(), asking()),
        class_name="stack",
        data_testid="bank-qr",
    )


def asking() -> rx.Component:
    """Whom to top up, and with how much."""
    return form(
        rx.el.p(
            t("A transfer from any Ukrainian bank. The money comes when the bank has sent it: up to one working day."),
            class_name="muted",
        ),
        refusal(pick(State.refusal)),
        phone_field(
            label=t("Number or home internet account"),
            id="bank-qr-number",
            error=pick(State.field_refusals["number"]),
        ),
        text_field(
            "amount",
            t("Amount"),
            id="bank-qr-amount",
            hint=t("Leave it empty to enter the amount in the bank’s app."),
            error=pick(State.field_refusals["amount"]),
            input_mode="decimal",
            required=False,
            max_length=20,
            suffix=rx.el.span("₴", class_name="pe-4 text-muted"),
        ),
        form_actions(button(t("Show the QR"), type="submit", variant="quiet", icon="qr-code")),
        on_submit=State.make,
        id="bank-qr-form",
    )


def ready() -> rx.Component:
    """The QR; on the phone it is shown on, a button instead of a camera."""
    amount = rx.cond(State.amount > 0, money(State.amount), t("the amount you choose"))
    return rx.el.div(
        rx.el.img(src=State.picture, alt=t("QR code for a bank transfer"), class_name="qr", width=288, height=288),
        rx.el.div(
            rx.el.p(phone(State.number), ": ", rx.el.strong(amount, class_name="tabular")),
            rx.el.p(t("Recipient: {name}", name=State.recipient), class_name="muted"),
            rx.el.p(t("Works until {day}", day=date(State.valid_till)), class_name="muted"),
            rx.el.p(t("Scan it in your bank’s app. If you read this on the phone, open the app from here:")),
            rx.el.div(
                link_button(t("Open my bank’s app"), href=State.address, document=True, variant="accent"),
                button(t("Another number"), variant="plain", on_click=State.again),
                class_name="flex flex-wrap gap-3",
            ),
            class_name="grid flex-1 basis-64 gap-2",
        ),
        class_name="flex flex-wrap items-start gap-6",
    )
