"""Check and pay: what, for whom, how much, what will be left; then to the bank's page (D1)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    button,
    card,
    fact,
    form,
    form_actions,
    page_title,
    refusal,
)
from mykyivstar.components.departure import departure
from mykyivstar.i18n import money, pick, t
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.at_address import standing_at
from mykyivstar.pages.layout.check_page import nothing_here, order_on_its_way, way_back
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.pages.payments.words import card_words, shown_name, shown_number
from mykyivstar.state.payments.check import CheckState as State
from mykyivstar.state.payments.rows import ShareRow


@app_page(routes.TOP_UP_CHECK, title=t("Check the payment"), on_load=[State.load])
def check() -> rx.Component:
    standing = standing_at(State)
    return rx.el.div(
        page_title(
            t("Check the payment"),
            back=way_back(standing == "ready", State.back, t("Top up"), routes.TOP_UP),
        ),
        rx.el.div(
            rx.match(
                standing,
                ("ready", card(_order(), _pay())),
                ("lost", card(_lost())),
                waiting_for(order_on_its_way(), State.load),
            ),
            class_name="stack",
        ),
        class_name="narrow",
    )


def _order() -> rx.Component:
    return rx.el.dl(
        rx.foreach(State.rows, _share),
        fact(t("With"), rx.cond(State.card, card_words(State.card), t("a card that you type on the bank's page"))),
        rx.cond(State.remember, fact(t("Afterwards"), t("the card is remembered for the next time"))),
        fact(t("Commission"), t("none")),
        rx.cond(State.email != "", fact(t("The receipt goes to"), State.email)),
        rx.el.div(
            rx.el.dt(t("To pay")),
            rx.el.dd(money(State.total), class_name="text-2xl", data_testid="total"),
        ),
        class_name="facts",
    )


def _share(share: rx.Var[ShareRow]) -> rx.Component:
    return rx.el.div(
        rx.el.dt(
            rx.el.strong(shown_name(share), class_name="block text-ink"),
            rx.cond(share.nickname, rx.el.span(shown_number(share), class_name="tabular")),
        ),
        rx.el.dd(
            money(share.amount),
            rx.cond(
                share.after.is_none(),
                rx.fragment(),
                rx.el.span(
                    t("will have {amount}", amount=money(share.after)), class_name="block font-normal text-muted"
                ),
            ),
        ),
        custom_attrs={"data-testid": "share"},
    )


def _pay() -> rx.Component:
    return form(
        # Everything travels with the form: a server that has forgotten this page pays what is seen here.
        *[
            rx.el.input(type="hidden", name=name, value=value)
            for name, value in (
                ("shown_for", State.shown_for),
                ("key", State.key),
                ("wishes", State.wishes),
                ("card", rx.cond(State.card, State.card.id, "")),
                ("remember", rx.cond(State.remember, "1", "")),
                ("email", State.email),
            )
        ],
        refusal(pick(State.refusal), class_name="refusal-late"),
        form_actions(
            button(
                t("Pay {amount}", amount=money(State.total)),
                type="submit",
                variant="accent",
                size="large",
                icon="lock",
                busy=State.busy,
                data_testid="pay",
            )
        ),
        rx.cond(
            State.card,
            rx.fragment(),
            rx.el.p(
                t("The bank's page opens. Its code comes by SMS; never tell it to anybody."),
                class_name="muted mt-2",
            ),
        ),
        departure(State.leave_to, stamp=State.leave_stamp),
        on_submit=State.pay,
        busy=State.busy,
        id="pay",
    )


def _lost() -> rx.Component:
    return nothing_here(
        t("There is nothing to pay here"), pick(State.refusal), again=t("Begin a new payment"), href=routes.TOP_UP
    )
