"""Check and transfer bonuses: how many, from where, to whom, what stays; then, that they are on their way (I2)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    button,
    card,
    fact,
    form,
    form_actions,
    link_button,
    notice,
    page_title,
    refusal,
)
from mykyivstar.i18n import clock_time, moment, number, phone, pick, t, tn
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.at_address import shown_for, standing_at
from mykyivstar.pages.layout.check_page import nothing_here, order_on_its_way, way_back
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.state.bonuses.check import BonusCheckState as State


@app_page(routes.INTERNET_BONUSES_CHECK, title=t("Check the bonuses"), on_load=[State.load])
def check() -> rx.Component:
    standing = standing_at(State)
    return rx.el.div(
        page_title(
            rx.cond(standing == "ready", t("Check the bonuses"), t("Bonuses")),
            back=way_back(standing == "ready", State.back, t("Bonuses"), routes.INTERNET_BONUSES),
        ),
        rx.el.div(
            rx.match(
                standing,
                ("loading", waiting_for(order_on_its_way(3), State.load)),
                ("ready", card(_facts(), _confirm())),
                ("lost", card(_lost())),
                card(_done()),
            ),
            class_name="stack",
        ),
        class_name="narrow",
    )


def _facts() -> rx.Component:
    return rx.el.dl(
        fact(t("From the internet account"), State.account),
        fact(t("To the number"), phone(State.number)),
        fact(t("Will be left on the account"), number(State.left)),
        fact(t("The number can get this month afterwards"), number(State.month_left)),
        fact(t("Arrive"), t("about {time}, within a day at the latest", time=clock_time(State.arrives_at))),
        rx.el.div(
            rx.el.dt(t("How many bonuses")),
            rx.el.dd(number(State.bonuses), class_name="text-2xl", data_testid="sum"),
        ),
        class_name="facts",
    )


def _confirm() -> rx.Component:
    return form(
        shown_for(State),
        refusal(pick(State.refusal), class_name="refusal-late"),
        form_actions(
            button(
                tn("Transfer {count} bonus", "Transfer {count} bonuses", count=State.bonuses),
                type="submit",
                size="large",
                icon="gift",
                busy=State.busy,
                data_testid="confirm",
            )
        ),
        rx.el.p(
            t("At the number they live for 20 days and pay for calls, messages and mobile internet in Ukraine."),
            class_name="muted mt-2",
        ),
        on_submit=State.give,
        busy=State.busy,
        id="confirm-bonuses",
    )


def _done() -> rx.Component:
    return rx.el.div(
        rx.match(
            State.standing,
            (
                "on_the_way",
                notice(
                    t(
                        "They arrive about {time}, within a day at the latest; an SMS will tell.",
                        time=clock_time(State.arrives_at),
                    ),
                    kind="good",
                    title=t("The bonuses are on their way"),
                    role="status",
                ),
            ),
            (
                "arrived",
                notice(
                    t("They can be spent until {moment}.", moment=moment(State.expires_at)),
                    kind="good",
                    title=t("The bonuses have arrived"),
                    role="status",
                ),
            ),
            (
                "returned",
                notice(
                    t("The number is not in use any more, so they are on the internet account again."),
                    kind="warning",
                    title=t("The bonuses came back"),
                    role="status",
                ),
            ),
            notice(t("What was left after 20 days was written off."), title=t("The bonuses have ended"), role="status"),
        ),
        rx.el.dl(
            fact(t("To the number"), phone(State.number)),
            fact(t("How many bonuses"), number(State.bonuses)),
            class_name="facts",
        ),
        form_actions(link_button(t("Bonuses"), href=routes.INTERNET_BONUSES, icon="gift")),
        class_name="stack",
        data_testid="done",
    )


def _lost() -> rx.Component:
    return nothing_here(
        t("There is nothing to transfer here"), pick(State.refusal), again=t("Begin a new transfer"), href=State.back
    )
