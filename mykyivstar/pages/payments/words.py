"""How payments are spoken of: states, sources, and each failure with its mend (D3, D4)."""

import reflex as rx

from mykyivstar.components import badge, icon
from mykyivstar.i18n import phone, t
from mykyivstar.pages.layout.line_words import INTERNET

STATES = {
    "created": t("Written down"),
    "confirming": t("Waiting for you"),
    "processing": t("In process"),
    "credited": t("Credited"),
    "failed": t("Not paid"),
    "refunded": t("Returned"),
}
_STEPS = {
    "created": t("The payment is created"),
    "confirming": t("Confirmation by the payer"),
    "processing": t("The money is on its way"),
    "credited": t("The money is on the account"),
    "failed": t("It was not paid"),
    "refunded": t("The money has been returned"),
}
SOURCES = {
    "card": t("By card"),
    "balance": t("From a balance"),
    "partner": t("At a partner"),
    "promise": t("Promised payment"),
}
_FAILURES = {
    "card_expired": t("The card has expired. Pay with another one."),
    "card_limit": t("The card's limit does not allow this. Raise it in your bank's app, or pay a smaller sum."),
    "internet_not_allowed": t(
        "The bank does not allow internet payments with this card. Allow them in your bank's app and try again."
    ),
    "not_enough_money": t("There is not enough money on the card. Put some on it, or pay with another one."),
    "wrong_code": t("The code was not right. Try again with the code from the newest SMS."),
    "wrong_card": t("The card's details were not right. Check the number, the expiry date and the code on the back."),
    "suspected_fraud": t("The bank's security service stopped the payment. Call your bank, or pay with another card."),
    "declined": t("The bank declined the payment without saying why. Ask your bank, or pay with another card."),
    "unreachable": t("The bank did not answer, and no money was taken. Try again in a few minutes."),
    "not_finished": t("The time for paying is over, and no money was taken. Begin again."),
    "given_up": t("You cancelled the payment. No money was taken."),
    "link_used": t("Somebody else had paid by this link before, so the money goes back to where it came from."),
    "target_gone": t("The number takes no payments any more, so the money goes back to where it came from."),
}


def failure_words(failure: rx.Var) -> rx.Var:
    """Why it failed and how to mend it, in one sentence or two."""
    return rx.match(failure, *_FAILURES.items(), t("The payment did not succeed. Try again."))


def step_words(state: rx.Var) -> rx.Var:
    """A state as a step of the way."""
    return rx.match(state, *_STEPS.items(), "")


def source_words(source: rx.Var) -> rx.Var:
    """Where the money came from."""
    return rx.match(source, *SOURCES.items(), "")


def source_sign(source: rx.Var) -> rx.Component:
    """The same as a picture."""
    return rx.el.span(
        rx.match(
            source,
            ("card", icon("credit-card", size=22)),
            ("balance", icon("arrow-left-right", size=22)),
            ("partner", icon("store", size=22)),
            icon("hand-coins", size=22),
        ),
        class_name="row-icon",
    )


def state_badge(state: rx.Var) -> rx.Component:
    """A state in a word or two, told by its sign too."""
    return rx.match(
        state,
        ("credited", badge(STATES["credited"], tone="good", icon_name="check")),
        ("failed", badge(STATES["failed"], tone="danger", icon_name="x")),
        ("refunded", badge(STATES["refunded"], tone="neutral", icon_name="undo-2")),
        ("processing", badge(STATES["processing"], tone="brand", icon_name="clock")),
        ("confirming", badge(STATES["confirming"], tone="warning", icon_name="clock")),
        badge(STATES["created"], tone="neutral", icon_name="clock"),
    )


def shown_number(row: rx.Var) -> rx.Var:
    """A number as people write it; a personal account keeps its zeros and has no spaces."""
    return rx.cond(row.kind == INTERNET, row.number, phone(row.number))


def shown_name(row: rx.Var) -> rx.Var:
    """The payer's own name of it, else its number."""
    return rx.cond(row.nickname, row.nickname, shown_number(row))


def card_words(card: rx.Var) -> rx.Var:
    """A saved card by its own name, else by what may be known of its number."""
    return rx.cond(card.name, card.name, card.mask)
