"""The visible history of an account's states (H1)."""

import reflex as rx

from mykyivstar.components import card, empty_state, icon, row, rows, section
from mykyivstar.i18n import moment, money, t
from mykyivstar.state.internet.account import InternetPageState as State
from mykyivstar.state.internet.rows import PeriodRow

_VIEW = State.view


def history() -> rx.Component:
    """The newest first."""
    return card(
        section(
            rx.cond(
                _VIEW.history.length() > 0,
                rows(rx.foreach(_VIEW.history, _period), label=t("History of the connection")),
                empty_state(
                    t("No changes yet"),
                    text=t("When the internet goes off, is suspended or switched on again, you will see it here."),
                    icon_name="history",
                ),
            ),
            title=t("History of the connection"),
        ),
        data_testid="history",
    )


def _period(period: rx.Var[PeriodRow]) -> rx.Component:
    since = rx.cond(period.since, moment(period.since), t("from the beginning"))
    return row(
        rx.match(
            period.state,
            ("active", t("Works")),
            ("off_for_debt", t("Off for debt")),
            t("Paused"),
        ),
        about=rx.fragment(
            rx.cond(
                period.until,
                t("{since} – {until}", since=since, until=moment(period.until)),
                t("since {moment}", moment=since),
            ),
            rx.el.br(),
            _why(period.cause),
            rx.cond(
                (period.state == "off_for_debt") & period.balance.is_not_none(),
                rx.fragment(" · ", t("balance {amount}", amount=money(period.balance))),
            ),
        ),
        icon_name=None,
        leading=rx.match(
            period.state,
            ("active", icon("wifi", size=20)),
            ("off_for_debt", icon("wifi-off", size=20)),
            icon("pause", size=20),
        ),
        custom_attrs={"data-testid": "period", "data-state": period.state, "data-cause": period.cause},
    )


def _why(cause: rx.Var) -> rx.Var:
    return rx.match(
        cause,
        ("below_threshold", t("the balance fell below the threshold")),
        ("paid", t("paid")),
        ("suspension", t("suspended as ordered")),
        ("suspension_ended", t("the suspension ended")),
        ("resumed_early", t("resumed early")),
        ("operator", t("by the operator")),
        t("as it was before"),
    )
