"""The paper of a payment (D2), or its facts while there is nothing to prove."""

import reflex as rx

from mykyivstar.components import card, copy_button, fact, section
from mykyivstar.i18n import moment, money, t
from mykyivstar.pages.papers.receipt import receipt
from mykyivstar.pages.payments.words import source_words
from mykyivstar.state.payments.followed import FollowedState as State

_PAYMENT = State.payment


def receipt_or_facts() -> rx.Component:
    """The receipt with what can be done with it; the facts of a payment that has none."""
    return rx.cond(State.receipt, receipt(State.receipt), _facts())


def _facts() -> rx.Component:
    return card(
        section(
            rx.el.dl(
                fact(t("Payment ID"), rx.el.span(_PAYMENT.id, class_name="tabular"), class_name="break-words"),
                fact(t("When"), moment(_PAYMENT.created_at)),
                fact(t("How"), source_words(_PAYMENT.source)),
                rx.cond(_PAYMENT.card_mask != "", fact(t("Card"), _PAYMENT.card_mask)),
                rx.cond(
                    _PAYMENT.bank_reference != "",
                    fact(t("The bank's reference"), _PAYMENT.bank_reference, class_name="break-words"),
                ),
                rx.cond(_PAYMENT.refunded > 0, fact(t("Returned"), money(_PAYMENT.refunded))),
                class_name="facts",
            ),
            title=t("Details"),
            action=copy_button(_PAYMENT.id.to_string(), label=t("Copy the ID")),
        )
    )
