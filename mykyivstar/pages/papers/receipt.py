"""A receipt on the screen, and printed from it: `receipt(FollowedState.receipt)` wherever a payment is shown."""

import reflex as rx
from reflex.vars import FunctionStringVar

from mykyivstar.components import (
    button,
    copy_button,
    dialog,
    fact,
    form,
    form_actions,
    link_button,
    notice,
    refusal,
    text_field,
    text_link,
)
from mykyivstar.i18n import date, language, moment, money, phone, pick, t
from mykyivstar.state.papers.receipts import ReceiptRow, ReceiptShareRow
from mykyivstar.state.papers.receipts import ReceiptState as State

_MAIL = "mail-receipt"


def receipt(view: rx.vars.ObjectVar[ReceiptRow]) -> rx.Component:
    """The paper and what can be done with it: print, save, send."""
    return rx.el.div(paper(view), actions(view), class_name="stack")


def paper(view: rx.vars.ObjectVar[ReceiptRow]) -> rx.Component:
    """The receipt itself: alone on the sheet when the page is printed."""
    return rx.el.section(
        rx.el.div(
            rx.el.h2(
                t("Receipt № {number}", number=view.number), id="receipt-title", class_name="section-title tabular"
            ),
            rx.el.span(t("Kyivstar"), class_name="receipt-issuer"),
            class_name="section-head",
        ),
        facts_of(view),
        rx.el.p(
            rx.el.span(t("Amount"), class_name="muted"),
            rx.el.strong(money(view.amount), class_name="text-2xl tabular"),
            class_name="receipt-amount",
        ),
        rx.el.p(standing(view), class_name="font-semibold"),
        proof(view),
        class_name="card card-plain receipt",
        aria_labelledby="receipt-title",
        data_testid="receipt",
    )


def facts_of(view: rx.vars.ObjectVar[ReceiptRow]) -> rx.Component:
    """Every fact, in the order of the paper."""
    return rx.el.dl(
        fact(t("Date"), date(view.at, "short")),
        fact(t("Time"), view.time),
        fact(t("Payment"), what(view.source)),
        if_there(view.from_number, t("From number"), phone(view.from_number)),
        if_there(view.partner, t("Partner"), view.partner),
        if_there(view.card_mask, t("Card"), view.card_mask),
        rx.foreach(view.shares, lambda share: share_fact(share, view)),
        fact(t("Payment ID"), view.payment_id),
        if_there(view.bank_reference, t("Bank reference"), view.bank_reference),
        rx.cond(view.refunded > 0, fact(t("Returned"), money(view.refunded)), rx.fragment()),
        class_name="receipt-facts",
    )


def if_there(given: rx.Var, name: rx.Var, value: rx.Var) -> rx.Component:
    """A line that not every receipt has."""
    return rx.cond(given != "", fact(name, value), rx.fragment())


def share_fact(share: rx.vars.ObjectVar[ReceiptShareRow], view: rx.vars.ObjectVar[ReceiptRow]) -> rx.Component:
    """What was topped up; with its amount when the payment is split."""
    name = rx.cond(share.kind == "line", t("Mobile number"), t("Home internet, account"))
    amount = rx.cond(view.shares.length() > 1, rx.el.span(": ", money(share.amount)), rx.fragment())
    return rx.el.div(rx.el.dt(name), rx.el.dd(phone(share.number), amount))


def what(source: rx.Var) -> rx.Var:
    """What kind of payment it was."""
    return rx.match(
        source,
        ("card", t("Top-up by bank card")),
        ("balance", t("Transfer from a mobile balance")),
        ("partner", t("Top-up through a partner")),
        t("Promised payment"),
    )


def standing(view: rx.vars.ObjectVar[ReceiptRow]) -> rx.Var:
    """Where the money is now."""
    return rx.match(
        view.state,
        ("credited", t("The money was credited on {at}.", at=moment(view.state_at))),
        ("refunded", t("The money was returned to the payer on {at}.", at=moment(view.state_at))),
        t("Your payment has been accepted for processing."),
    )


def proof(view: rx.vars.ObjectVar[ReceiptRow]) -> rx.Component:
    """How anybody sees that the paper is genuine (O6)."""
    return rx.el.div(
        rx.el.img(
            src=view.qr, alt=t("QR code of the page that proves this paper"), width=128, height=128, class_name="qr"
        ),
        rx.el.div(
            rx.el.p(t("Is this paper genuine? Scan the QR, or open the address and type the code:")),
            rx.el.p(text_link(view.code, href=view.proof, document=True), class_name="text-lg font-semibold tabular"),
            rx.el.p(view.where, class_name="muted break-words"),
            class_name="grid gap-1",
        ),
        class_name="receipt-proof",
    )


def actions(view: rx.vars.ObjectVar[ReceiptRow]) -> rx.Component:
    """Print, save, send, and give somebody the proof."""
    return rx.el.div(
        rx.el.div(
            button(t("Print"), icon="printer", variant="quiet", on_click=FunctionStringVar.create("(() => print())")),
            link_button(
                t("Save as PDF"), icon="download", variant="quiet", href=view.pdf + language, document=True, download=""
            ),
            button(t("Send by e-mail"), icon="mail", variant="quiet", on_click=State.ask(view.payment)),
            copy_button(view.proof, label=t("Copy the proof")),
            class_name="flex flex-wrap gap-3",
        ),
        rx.cond(
            (State.sent_to != "") & (State.payment == view.payment),
            notice(t("The receipt is on its way to {email}.", email=State.sent_to), kind="good", role="status"),
            rx.fragment(),
        ),
        mail_dialog(view),
        class_name="stack",
    )


def mail_dialog(view: rx.vars.ObjectVar[ReceiptRow]) -> rx.Component:
    """Where to send it."""
    return dialog(
        "mail-receipt",
        t("Send the receipt by e-mail"),
        form(
            rx.el.input(type="hidden", name="payment", value=view.payment),
            refusal(pick(State.refusal)),
            text_field(
                "email",
                t("E-mail address"),
                id="receipt-email",
                value=view.email,
                error=pick(State.field_refusals["email"]),
                type="email",
                input_mode="email",
                autocomplete="email",
                max_length=254,
            ),
            form_actions(button(t("Send"), type="submit", variant="primary")),
            on_submit=State.send,
            id="receipt-mail-form",
        ),
        open=State.is_asking & (State.payment == view.payment),
        on_close=State.put_away,
    )


__all__ = ["receipt"]
