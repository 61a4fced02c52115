"""What the pages have in common on which an order is checked before it is carried out."""

import reflex as rx

from mykyivstar.components import card, empty_state, link, link_button, loading, skeleton
from mykyivstar.i18n import t


def way_back(is_ready: rx.Var[bool], change: rx.Var[str], elsewhere: rx.Var[str], href: str) -> rx.Component:
    """To the form while the order can still be changed, and elsewhere once it is under way."""
    return rx.cond(
        is_ready,
        link(t("Change"), href=change, class_name="back-link"),
        link(elsewhere, href=href, class_name="back-link"),
    )


def nothing_here(title: rx.Var[str], why: rx.Var[str], *, again: rx.Var[str], href: rx.Var[str] | str) -> rx.Component:
    """The address names no order of one's own, or not any more."""
    return empty_state(title, text=why, icon_name="file-question", action=link_button(again, href=href))


def order_on_its_way(blocks: int = 4) -> rx.Component:
    """The shape of an order."""
    return card(loading(*[skeleton("block") for _ in range(blocks)], skeleton("button")))
