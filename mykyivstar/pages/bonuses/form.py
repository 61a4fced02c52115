"""Bonuses of home internet: how many, from what, to whom, and what ends when (I1-I4)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    button,
    card,
    empty_state,
    form,
    form_actions,
    icon,
    link_button,
    loading,
    notice,
    page_title,
    radio_row,
    refusal,
    section,
    skeleton,
    text_field,
)
from mykyivstar.i18n import date, number, pick, t, tn
from mykyivstar.pages.bonuses.lists import at_numbers, history
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.at_address import ready_at
from mykyivstar.pages.layout.line_words import dot, name_of, second_line
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.state.bonuses.form import OTHER
from mykyivstar.state.bonuses.form import BonusesState as State
from mykyivstar.state.bonuses.rows import NumberRow
from mykyivstar.state.internet.rows import AccountRow

_VIEW = State.view


@app_page(routes.INTERNET_BONUSES, title=t("Bonuses"), on_load=[State.load])
def bonuses() -> rx.Component:
    return rx.el.div(
        page_title(
            t("Bonuses"),
            lead=t("Home internet earns them on the 4th. They pay for calls, messages and mobile internet in Ukraine."),
        ),
        rx.cond(
            ready_at(State),
            rx.cond(
                _VIEW,
                rx.el.div(
                    rx.cond(State.accounts.length() > 0, _accounts()),
                    rx.el.div(
                        rx.el.div(_there(), at_numbers(), class_name="stack"),
                        rx.el.div(_giving(), class_name="stack"),
                        class_name="home-columns",
                    ),
                    history(),
                    class_name="stack",
                ),
                rx.el.div(_no_account(), at_numbers(), class_name="stack"),
            ),
            waiting_for(_on_its_way(), State.load),
        ),
        class_name="stack",
    )


def _accounts() -> rx.Component:
    return card(
        rx.el.fieldset(
            rx.el.legend(t("Which internet account"), class_name="sr-only"),
            rx.el.div(rx.foreach(State.accounts, _account), class_name="stack-choices"),
        )
    )


def _account(account: rx.Var[AccountRow]) -> rx.Component:
    return radio_row(
        "account",
        account.key,
        rx.cond(account.nickname, account.nickname, account.number),
        rx.cond(account.nickname, account.number, ""),
        default_checked=account.chosen,
        on_change=State.choose,
    )


def _there() -> rx.Component:
    return card(
        rx.el.h2(t("On the internet account"), class_name="hero-label"),
        rx.el.p(tn("{count} bonus", "{count} bonuses", count=_VIEW.there), class_name="money-big", data_testid="there"),
        rx.el.p(
            rx.cond(
                _VIEW.expected.is_none(),
                t("The next bonuses come on {day}, when the fee of this month is paid.", day=date(_VIEW.expected_on)),
                t(
                    "{day} brings {bonuses} more if the internet works until the end of the month.",
                    day=date(_VIEW.expected_on),
                    bonuses=number(_VIEW.expected),
                ),
            ),
            class_name="hero-label mt-2",
            custom_attrs={"data-testid": "expected"},
        ),
        rx.el.p(
            t("Here they wait without a time limit; at a number they live for 20 days."), class_name="hero-label mt-2"
        ),
        tone="hero",
        class_name="home-hero",
    )


def _giving() -> rx.Component:
    return card(
        section(
            rx.cond(
                ~_VIEW.is_owner,
                notice(t("Only the owner of this internet account can transfer its bonuses."), kind="info"),
                rx.cond(
                    _VIEW.is_suspended,
                    notice(
                        t("While home internet is suspended, its bonuses stay where they are."),
                        kind="warning",
                        action=link_button(t("Home internet"), href=routes.INTERNET, variant="quiet", size="small"),
                    ),
                    _form(),
                ),
            ),
            title=t("Transfer to a number"),
        )
    )


def _form() -> rx.Component:
    return form(
        rx.el.div(
            _whom(),
            text_field(
                "amount",
                t("How many bonuses"),
                value=State.amount,
                error=pick(State.field_refusals["amount"]),
                hint=t(
                    "At least {least}; at most {most} a calendar month for each number, once a day.",
                    least=State.least,
                    most=State.month_most,
                ),
                placeholder="50",
                input_mode="numeric",
                autocomplete="off",
                max_length=8,
            ),
            refusal(pick(State.refusal), class_name="refusal-late"),
            form_actions(
                button(t("Next"), type="submit", size="large", icon="arrow-right", busy=State.busy, data_testid="next")
            ),
            rx.el.p(t("Nothing is transferred yet: you check everything first."), class_name="muted"),
            key=State.opened,
            class_name="stack-fields",
        ),
        on_submit=State.check,
        busy=State.busy,
        id="give-bonuses",
    )


def _whom() -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(t("Which number"), class_name="field-label"),
        rx.el.div(
            rx.foreach(State.own, _own),
            radio_row(
                "to",
                OTHER,
                t("Another number"),
                t("A prepaid Kyivstar number, or a person’s contract"),
                before=rx.el.span(icon("plus", size=18), class_name="line-dot"),
                default_checked=State.to == OTHER,
                on_change=State.choose_getter,
                id="to-other",
            ),
            rx.el.div(
                text_field(
                    "number",
                    t("Mobile number"),
                    value=State.number,
                    error=pick(State.field_refusals["number"]),
                    placeholder="067 123 45 67",
                    input_mode="tel",
                    autocomplete="off",
                    max_length=40,
                ),
                class_name="when-other",
            ),
            class_name="stack-choices",
        ),
        rx.cond(
            (State.to != OTHER) & (pick(State.field_refusals["number"]) != ""),
            rx.el.p(
                icon("circle-alert", size=16),
                pick(State.field_refusals["number"]),
                role="alert",
                class_name="field-error mt-2",
            ),
        ),
    )


def _own(line: rx.Var[NumberRow]) -> rx.Component:
    return radio_row(
        "to",
        line.number,
        name_of(line),
        second_line(line),
        before=dot(line),
        data_testid="to",
        default_checked=State.to == line.number,
        on_change=State.choose_getter,
    )


def _no_account() -> rx.Component:
    return card(
        empty_state(
            t("Bonuses come from home internet"),
            text=t("Add your internet account: its fee brings bonuses every month, which any of your numbers can use."),
            icon_name="gift",
            action=link_button(t("Add an account"), href=routes.LINES),
        )
    )


def _on_its_way() -> rx.Component:
    return loading(
        rx.el.div(
            rx.el.div(card(skeleton("line"), skeleton("block")), class_name="stack"),
            card(skeleton("line"), skeleton("block"), skeleton("block"), skeleton("button")),
            class_name="home-columns",
        )
    )
