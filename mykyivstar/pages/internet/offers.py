"""The tariff, television and services, the suspension: as they are, and the way to change them (H2, H3)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import button, card, facts, link_button, row, rows, section
from mykyivstar.i18n import date, money, pick, t
from mykyivstar.state.internet.account import InternetPageState as State
from mykyivstar.state.internet.rows import FeeRow, SuspensionRow

_VIEW = State.view


def tariff() -> rx.Component:
    """Name, what it is, what it costs."""
    return card(
        section(
            rx.cond(
                _VIEW.tariff,
                rx.fragment(
                    rx.el.p(pick(_VIEW.tariff), class_name="row-title", data_testid="tariff"),
                    rx.el.p(pick(_VIEW.tariff_about), class_name="muted"),
                    facts([(t("Fee"), t("{fee} a month", fee=money(_VIEW.tariff_fee)))]),
                ),
                rx.el.p(t("not known yet"), class_name="muted"),
            ),
            link_button(
                t("All tariffs and prices"), href=routes.INTERNET_TARIFF, variant="quiet", icon="list", full_width=True
            ),
            title=t("Tariff"),
        )
    )


def television() -> rx.Component:
    """What is connected, and the way to the rest."""
    return card(
        section(
            rx.cond(
                _VIEW.fees.length() > 1,
                rows(
                    rx.foreach(_VIEW.fees, lambda fee: rx.cond(fee.is_tariff, rx.fragment(), _connected(fee))),
                    label=t("Connected services"),
                ),
                rx.el.p(t("Films, sport and children’s channels, and services for the home."), class_name="muted"),
            ),
            link_button(t("Packages and prices"), href=routes.TV, variant="quiet", icon="tv", full_width=True),
            title=t("Television and services"),
        )
    )


def suspension() -> rx.Component:
    """The way to a holiday; only owners order it."""
    return rx.cond(
        _VIEW.is_own & (_VIEW.state != "off_for_debt"),
        card(
            section(
                rx.el.p(
                    t("Away for some time? Suspend the internet: nothing is taken for these days."), class_name="muted"
                ),
                link_button(
                    t("Suspend for a holiday"),
                    href=routes.INTERNET_SUSPEND,
                    variant="quiet",
                    icon="pause",
                    full_width=True,
                ),
                title=t("Suspension"),
            )
        ),
    )


def orders() -> rx.Component:
    """What is ordered and waits for its day; it can be cancelled until then."""
    return rx.cond(
        _VIEW.change | (_VIEW.suspensions.length() > 0),
        card(
            section(
                rows(
                    rx.cond(_VIEW.change, _change()),
                    rx.foreach(_VIEW.suspensions, _suspension),
                    label=t("Ordered"),
                ),
                title=t("Ordered"),
            ),
            data_testid="orders",
        ),
    )


def _change() -> rx.Component:
    return row(
        t("Tariff {name} from {day}", name=pick(_VIEW.change.name), day=date(_VIEW.change.from_day, "day")),
        about=t("{fee} a month", fee=money(_VIEW.change.fee)),
        icon_name="arrow-left-right",
        action=rx.cond(
            _VIEW.is_own,
            button(t("Cancel"), variant="quiet", size="small", on_click=State.cancel_change(_VIEW.change.id)),
        ),
    )


def _suspension(each: rx.Var[SuspensionRow]) -> rx.Component:
    return row(
        t(
            "Suspended from {first} to {last}",
            first=date(each.first_day, "day"),
            last=date(each.last_day, "day"),
        ),
        about=rx.cond(each.is_running, t("lasts"), t("paid: {price}", price=money(each.price))),
        icon_name="pause",
        action=rx.cond(
            _VIEW.is_own & ~each.is_running,
            button(t("Cancel"), variant="quiet", size="small", on_click=State.cancel_suspension(each.id)),
        ),
        custom_attrs={"data-testid": "suspension"},
    )


def _connected(fee: rx.Var[FeeRow]) -> rx.Component:
    return row(pick(fee.name), value=money(fee.fee), icon_name="check")
