"""With what it is paid, and where the receipt goes: the end of every form."""

from typing import Any

import reflex as rx

from mykyivstar.components import checkbox, icon, radio_row, text_field
from mykyivstar.i18n import pick, t
from mykyivstar.pages.payments.words import card_words
from mykyivstar.state.payments.rows import CardRow


def means(state: Any) -> rx.Component:
    """The fields of a form whose state is a `PaysByCard`."""
    return rx.fragment(
        rx.cond(state.cards.length() > 0, _cards(state), _no_cards()),
        rx.el.div(
            checkbox("remember", t("Remember this card for the next time"), checked=state.remember),
            class_name="when-new-card",
        ),
        text_field(
            "email",
            t("E-mail for the receipt"),
            value=state.email,
            error=pick(state.field_refusals["email"]),
            required=False,
            input_mode="email",
            type="email",
            autocomplete="email",
            max_length=254,
        ),
    )


def _cards(state: Any) -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(t("With which card"), class_name="field-label"),
        rx.el.div(
            rx.foreach(state.cards, lambda card: _card(state, card)),
            _choice(
                state,
                "",
                icon("credit-card", size=22, class_name="choice-icon"),
                t("Another card"),
                t("You type it on the bank's page; we never see its number."),
            ),
            class_name="stack-choices",
        ),
        class_name="field",
    )


def _card(state: Any, card: rx.Var[CardRow]) -> rx.Component:
    about = rx.cond(card.name, card.mask, "")
    return _choice(state, card.id, icon("credit-card", size=22, class_name="choice-icon"), card_words(card), about)


def _choice(state: Any, value: Any, sign: rx.Component, title: rx.Var, about: rx.Var) -> rx.Component:
    shown = rx.el.span(title, class_name="tabular")
    return radio_row("card", value, shown, about, after=sign, default_checked=state.card == value)


def _no_cards() -> rx.Component:
    return rx.el.div(
        rx.el.p(t("By card"), class_name="field-label"),
        rx.el.p(t("You type it on the bank's page; we never see its number."), class_name="muted"),
    )
