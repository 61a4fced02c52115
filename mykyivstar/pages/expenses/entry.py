"""One entry: what, when, by which rule, what was before and after, and "this is not right" (O1, E6)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    card,
    empty_state,
    failed_state,
    link_button,
    loading,
    page_title,
    section,
    skeleton,
    text_link,
)
from mykyivstar.i18n import moment, pick, t
from mykyivstar.pages.expenses.dispute import dispute
from mykyivstar.pages.expenses.ground import ground
from mykyivstar.pages.expenses.related import related
from mykyivstar.pages.expenses.use import use
from mykyivstar.pages.expenses.words import amount_words, signed
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.at_address import standing_at
from mykyivstar.pages.layout.line_words import name_of
from mykyivstar.state.expenses.entry import EntryState as State
from mykyivstar.state.expenses.entry_view import FactRow
from mykyivstar.state.failure import FailureState

_VIEW = State.view


@app_page(routes.EXPENSES_ENTRY, title=t("Payment or charge"), on_load=[State.load])
def entry() -> rx.Component:
    return rx.el.div(
        rx.match(
            standing_at(State),
            ("ready", _known()),
            ("nothing", _nothing()),
            rx.cond(FailureState.incident, _failed(), _on_its_way()),
        ),
        class_name="narrow",
    )


def _known() -> rx.Component:
    return rx.el.div(
        page_title(
            pick(_VIEW.title),
            lead=rx.fragment(name_of(_VIEW), " · ", moment(_VIEW.at)),
            back=text_link(t("All payments and charges"), href=routes.EXPENSES_HISTORY),
        ),
        card(
            rx.el.p(rx.cond(_VIEW.is_bonus, t("Bonuses"), t("Money")), class_name="stat-label"),
            rx.el.p(signed(_VIEW.amount, _VIEW.is_bonus), class_name="money money-big", data_testid="amount"),
            rx.cond(pick(_VIEW.why), rx.el.p(pick(_VIEW.why), class_name="mt-2", data_testid="why")),
            tone="hero",
        ),
        card(section(_numbers(), title=t("How it comes about")), data_testid="facts"),
        rx.cond(_VIEW.use, use()),
        rx.cond(_VIEW.ground, ground()),
        related(),
        dispute(),
        class_name="stack",
    )


def _numbers() -> rx.Component:
    """What the rule says, in numbers, between the balance before and after."""
    return rx.el.dl(
        _fact(t("Balance before"), amount_words(_VIEW.before, _VIEW.is_bonus)),
        rx.foreach(_VIEW.facts.to(list[FactRow]), lambda fact: _fact(pick(fact.label), pick(fact.value))),
        _fact(t("Balance after"), amount_words(_VIEW.after, _VIEW.is_bonus)),
        class_name="facts",
    )


def _fact(name: rx.Var, value: rx.Var) -> rx.Component:
    return rx.el.div(rx.el.dt(name), rx.el.dd(value))


def _nothing() -> rx.Component:
    return rx.fragment(
        page_title(t("Payment or charge")),
        card(
            empty_state(
                t("There is no such entry"),
                text=t("It may be of a number that is not among yours."),
                icon_name="receipt",
                action=link_button(t("All payments and charges"), href=routes.EXPENSES_HISTORY, variant="quiet"),
            )
        ),
    )


def _failed() -> rx.Component:
    return rx.fragment(
        page_title(t("Payment or charge")),
        card(failed_state(FailureState.incident, on_retry=[FailureState.dismiss(), State.load()])),
    )


def _on_its_way() -> rx.Component:
    return rx.fragment(
        page_title(t("Payment or charge")),
        loading(card(skeleton("line"), skeleton("amount")), card(*[skeleton("line") for _ in range(5)])),
    )
