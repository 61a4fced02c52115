"""Ways to pay that are not ours: with the number to give there."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import accordion, copy_button, steps, text_link
from mykyivstar.i18n import t
from mykyivstar.pages.layout.line_words import INTERNET, number_of
from mykyivstar.pages.payments.bank_qr import bank_qr
from mykyivstar.state.shell import ShellState


def other_ways() -> rx.Component:
    """Folded at the foot of the top-up page."""
    return accordion((t("Other ways to pay"), _outside()))


def _outside() -> rx.Component:
    hero = ShellState.chosen
    return rx.el.div(
        bank_qr(),
        rx.cond(
            hero,
            rx.el.div(
                rx.el.span(
                    rx.cond(hero.kind == INTERNET, t("Personal account of the home internet"), t("Mobile number"))
                ),
                rx.el.strong(number_of(hero), class_name="top-up-number tabular"),
                copy_button(rx.cond(hero.kind == INTERNET, hero.number, "+" + hero.number.to(str))),
                class_name="top-up-row",
            ),
        ),
        steps(
            t("In your bank's app or on its site: choose mobile top-up or home internet and enter this number."),
            t("At a payment terminal or a till: type or say the number. Keep the receipt until the money arrives."),
            rx.fragment(
                t("In our stores and service centres, in cash or by card."),
                " ",
                text_link(t("Find the nearest one"), href=f"{routes.STORES}?service=top_up"),
            ),
        ),
        rx.el.p(t("As soon as the money arrives, the balance here changes by itself.")),
        class_name="stack",
    )
