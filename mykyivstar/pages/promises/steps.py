"""The two steps of a promised payment: choosing, and checking what it means."""

import reflex as rx

from mykyivstar.components import button, card, fact, form, form_actions, icon, notice, radio_row, refusal, section
from mykyivstar.i18n import date, money, pick, t
from mykyivstar.pages.layout.line_words import INTERNET, dot, name_of, second_line
from mykyivstar.state.promises.rows import OfferRow
from mykyivstar.state.promises.state import PromisedState as State

_CHOSEN = State.chosen


def form_step() -> rx.Component:
    """For whom, how much, on which terms."""
    return form(
        rx.el.div(
            card(
                section(
                    rx.el.fieldset(
                        rx.el.legend(t("For which number"), class_name="sr-only"),
                        rx.el.div(rx.foreach(State.offers, _number), class_name="stack-choices"),
                    ),
                    title=t("For which number"),
                )
            ),
            rx.cond(
                _CHOSEN,
                card(
                    section(
                        rx.cond(
                            _CHOSEN.sums.length() > 0,
                            rx.el.div(_sums(), terms(), _next(), class_name="stack-fields"),
                            notice(
                                rx.el.span(pick(_CHOSEN.refusal), custom_attrs={"data-testid": "not-offered"}),
                                kind="info",
                            ),
                        ),
                        refusal(pick(State.refusal), class_name="refusal-late"),
                        title=rx.cond(_CHOSEN.kind == INTERNET, t("Grace week"), t("How much")),
                    ),
                    key=State.to,
                ),
            ),
            class_name="stack",
        ),
        on_submit=State.check,
        busy=State.busy,
        id="promise",
    )


def checking() -> rx.Component:
    """What is taken, what it costs, until when, what then."""
    return card(
        section(
            rx.el.dl(
                fact(t("For"), rx.el.span(name_of(_CHOSEN), class_name="tabular")),
                fact(t("You get now"), money(State.amount), class_name="text-2xl"),
                fact(t("Price"), _price()),
                fact(t("Goes back"), money(State.amount + _CHOSEN.price)),
                fact(t("Last day"), date(_CHOSEN.last_day)),
                class_name="facts",
            ),
            _what_then(),
            form(
                *[
                    rx.el.input(type="hidden", name=name, value=value)
                    for name, value in (("key", State.form_key), ("to", State.to), ("sum", State.amount.to_string()))
                ],
                refusal(pick(State.refusal), class_name="refusal-late"),
                rx.cond(
                    State.field_refusals["amount"],
                    notice(pick(State.field_refusals["amount"]), kind="warning", role="alert"),
                ),
                form_actions(
                    button(
                        t("Take {amount}", amount=money(State.amount)),
                        type="submit",
                        size="large",
                        icon="hand-coins",
                        busy=State.busy,
                        data_testid="take",
                    ),
                    button(t("Change"), variant="quiet", on_click=State.back),
                ),
                on_submit=State.take,
                busy=State.busy,
                id="take",
            ),
            title=t("Check it"),
        ),
        data_testid="promise-check",
    )


def terms() -> rx.Component:
    """Price and term, before anything is asked for."""
    return rx.el.dl(
        fact(t("Price"), _price()),
        fact(t("Last day"), date(_CHOSEN.last_day)),
        class_name="facts",
    )


def _what_then() -> rx.Component:
    return rx.el.ul(
        rx.el.li(t("It goes back from the next money on this account, whoever pays it in; the rest stays yours.")),
        rx.el.li(
            t(
                "What has not gone back by the end of the last day is taken from the balance, even when it falls "
                "below zero. The day before, an SMS reminds you."
            )
        ),
        rx.el.li(t("The next one is possible in the next calendar month, when this one has gone back.")),
        class_name="list-disc ps-5 text-muted",
    )


def _price() -> rx.Component:
    return rx.cond(_CHOSEN.price == 0, t("nothing"), t("{price}, VAT included", price=money(_CHOSEN.price)))


def _number(offer: rx.Var[OfferRow]) -> rx.Component:
    return radio_row(
        "to",
        offer.key,
        name_of(offer),
        rx.cond(offer.sums.length() > 0, second_line(offer), t("not possible now")),
        before=dot(offer),
        after=rx.el.span(rx.cond(offer.balance.is_none(), "", money(offer.balance)), class_name="row-value"),
        data_testid="offer",
        checked=State.to == offer.key,
        on_change=State.choose,
    )


def _sums() -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(t("How much"), class_name="sr-only"),
        rx.el.div(
            rx.foreach(
                _CHOSEN.sums,
                lambda kopiykas, place: rx.el.label(
                    rx.el.input(
                        type="radio", name="sum", value=kopiykas, default_checked=place == 0, class_name="radio"
                    ),
                    rx.el.span(money(kopiykas), class_name="choice-title"),
                    class_name="radio-card",
                ),
            ),
            class_name="radio-cards",
        ),
        rx.cond(
            State.field_refusals["amount"],
            rx.el.p(
                icon("circle-alert", size=16),
                pick(State.field_refusals["amount"]),
                class_name="field-error",
                role="alert",
            ),
        ),
    )


def _next() -> rx.Component:
    return rx.el.div(
        form_actions(button(t("Next"), type="submit", size="large", icon="arrow-right", busy=State.busy)),
        rx.el.p(t("Nothing is taken yet: you check everything first."), class_name="muted"),
        class_name="stack-tight",
    )
