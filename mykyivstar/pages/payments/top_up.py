"""Top up: whom, how much, with which card (D1, C4)."""

from typing import Any

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    button,
    card,
    form,
    form_actions,
    icon,
    loading,
    page_title,
    radio_row,
    refusal,
    section,
    skeleton,
    text_field,
    text_link,
)
from mykyivstar.components.fill import fill
from mykyivstar.i18n import money, pick, t
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.at_address import ready_at
from mykyivstar.pages.layout.line_words import dot, name_of, second_line
from mykyivstar.pages.layout.number_field import number_field
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.pages.payments.means import means
from mykyivstar.pages.payments.other_ways import other_ways
from mykyivstar.state.payments.rows import QuickRow, WhomRow
from mykyivstar.state.payments.top_up import OTHER
from mykyivstar.state.payments.top_up import TopUpState as State


@app_page(routes.TOP_UP, title=t("Top up"), on_load=[State.load])
def top_up() -> rx.Component:
    return rx.el.div(
        page_title(t("Top up"), lead=t("Any Kyivstar number or home internet, by bank card, without commission.")),
        rx.cond(ready_at(State), _form(), waiting_for(_on_its_way(), State.load)),
        other_ways(),
        rx.el.p(
            text_link(t("Let somebody else pay"), href=routes.PAY_LINKS),
            " · ",
            text_link(t("Auto top-up"), href=routes.AUTO_TOP_UP),
            " · ",
            text_link(t("Promised payment"), href=routes.PROMISED_PAYMENT),
        ),
        class_name="stack",
    )


def _form() -> rx.Component:
    return form(
        rx.el.div(
            card(section(_whom(), title=t("Whom"), id="whom")),
            rx.el.div(
                card(section(_amount(), title=t("How much"))),
                card(
                    section(
                        means(State),
                        refusal(pick(State.refusal), class_name="refusal-late"),
                        form_actions(
                            button(
                                t("Next"),
                                type="submit",
                                size="large",
                                icon="arrow-right",
                                busy=State.busy,
                                data_testid="next",
                            )
                        ),
                        rx.el.p(t("Nothing is paid yet: you check everything first."), class_name="muted"),
                        title=t("How you pay"),
                    )
                ),
                class_name="stack",
            ),
            # A form that begins anew takes its first values anew.
            key=State.opened,
            class_name="home-columns",
        ),
        on_submit=State.check,
        busy=State.busy,
        id="top-up",
    )


def _whom() -> rx.Component:
    return rx.el.div(
        rx.el.fieldset(
            rx.el.legend(t("Whom"), class_name="sr-only"),
            rx.el.div(
                rx.foreach(State.whom, _own),
                _choice(
                    OTHER,
                    t("Another number"),
                    t("Kyivstar or home internet"),
                    rx.el.span(icon("plus", size=18), class_name="line-dot"),
                    id="to-other",
                ),
                class_name="stack-choices",
            ),
        ),
        rx.el.div(
            number_field(State.number, pick(State.field_refusals["number"])),
            class_name="when-other",
        ),
        rx.cond(
            State.whom.length() > 1,
            rx.el.p(
                t("Several at once?"),
                " ",
                text_link(t("Split one payment over several numbers"), href=routes.WALLET),
                class_name="muted",
            ),
        ),
        class_name="stack-fields",
    )


def _own(whom: rx.Var[WhomRow]) -> rx.Component:
    balance = rx.el.span(rx.cond(whom.balance.is_none(), "", money(whom.balance)), class_name="row-value")
    return _choice(whom.key, name_of(whom), second_line(whom), dot(whom), after=balance)


def _choice(value: rx.Var | str, title: rx.Var, about: rx.Var, sign: rx.Component, **more: Any) -> rx.Component:
    return radio_row(
        "to",
        value,
        title,
        about,
        before=sign,
        data_testid="whom",
        default_checked=State.to == value,
        on_change=State.choose,
        **more,
    )


def _amount() -> rx.Component:
    return rx.el.div(
        text_field(
            "amount",
            t("Sum in hryvnias"),
            value=State.amount,
            error=pick(State.field_refusals["amount"]),
            placeholder="100",
            input_mode="decimal",
            autocomplete="off",
            max_length=20,
            suffix=rx.el.span("₴", class_name="pe-4 text-muted"),
        ),
        rx.el.div(rx.foreach(State.quick, _quick), role="group", aria_label=t("Take a sum"), class_name="row-actions"),
    )


def _quick(amount: rx.Var[QuickRow]) -> rx.Component:
    shown = money(amount.kopiykas)
    return fill(
        rx.match(
            amount.why,
            ("owed", t("{amount}: what is owed", amount=shown)),
            ("missing", t("{amount}: missing for the next charge", amount=shown)),
            ("charge", t("{amount}: the next charge", amount=shown)),
            f"{amount.typed} ₴",
        ),
        field="amount",
        value=amount.typed,
    )


def _on_its_way() -> rx.Component:
    return loading(
        rx.el.div(
            card(skeleton("line"), *[skeleton("block") for _ in range(4)]),
            rx.el.div(
                card(skeleton("line"), skeleton("block"), skeleton("button")),
                card(skeleton("line"), skeleton("block"), skeleton("button")),
                class_name="stack",
            ),
            class_name="home-columns",
        )
    )
