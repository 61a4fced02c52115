"""The two sides of a transfer, to choose from."""

from typing import Any

import reflex as rx

from mykyivstar.components import icon, radio_row
from mykyivstar.i18n import money, pick, t
from mykyivstar.pages.layout.line_words import dot, name_of, second_line
from mykyivstar.pages.layout.number_field import number_field
from mykyivstar.state.payments.rows import WhomRow
from mykyivstar.state.payments.top_up import OTHER
from mykyivstar.state.transfer.form import TransferState as State
from mykyivstar.state.transfer.rows import GiverRow


def givers() -> rx.Component:
    """Own numbers to transfer from, with what is on them."""
    return rx.el.fieldset(
        rx.el.legend(t("From which number"), class_name="sr-only"),
        rx.el.div(rx.foreach(State.givers, _giver), class_name="stack-choices"),
        _mistake("giver"),
    )


def _giver(giver: rx.Var[GiverRow]) -> rx.Component:
    return _choice(
        "giver",
        giver.key,
        name_of(giver),
        rx.cond(
            giver.is_blocked,
            t("Blocked"),
            rx.cond(
                giver.locked > 0,
                t("{amount} are locked for the tariff", amount=money(giver.locked)),
                second_line(giver),
            ),
        ),
        dot(giver),
        chosen=State.giver == giver.key,
        after=rx.el.span(money(giver.balance), class_name="row-value"),
        on_change=State.choose_giver,
    )


def whom() -> rx.Component:
    """Any number, or one of one's own."""
    return rx.el.div(
        rx.el.fieldset(
            rx.el.legend(t("Whom"), class_name="sr-only"),
            rx.el.div(
                _choice(
                    "to",
                    OTHER,
                    t("Another number"),
                    t("Any Kyivstar number or home internet account"),
                    rx.el.span(icon("plus", size=18), class_name="line-dot"),
                    chosen=State.to == OTHER,
                    on_change=State.choose_getter,
                    id="to-other",
                ),
                rx.el.div(
                    number_field(State.number, pick(State.field_refusals["number"])),
                    class_name="when-other",
                ),
                rx.foreach(State.whom, _own),
                class_name="stack-choices",
            ),
        ),
        rx.cond(State.to != OTHER, _mistake("number")),
        class_name="stack-fields",
    )


def _own(whom: rx.Var[WhomRow]) -> rx.Component:
    chosen = State.to == whom.key
    return _choice(
        "to", whom.key, name_of(whom), second_line(whom), dot(whom), chosen=chosen, on_change=State.choose_getter
    )


def _mistake(field: str) -> rx.Component:
    """What is wrong with a choice, for which no line is kept free."""
    said = pick(State.field_refusals[field])
    return rx.cond(
        said != "", rx.el.p(icon("circle-alert", size=16), said, role="alert", class_name="field-error mt-2")
    )


def _choice(
    name: str,
    sent: rx.Var | str,
    title: rx.Var,
    about: rx.Var,
    sign: rx.Component,
    *,
    chosen: rx.Var,
    **more: Any,
) -> rx.Component:
    return radio_row(
        name,
        sent,
        title,
        about,
        before=sign,
        data_testid=name,
        default_checked=chosen,
        **more,
    )
