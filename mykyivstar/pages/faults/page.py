"""Fault of home internet: what we see, what can be looked at alone, a technician, and the network at the address."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import button, page_title, text_link
from mykyivstar.i18n import t
from mykyivstar.pages.faults.check import check
from mykyivstar.pages.faults.network import network
from mykyivstar.pages.faults.repairs import repairs
from mykyivstar.pages.internet.frame import nobody, on_its_way
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.state.faults.check import FaultState as State
from mykyivstar.state.faults.repairs import RepairsState
from mykyivstar.state.internet.rows import AccountRow


@app_page(routes.INTERNET_FAULT, title=t("Internet does not work"), on_load=[State.load, RepairsState.load])
def internet_fault() -> rx.Component:
    return rx.el.div(
        page_title(
            t("Internet does not work"),
            lead=rx.cond(
                State.key,
                rx.fragment(
                    t("Account {number}", number=State.number), rx.cond(State.address, " · " + State.address, "")
                ),
                t("We look at the account and the network first, then at the equipment."),
            ),
            back=text_link(t("Home internet"), href=routes.INTERNET),
        ),
        rx.cond(State.ready, rx.cond(State.key, _known(), nobody()), waiting_for(on_its_way(), State.load)),
        class_name="stack",
    )


def _known() -> rx.Component:
    return rx.el.div(
        rx.cond(
            State.accounts.length() > 0,
            rx.el.nav(
                rx.foreach(State.accounts, _account),
                class_name="form-actions",
                aria_label=t("Your internet accounts"),
            ),
        ),
        rx.el.div(
            rx.el.div(check(), repairs(), class_name="stack"),
            rx.el.div(network(), class_name="stack"),
            class_name="home-columns",
        ),
        class_name="stack",
        key=State.key,
    )


def _account(each: rx.Var[AccountRow]) -> rx.Component:
    return button(
        rx.cond(each.nickname, each.nickname, each.number),
        variant="quiet",
        size="small",
        on_click=State.choose(each.key),
        aria_pressed=rx.cond(each.chosen, "true", "false"),
    )
