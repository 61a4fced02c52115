"""Home internet: what must be paid by when, at which balance it goes off, and everything that can be done (H1, H2)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import button, card, notice, page_title, refusal, row, rows, section
from mykyivstar.i18n import date, money, pick, t
from mykyivstar.pages.internet.frame import nobody, on_its_way
from mykyivstar.pages.internet.history import history
from mykyivstar.pages.internet.money import balance, spending, to_pay
from mykyivstar.pages.internet.offers import orders, suspension, tariff, television
from mykyivstar.pages.internet.questions import questions
from mykyivstar.pages.internet.standing import standing
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.state.internet.account import InternetPageState as State
from mykyivstar.state.internet.rows import AccountRow
from mykyivstar.state.shell import ShellState

_VIEW = State.view


@app_page(routes.INTERNET, title=t("Home internet"), on_load=[State.load])
def internet() -> rx.Component:
    return rx.el.div(
        page_title(
            t("Home internet"),
            lead=rx.cond(
                _VIEW,
                rx.fragment(
                    t("Account {number}", number=_VIEW.number),
                    rx.cond(_VIEW.address, " · " + _VIEW.address.to(str), ""),
                ),
                t("The account, its payments, television and holidays."),
            ),
        ),
        rx.cond(State.ready, rx.cond(_VIEW, _known(), nobody()), waiting_for(on_its_way(), State.load)),
        class_name="stack",
    )


def _known() -> rx.Component:
    return rx.el.div(
        _several(),
        _done(),
        refusal(pick(State.refusal), class_name="refusal-late"),
        rx.el.div(
            rx.el.div(balance(), standing(), to_pay(), orders(), spending(), history(), class_name="stack"),
            rx.el.div(tariff(), television(), suspension(), _more(), questions(), class_name="stack"),
            class_name="home-columns",
        ),
        class_name="stack",
        key=_VIEW.key,
    )


def _several() -> rx.Component:
    """Other accounts of the same person."""
    return rx.cond(
        State.accounts.length() > 0,
        rx.el.nav(
            rx.foreach(State.accounts, _account),
            class_name="form-actions",
            aria_label=t("Your internet accounts"),
        ),
    )


def _account(each: rx.Var[AccountRow]) -> rx.Component:
    return button(
        rx.cond(each.nickname, each.nickname, each.number),
        variant="quiet",
        size="small",
        on_click=ShellState.choose(each.key),
        aria_pressed=rx.cond(each.chosen, "true", "false"),
    )


def _done() -> rx.Component:
    return rx.match(
        State.done,
        ("resumed", notice(t("The internet works again."), kind="good", role="status", data_testid="done")),
        (
            "off",
            notice(
                t("The suspension has ended, but the balance is too low for the fee: the internet is off for debt."),
                kind="warning",
                role="status",
                data_testid="done",
            ),
        ),
        (
            "cancelled",
            notice(t("Cancelled. The price is back on the account."), kind="good", role="status", data_testid="done"),
        ),
        ("kept", notice(t("The tariff stays as it is."), kind="good", role="status", data_testid="done")),
        rx.fragment(),
    )


def _more() -> rx.Component:
    return card(
        section(
            rows(
                row(
                    t("Internet does not work"),
                    about=t("A check step by step, outages at your address, a technician."),
                    icon_name="unplug",
                    href=routes.INTERNET_FAULT,
                ),
                row(t("Bonuses"), icon_name="gift", href=routes.INTERNET_BONUSES),
                row(t("Charge calendar"), icon_name="calendar-days", href=routes.CALENDAR),
                row(t("Auto top-up"), icon_name="refresh-cw", href=routes.AUTO_TOP_UP),
                rx.cond(
                    _VIEW.grace.is_none(),
                    rx.fragment(),
                    row(
                        t(
                            "Grace week: {amount} until {day}",
                            amount=money(_VIEW.grace),
                            day=date(_VIEW.grace_until, "day"),
                        ),
                        about=t("A promised payment: the operator lends what is missing."),
                        icon_name="hand-coins",
                        href=f"{routes.PROMISED_PAYMENT}?to=" + _VIEW.key.to(str),
                        custom_attrs={"data-testid": "grace"},
                    ),
                ),
                label=t("More about this account"),
            ),
            title=t("More"),
        )
    )
