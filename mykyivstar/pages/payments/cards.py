"""Saved cards: named, removed after a question (D8)."""

import reflex as rx

from mykyivstar.components import (
    button,
    card,
    dialog,
    form,
    form_actions,
    icon,
    menu,
    menu_item,
    refusal,
    row,
    rows,
    section,
    text_field,
)
from mykyivstar.i18n import pick, t
from mykyivstar.pages.payments.words import card_words
from mykyivstar.state.payments.cards import CardsState as State
from mykyivstar.state.payments.rows import CardRow

_HANDLED = State.handled


def cards() -> rx.Component:
    """The list with its two questions."""
    return rx.el.div(
        card(
            section(
                rx.cond(
                    State.rows.length() > 0,
                    rows(rx.foreach(State.rows, _card), label=t("Saved cards")),
                    rx.el.p(
                        t("None yet. Tick “Remember this card” when you pay, and next time it is one touch."),
                        class_name="muted",
                    ),
                ),
                title=t("Saved cards"),
                id="cards",
            )
        ),
        _name_dialog(),
        _removal_dialog(),
    )


def _card(saved: rx.Var[CardRow]) -> rx.Component:
    return row(
        rx.el.span(card_words(saved), class_name="tabular"),
        about=rx.cond(saved.name, rx.el.span(saved.mask, class_name="tabular")),
        icon_name="credit-card",
        action=menu(
            icon("ellipsis-vertical"),
            t("Change {name}", name=card_words(saved)),
            menu_item(t("Name"), icon_name="pencil", on_click=State.open_name(saved.id)),
            menu_item(t("Remove the card"), icon_name="trash-2", on_click=State.open_removal(saved.id)),
        ),
        custom_attrs={"data-testid": "card"},
    )


def _name_dialog() -> rx.Component:
    return dialog(
        "card-name",
        t("Name of the card"),
        rx.cond(
            _HANDLED,
            form(
                rx.el.p(_HANDLED.mask, class_name="muted tabular"),
                text_field(
                    "name",
                    t("Name"),
                    id="card-name-field",
                    value=_HANDLED.name,
                    error=pick(State.field_refusals["name"]),
                    hint=t("For example: Salary card. Leave it empty to see the number."),
                    required=False,
                    auto_focus=True,
                    autocomplete="off",
                ),
                refusal(pick(State.refusal)),
                form_actions(button(t("Save"), type="submit", busy=State.busy), _cancel()),
                on_submit=State.save_name,
                busy=State.busy,
            ),
        ),
        open=State.dialog == "name",
        on_close=State.close,
    )


def _removal_dialog() -> rx.Component:
    return dialog(
        "card-removal",
        t("Remove the card?"),
        rx.cond(
            _HANDLED,
            rx.el.div(
                rx.el.p(
                    t(
                        "{name} will be forgotten here and at the bank. Automatic top-ups with it will stop.",
                        name=card_words(_HANDLED),
                    )
                ),
                refusal(pick(State.refusal)),
                form_actions(
                    button(t("Remove"), variant="danger", on_click=State.remove, data_testid="remove-card"), _cancel()
                ),
                class_name="stack",
            ),
        ),
        open=State.dialog == "removal",
        on_close=State.close,
    )


def _cancel() -> rx.Component:
    return button(t("Cancel"), variant="quiet", data_close="")
