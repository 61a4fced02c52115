"""Answers to frequent questions about home internet (H5)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import accordion, card, section, text_link
from mykyivstar.i18n import t


def questions() -> rx.Component:
    """They unfold without JavaScript too."""
    return card(
        section(
            accordion(
                (
                    t("What is the disconnect threshold?"),
                    t(
                        "The balance at which the internet switches itself off. While the balance is at least as "
                        "much, it works; a kopiyka less, and it is off until you pay."
                    ),
                ),
                (
                    t("I have paid. When does it work again?"),
                    t(
                        "At once, when the balance reaches the threshold again; an SMS confirms it. If the router "
                        "does not notice, switch it off and on."
                    ),
                ),
                (
                    t("How is the next payment counted?"),
                    t(
                        "The fees of the tariff and of the services that are taken on the next day of charges, less "
                        "what is on the account above the threshold."
                    ),
                ),
                (
                    t("I cannot pay now"),
                    rx.el.p(
                        t("The grace week lends what is missing, once a month:"),
                        " ",
                        text_link(t("promised payment"), href=routes.PROMISED_PAYMENT),
                        ".",
                    ),
                ),
                (
                    t("What do I pay for days on which it was off or suspended?"),
                    t(
                        "Nothing. While it is off for debt no fee is taken; what was paid for suspended days comes "
                        "back. When it works again in the middle of a month, you pay for the days that are left."
                    ),
                ),
                (
                    t("What happens to my bonuses?"),
                    t(
                        "They stay, without a time limit. Days off for debt and suspended days bring no new ones; "
                        "while the internet is suspended bonuses cannot be transferred."
                    ),
                ),
                (
                    t("Where do I find the account number?"),
                    t("On the contract card and above on this page. Zeros at its beginning belong to it."),
                ),
            ),
            title=t("Frequent questions"),
        )
    )
