"""Check and transfer: what, from where, to whom, what will be left; the code where one is needed; how it ended (D5)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    button,
    card,
    fact,
    form,
    form_actions,
    link_button,
    money_text,
    notice,
    page_title,
    refusal,
)
from mykyivstar.i18n import money, pick, t
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.at_address import shown_for, standing_at
from mykyivstar.pages.layout.check_page import nothing_here, order_on_its_way, way_back
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.pages.payments.words import shown_name, shown_number
from mykyivstar.pages.transfer.code_step import code_step
from mykyivstar.pages.transfer.words import transfer_failure_words
from mykyivstar.state.transfer.check import TransferCheckState as State


@app_page(routes.TRANSFER_CHECK, title=t("Check the transfer"), on_load=[State.load])
def check() -> rx.Component:
    standing = standing_at(State)
    return rx.el.div(
        page_title(
            rx.match(
                standing,
                ("code", t("Confirm the transfer")),
                ("done", t("Transferred")),
                ("failed", t("Not transferred")),
                t("Check the transfer"),
            ),
            back=way_back(standing == "ready", State.back, t("Transfer"), routes.TRANSFER),
        ),
        rx.el.div(
            rx.match(
                standing,
                ("ready", card(_facts(_left_afterwards()), _confirm())),
                ("code", card(_facts(), code_step())),
                ("done", card(_done())),
                ("failed", card(_not_done())),
                ("lost", card(_lost())),
                waiting_for(order_on_its_way(), State.load),
            ),
            class_name="stack",
        ),
        class_name="narrow",
    )


def _facts(*more: rx.Component) -> rx.Component:
    return rx.el.dl(
        _side(t("From where"), State.giver),
        _side(t("Whom"), State.getter),
        fact(t("Commission"), t("none")),
        *more,
        rx.el.div(
            rx.el.dt(t("Sum")),
            rx.el.dd(money(State.amount), class_name="text-2xl", data_testid="sum"),
        ),
        class_name="facts",
    )


def _side(name: rx.Var, side: rx.Var) -> rx.Component:
    return rx.el.div(
        rx.el.dt(name),
        rx.el.dd(
            rx.el.span(shown_name(side), class_name="block"),
            rx.cond(side.nickname, rx.el.span(shown_number(side), class_name="tabular font-normal text-muted")),
        ),
    )


def _left_afterwards() -> rx.Component:
    return fact(t("Will be left on the balance"), money(State.left))


def _confirm() -> rx.Component:
    return form(
        shown_for(State),
        rx.el.input(type="hidden", name="again", value=rx.cond(State.is_repeat, "yes", "")),
        refusal(pick(State.refusal), class_name="refusal-late"),
        form_actions(
            button(
                rx.cond(
                    State.is_repeat,
                    t("Transfer once more"),
                    rx.cond(
                        State.needs_code,
                        t("Send the code"),
                        t("Transfer {amount}", amount=money(State.amount)),
                    ),
                ),
                type="submit",
                size="large",
                icon="lock",
                busy=State.busy,
                data_testid="confirm",
            )
        ),
        rx.cond(
            State.needs_code,
            rx.el.p(
                t("The code comes by SMS to {number} and names the sum and the getter.", number=_giving_number()),
                class_name="muted mt-2",
            ),
        ),
        on_submit=State.transfer,
        busy=State.busy,
        id="confirm-transfer",
    )


def _giving_number() -> rx.Var:
    return shown_number(State.giver)


def _done() -> rx.Component:
    return rx.el.div(
        notice(
            t("{amount} to {whom}", amount=money(State.amount), whom=shown_name(State.getter)),
            kind="good",
            title=t("The money is there already"),
            role="status",
        ),
        rx.el.dl(
            _side(t("From where"), State.giver),
            fact(t("Left on the balance"), money_text(State.left)),
            class_name="facts",
        ),
        form_actions(
            link_button(t("Receipt"), href=State.payment, icon="receipt"),
            link_button(t("One more transfer"), href=routes.TRANSFER, variant="quiet"),
        ),
        class_name="stack",
        data_testid="done",
    )


def _not_done() -> rx.Component:
    why = transfer_failure_words(State.failure)
    return rx.el.div(
        notice(rx.cond(pick(State.reason) != "", pick(State.reason), why), kind="warning", role="alert"),
        _facts(),
        form_actions(
            link_button(t("Begin again"), href=State.back, icon="rotate-cw"),
            link_button(t("Payments"), href=routes.PAYMENTS, variant="quiet"),
        ),
        class_name="stack",
        data_testid="not-done",
    )


def _lost() -> rx.Component:
    return nothing_here(
        t("There is nothing to transfer here"), pick(State.refusal), again=t("Begin a new transfer"), href=State.back
    )
