"""The universal account: every balance with the total, one top-up split over several, saved cards (B3, D8)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    Choice,
    button,
    card,
    empty_state,
    form,
    form_actions,
    link_button,
    loading,
    money_text,
    page_title,
    refusal,
    section,
    skeleton,
    text_field,
)
from mykyivstar.components.choices import radio_cards
from mykyivstar.i18n import money, pick, t, tn
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.at_address import ready_at
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.pages.payments.cards import cards
from mykyivstar.pages.payments.means import means
from mykyivstar.pages.payments.split_row import split_row
from mykyivstar.state.payments.cards import CardsState
from mykyivstar.state.payments.wallet import WalletState as State

# Somebody is typing: not every key needs a new sum.
_TYPING_MS = 250


@app_page(routes.WALLET, title=t("Universal account"), on_load=[State.load, CardsState.load])
def wallet() -> rx.Component:
    return rx.el.div(
        page_title(
            t("Universal account"),
            lead=t("All your balances together, and one payment for several of them."),
        ),
        rx.cond(
            ready_at(State),
            rx.cond(State.rows.length() > 0, _whole(), card(_nothing())),
            waiting_for(_on_its_way(), State.load),
        ),
        class_name="stack",
    )


def _whole() -> rx.Component:
    return rx.el.div(
        form(
            rx.el.div(
                rx.el.div(_total(), card(section(_split(), title=t("Split one top-up"))), class_name="stack"),
                card(section(means(State), _end(), title=t("How you pay"))),
                key=State.opened,
                class_name="home-columns",
            ),
            on_submit=State.check,
            busy=State.busy,
            id="split",
        ),
        cards(),
        class_name="stack",
    )


def _total() -> rx.Component:
    return card(
        rx.el.h2(t("On all accounts together"), class_name="hero-label"),
        rx.el.p(money_text(State.total, big=True), data_testid="total"),
        rx.cond(
            State.unknown > 0,
            rx.el.p(
                tn(
                    "without {count} whose balance is not known yet",
                    "without {count} whose balances are not known yet",
                    count=State.unknown,
                ),
                class_name="muted",
            ),
        ),
        tone="hero",
        class_name="home-hero",
    )


def _split() -> rx.Component:
    return rx.fragment(
        radio_cards(
            "way",
            t("How it is split"),
            [
                Choice("equally", t("Equally"), t("the same for everybody")),
                Choice("by_hand", t("By hand"), t("each its own sum")),
                Choice("bring_to", t("Up to a sum"), t("as much as is missing")),
            ],
            chosen=State.way,
            on_change=State.choose_way,
            hide_legend=True,
            class_name="ways-to-split",
        ),
        rx.cond(
            State.way == "by_hand",
            rx.fragment(),
            text_field(
                "amount",
                rx.cond(
                    State.way == "equally",
                    t("Sum for all together, in hryvnias"),
                    t("Every balance up to, in hryvnias"),
                ),
                value=State.amount,
                error=pick(State.field_refusals["amount"]),
                placeholder="300",
                input_mode="decimal",
                autocomplete="off",
                max_length=20,
                on_change=State.type_amount.debounce(_TYPING_MS),
                suffix=rx.el.span("₴", class_name="pe-4 text-muted"),
            ),
        ),
        rx.el.fieldset(
            rx.el.legend(t("Who takes part"), class_name="field-label"),
            rx.el.ul(rx.foreach(State.rows, split_row), class_name="rows"),
        ),
        rx.cond(
            State.rest > 0,
            rx.el.p(
                t(
                    "It does not divide evenly: the kopiykas that are left ({count}) go to the first in the list.",
                    count=State.rest,
                ),
                class_name="muted",
                data_testid="rest",
            ),
        ),
    )


def _end() -> rx.Component:
    return rx.fragment(
        rx.el.dl(
            rx.el.div(
                rx.el.dt(t("To pay together")),
                rx.el.dd(
                    rx.cond(State.to_pay.is_none(), "—", money(State.to_pay)),
                    class_name="text-2xl",
                    aria_live="polite",
                    data_testid="to-pay",
                ),
            ),
            class_name="facts",
        ),
        refusal(pick(State.refusal), class_name="refusal-late"),
        form_actions(
            button(t("Next"), type="submit", size="large", icon="arrow-right", busy=State.busy, data_testid="next")
        ),
        rx.el.p(t("Nothing is paid yet: you check everything first."), class_name="muted"),
    )


def _nothing() -> rx.Component:
    return empty_state(
        t("No numbers here yet"),
        text=t("Add your mobile numbers and home internet, and pay for all of them at once."),
        icon_name="wallet-cards",
        action=link_button(t("Add a number"), href=routes.LINES, icon="plus"),
    )


def _on_its_way() -> rx.Component:
    return loading(
        rx.el.div(
            rx.el.div(
                card(skeleton("line"), skeleton("amount"), tone="hero"),
                card(skeleton("line"), *[skeleton("block") for _ in range(4)]),
                class_name="stack",
            ),
            card(skeleton("line"), skeleton("block"), skeleton("button")),
            class_name="home-columns",
        )
    )
