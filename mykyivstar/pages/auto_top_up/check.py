"""What a rule will do, before it is switched on."""

import reflex as rx

from mykyivstar.components import button, card, fact, form, form_actions, refusal, section
from mykyivstar.i18n import moment, money, pick, t
from mykyivstar.pages.auto_top_up.words import when_words
from mykyivstar.pages.layout.line_words import name_of
from mykyivstar.pages.payments.words import card_words
from mykyivstar.state.auto_top_up.state import AutoState as State

_PLAN = State.plan
_FIELDS = ("key", "rule", "to", "number", "what", "amount", "below", "day", "month_most", "card")


def checking() -> rx.Component:
    """Whom, how much, when first, with which card, how to stop it."""
    return card(
        section(
            rx.cond(_PLAN, _facts()),
            rx.el.ul(
                rx.el.li(
                    rx.cond(
                        State.form["what"] == "below",
                        t("After each top-up an SMS says so; at night it waits for the morning."),
                        t("The day before, and after each top-up, an SMS says so; at night they wait for the morning."),
                    )
                ),
                rx.el.li(t("If the bank refuses, we try again on the two days that follow, and then pause it.")),
                rx.el.li(t("You pause, change or delete it here at any time.")),
                class_name="list-disc ps-5 text-muted",
            ),
            form(
                *[rx.el.input(type="hidden", name=name, value=State.form[name]) for name in _FIELDS],
                refusal(pick(State.refusal), class_name="refusal-late"),
                form_actions(
                    button(
                        rx.cond(State.form["rule"], t("Save"), t("Switch on")),
                        type="submit",
                        size="large",
                        icon="check",
                        busy=State.busy,
                        data_testid="save-rule",
                    ),
                    button(t("Change"), variant="quiet", on_click=State.back),
                ),
                on_submit=State.save,
                busy=State.busy,
                id="save-rule",
            ),
            title=t("Check it"),
        ),
        data_testid="rule-check",
    )


def _facts() -> rx.Component:
    return rx.el.dl(
        fact(t("Whom"), rx.el.span(name_of(_PLAN), class_name="tabular")),
        fact(t("How much"), rx.el.span(money(_PLAN.amount), class_name="text-2xl")),
        fact(t("When"), when_words(_PLAN)),
        fact(
            t("First time"),
            rx.cond(_PLAN.next_at, moment(_PLAN.next_at), t("as soon as it is needed, once a day at most")),
        ),
        rx.cond(_PLAN.month_most.is_none(), rx.fragment(), fact(t("In a month at most"), money(_PLAN.month_most))),
        rx.cond(State.card, fact(t("With"), card_words(State.card))),
        class_name="facts",
    )
