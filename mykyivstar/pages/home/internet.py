"""Home internet beside the line: balance, next payment, disconnect threshold (C2)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import badge, button, card, fact, link_button, money_text, section
from mykyivstar.i18n import date, money, pick, t
from mykyivstar.pages.home.alerts import alert_line, mend
from mykyivstar.pages.layout.line_words import is_in_hand
from mykyivstar.state.home.rows import InternetView
from mykyivstar.state.home.state import HomeState
from mykyivstar.state.shell import ShellState


def internet() -> rx.Component:
    """A card for each home internet account."""
    return rx.foreach(HomeState.internet, _card)


def _card(row: rx.Var[InternetView]) -> rx.Component:
    return card(
        section(
            rx.el.div(
                rx.el.p(rx.cond(row.nickname, row.nickname, row.number), class_name="row-title"),
                rx.el.p(row.address, class_name="muted"),
            ),
            rx.cond(
                ~is_in_hand(row.key) & (row.alerts.length() > 0),
                rx.el.ul(
                    rx.foreach(row.alerts, lambda alert: alert_line(alert, mend=mend(alert, row.key))),
                    class_name="alerts",
                ),
            ),
            rx.el.dl(
                fact(t("Balance"), _known(row.balance, money_text(row.balance))),
                fact(_payment_name(row), _payment(row)),
                fact(t("Switches off below"), money(row.threshold)),
                # Below the threshold nothing is left; what is missing stands above.
                rx.cond(
                    row.room.to(int) < 0, rx.fragment(), fact(t("Left until then"), _known(row.room, money(row.room)))
                ),
                fact(t("Tariff"), rx.cond(row.tariff, pick(row.tariff), t("not known yet"))),
                class_name="facts",
            ),
            link_button(
                t("The account and television"),
                href=f"{routes.INTERNET}?line=" + row.key.to(str),
                variant="quiet",
                icon="wifi",
                full_width=True,
                data_testid="to-internet",
            ),
            rx.cond(
                is_in_hand(row.key),
                rx.fragment(),
                button(
                    t("Show this account"),
                    variant="quiet",
                    full_width=True,
                    on_click=ShellState.choose(row.key),
                ),
            ),
            title=t("Home internet"),
            action=_state(row),
        ),
        custom_attrs={"data-testid": "internet-card", "data-key": row.key},
    )


def _state(row: rx.Var[InternetView]) -> rx.Component:
    return rx.match(
        row.state,
        ("active", badge(t("Works"), tone="good", icon_name="wifi")),
        ("off_for_debt", badge(t("Off for debt"), tone="danger", icon_name="wifi-off")),
        (
            "suspended",
            badge(
                rx.cond(
                    row.suspended_until,
                    t("Paused until {day}", day=date(row.suspended_until, "day")),
                    t("Paused"),
                ),
                tone="neutral",
                icon_name="pause",
            ),
        ),
        rx.fragment(),
    )


def _payment_name(row: rx.Var[InternetView]) -> rx.Var:
    return rx.cond(
        row.pay_by,
        t("To pay in by {day}", day=date(row.pay_by, "day")),
        rx.cond(row.next_payment.to(int) > 0, t("To pay in now"), t("To pay in")),
    )


def _payment(row: rx.Var[InternetView]) -> rx.Component:
    return rx.cond(
        row.next_payment.is_none(),
        t("not known yet"),
        rx.cond(row.next_payment == 0, t("nothing, it is enough"), money(row.next_payment)),
    )


def _known(value: rx.Var, shown: rx.Component | rx.Var) -> rx.Component:
    return rx.cond(value.is_none(), t("not known yet"), shown)
