"""The form of a rule: whom, when, how much, with which card."""

from typing import Any

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    Choice,
    button,
    card,
    form,
    form_actions,
    icon,
    radio_cards,
    radio_row,
    refusal,
    section,
    text_field,
    text_link,
)
from mykyivstar.i18n import money, pick, t
from mykyivstar.pages.layout.line_words import dot, name_of, second_line
from mykyivstar.pages.layout.number_field import number_field
from mykyivstar.pages.payments.words import card_words
from mykyivstar.state.auto_top_up.state import AutoState as State
from mykyivstar.state.auto_top_up.typed import OTHER
from mykyivstar.state.payments.rows import CardRow, WhomRow

_TYPED = State.form
_WHAT = State.form["what"]


def form_step() -> rx.Component:
    """Fields that do not belong to the kind are not there."""
    return form(
        rx.el.div(
            rx.el.input(type="hidden", name="key", value=_TYPED["key"]),
            rx.el.input(type="hidden", name="rule", value=_TYPED["rule"]),
            card(section(_whom(), title=t("Whom"))),
            card(section(_when(), _sums(), title=t("When and how much"))),
            card(section(_cards(), title=t("With which card"))),
            refusal(pick(State.refusal), class_name="refusal-late"),
            form_actions(
                button(t("Next"), type="submit", size="large", icon="arrow-right", busy=State.busy),
                button(t("Cancel"), variant="quiet", on_click=State.cancel),
            ),
            rx.el.p(t("Nothing is switched on yet: you check everything first."), class_name="muted"),
            key=State.opened,
            class_name="stack",
        ),
        on_submit=State.check,
        busy=State.busy,
        id="auto-top-up",
    )


def _whom() -> rx.Component:
    return rx.el.div(
        rx.el.fieldset(
            rx.el.legend(t("Whom"), class_name="sr-only"),
            rx.el.div(
                rx.foreach(State.whom, _own),
                _choice(
                    "to",
                    OTHER,
                    rx.el.span(icon("plus", size=18), class_name="line-dot"),
                    t("Another number"),
                    t("Any Kyivstar number or home internet account"),
                    id="to-other",
                ),
                class_name="stack-choices",
            ),
        ),
        rx.el.div(
            number_field(_TYPED["number"], pick(State.field_refusals["number"])),
            class_name="when-other",
        ),
        class_name="stack-fields",
    )


def _own(whom: rx.Var[WhomRow]) -> rx.Component:
    return _choice(
        "to",
        whom.key,
        dot(whom),
        name_of(whom),
        second_line(whom),
        after=rx.el.span(rx.cond(whom.balance.is_none(), "", money(whom.balance)), class_name="row-value"),
    )


def _when() -> rx.Component:
    return radio_cards(
        "what",
        t("When"),
        [
            Choice("below", t("At a low balance"), t("As soon as there is less than you say, once a day at most.")),
            Choice("monthly", t("On a day of the month"), t("The same sum every month, at ten in the morning.")),
            Choice(
                "tariff", t("Before the tariff's price is taken"), t("Its price, the day before. For your own numbers.")
            ),
        ],
        chosen=_WHAT,
        on_change=State.choose_what,
    )


def _sums() -> rx.Component:
    return rx.el.div(
        rx.cond(
            _WHAT == "below",
            _sum("below", t("When there is less than, in hryvnias"), "20"),
        ),
        rx.cond(
            _WHAT == "monthly",
            text_field(
                "day",
                t("Day of the month"),
                value=_TYPED["day"],
                error=pick(State.field_refusals["day"]),
                hint=t("1 to 31; in shorter months, 31 is the last day."),
                placeholder="1",
                input_mode="numeric",
                autocomplete="off",
                max_length=2,
            ),
        ),
        rx.cond(_WHAT == "tariff", rx.fragment(), _sum("amount", t("Top up by, in hryvnias"), "100")),
        rx.cond(
            _WHAT == "monthly",
            rx.fragment(),
            _sum("month_most", t("In a month at most, in hryvnias"), "500"),
        ),
        class_name="stack-fields",
    )


def _sum(name: str, label: rx.Var, example: str) -> rx.Component:
    return text_field(
        name,
        label,
        value=_TYPED[name],
        error=pick(State.field_refusals[name]),
        placeholder=example,
        input_mode="decimal",
        autocomplete="off",
        max_length=20,
        suffix=rx.el.span("₴", class_name="pe-4 text-muted"),
    )


def _cards() -> rx.Component:
    return rx.el.div(
        rx.el.fieldset(
            rx.el.legend(t("With which card"), class_name="sr-only"),
            rx.el.div(rx.foreach(State.cards, _card), class_name="stack-choices"),
        ),
        rx.cond(
            State.field_refusals["card"],
            rx.el.p(
                icon("circle-alert", size=16),
                pick(State.field_refusals["card"]),
                class_name="field-error",
                role="alert",
                custom_attrs={"data-testid": "card-error"},
            ),
        ),
        rx.cond(
            State.cards.length() == 0,
            rx.el.p(
                t("It needs a saved card: pay once and tick “Remember this card for the next time”."),
                " ",
                text_link(t("Top up"), href=routes.TOP_UP),
            ),
        ),
        class_name="stack-fields",
    )


def _card(saved: rx.Var[CardRow]) -> rx.Component:
    return _choice(
        "card",
        saved.id,
        icon("credit-card", size=22, class_name="choice-icon"),
        card_words(saved),
        rx.cond(saved.name, saved.mask, ""),
    )


def _choice(
    name: str, value: rx.Var | str, sign: rx.Component, title: rx.Var, about: rx.Var, **more: Any
) -> rx.Component:
    return radio_row(name, value, title, about, before=sign, default_checked=_TYPED[name] == value, **more)
