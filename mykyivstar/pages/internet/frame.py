"""What the pages of one home-internet account stand in."""

from typing import Any

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import card, empty_state, link_button, loading, page_title, skeleton, text_link
from mykyivstar.i18n import t
from mykyivstar.pages.layout.waiting_for import waiting_for


def in_steps(
    state: Any, title: rx.Var[str], lead: rx.Var[str], *, first: rx.Component, check: rx.Component, done: rx.Component
) -> rx.Component:
    """A page on which something is chosen, checked and ordered; `state` has `ready`, `account`, `step` and `load`."""
    return rx.el.div(
        page_title(title, lead=lead, back=text_link(t("Home internet"), href=routes.INTERNET)),
        rx.el.div(of_account(state, rx.match(state.step, ("check", check), ("done", done), first)), class_name="stack"),
        class_name="narrow",
    )


def of_account(state: Any, shown: rx.Component) -> rx.Component:
    """What is shown once it is known that there is an account."""
    return rx.cond(state.ready, rx.cond(state.account, shown, nobody()), waiting_for(on_its_way(), state.load))


def nobody() -> rx.Component:
    """Somebody without home internet."""
    return card(
        empty_state(
            t("No home internet here yet"),
            text=t(
                "If you have it already, add its account: the number is on the contract card, and a code by SMS to the "
                "phone of the contract shows that it is yours. To be connected, call 460 or 0 800 300 460, or come to "
                "a service centre."
            ),
            icon_name="wifi",
            action=link_button(t("Add the account"), href=routes.LINES, icon="plus"),
        )
    )


def on_its_way() -> rx.Component:
    """The shape of a page with two columns."""
    return loading(
        rx.el.div(
            rx.el.div(
                card(skeleton("line"), skeleton("block"), skeleton("button")),
                card(skeleton("line"), *[skeleton("block") for _ in range(3)]),
                class_name="stack",
            ),
            card(skeleton("line"), skeleton("block"), skeleton("block")),
            class_name="home-columns",
        )
    )
