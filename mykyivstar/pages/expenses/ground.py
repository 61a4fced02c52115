"""What a charge rests on."""

import reflex as rx

from mykyivstar.components import card, notice, section
from mykyivstar.i18n import moment, money, t
from mykyivstar.state.expenses.entry import EntryState as State

_GROUND = State.view.ground


def ground() -> rx.Component:
    """The contract, a yes, an order, or nothing."""
    return rx.match(
        _GROUND.basis,
        ("nothing", rx.cond(State.view.taken_back_by, rx.fragment(), _nothing())),
        card(
            section(
                rx.el.p(
                    rx.match(
                        _GROUND.basis,
                        ("agreed", t("You agreed to it on {moment}.", moment=moment(_GROUND.at))),
                        (
                            "ordered",
                            t("You ordered it, with its price said before, on {moment}.", moment=moment(_GROUND.at)),
                        ),
                        t("It is taken by the tariff of this number, as the contract says."),
                    ),
                    rx.cond(
                        _GROUND.fee, rx.fragment(" ", t("The price shown was {amount}.", amount=money(_GROUND.fee)))
                    ),
                ),
                title=t("What it rests on"),
            ),
            data_testid="ground",
        ),
    )


def _nothing() -> rx.Component:
    return notice(
        t(
            "Such a charge stands only when you agreed to it, and there is no record that you did. "
            "Dispute it: the money is back at once."
        ),
        kind="warning",
        title=t("What it rests on"),
        data_testid="ground",
    )
