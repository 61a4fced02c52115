"""Words that several pages of home internet share."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import badge, card, empty_state, link_button, loading, skeleton
from mykyivstar.i18n import money, t


def state_badge(state: rx.Var) -> rx.Component:
    """Active, off or suspended, in a word and a sign."""
    return rx.match(
        state,
        ("active", badge(t("Works"), tone="good", icon_name="wifi")),
        ("off_for_debt", badge(t("Off for debt"), tone="danger", icon_name="wifi-off")),
        ("suspended", badge(t("Paused"), tone="neutral", icon_name="pause")),
        rx.fragment(),
    )


def per(fee: rx.Var, period: rx.Var) -> rx.Var:
    """A fee and how often it is taken."""
    return rx.match(
        period,
        ("day", t("{fee} a day", fee=money(fee))),
        ("four_weeks", t("{fee} for four weeks", fee=money(fee))),
        ("once", t("{fee} once", fee=money(fee))),
        t("{fee} a month", fee=money(fee)),
    )


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
