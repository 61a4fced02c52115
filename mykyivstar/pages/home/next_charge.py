"""When money is taken next, how much, and whether the balance covers it (C1)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import badge, card, section, text_link
from mykyivstar.i18n import date, money, t
from mykyivstar.state.home.state import HomeState

_CHARGE = HomeState.charge


def next_charge() -> rx.Component:
    """The card of the next charge; a line without regular charges says so."""
    return card(
        section(
            rx.cond(_CHARGE, _known(), rx.el.p(t("Nothing is taken regularly."), class_name="muted")),
            title=t("Next charge"),
            action=text_link(t("Charge calendar"), href=routes.CALENDAR),
        ),
        class_name="next-charge",
        data_testid="next-charge",
    )


def _known() -> rx.Component:
    return rx.el.div(
        rx.el.p(
            rx.cond(_CHARGE.amount.is_none(), t("The amount is not known yet"), money(_CHARGE.amount)),
            class_name="stat-value",
            data_testid="charge-amount",
        ),
        rx.el.p(
            rx.cond(
                _CHARGE.is_overdue,
                t("was due on {day}", day=date(_CHARGE.at, "day")),
                date(_CHARGE.at, "weekday"),
            ),
            class_name="muted",
            data_testid="charge-day",
        ),
        rx.cond(
            _CHARGE.missing.is_none(),
            rx.fragment(),
            rx.cond(
                _CHARGE.missing == 0,
                badge(t("The balance covers it"), tone="good", icon_name="check"),
                badge(
                    t("{amount} is missing", amount=money(_CHARGE.missing)), tone="warning", icon_name="triangle-alert"
                ),
            ),
        ),
        class_name="charge-facts",
    )
