"""How it stands: what is missing by when, or that all is covered; for a contract line, its invoices (C6)."""

import reflex as rx

from mykyivstar.components import card, link_button, notice, row, rows, section
from mykyivstar.i18n import date, money, t
from mykyivstar.pages.layout.line_words import INTERNET
from mykyivstar.state.forecast.rows import CoverRow, InvoiceRow
from mykyivstar.state.forecast.state import CalendarState as State

_VIEW = State.view
_SHORT = State.view.shortfall
_LEAST = State.view.shortfall.least


def standing() -> rx.Component:
    """The first thing that is read."""
    return rx.cond(
        _VIEW.is_contract,
        _contract(),
        rx.cond(
            _SHORT,
            _missing(),
            rx.cond(
                _VIEW.balance.is_not_none() & (_VIEW.days.length() > 0) & ~_VIEW.unknown_at.bool(),
                notice(
                    t("The balance covers every charge until {day}.", day=date(_VIEW.last_day, "day")),
                    kind="good",
                    data_testid="covered",
                ),
            ),
        ),
    )


def _missing() -> rx.Component:
    return notice(
        rx.cond(
            _SHORT.kind,
            t("On {day} the balance does not cover what is taken then.", day=date(_SHORT.at, "day")),
            t("The balance is below the threshold."),
        ),
        " ",
        t(
            "{amount}, paid in time, are enough until {day}.",
            amount=money(_LEAST.amount),
            day=date(_LEAST.last_day, "day"),
        ),
        rx.cond(
            _VIEW.lock.is_on & (_SHORT.kind == "service"),
            rx.fragment(" ", t("The tariff’s money is locked, and the service is not paid from it.")),
        ),
        kind="warning",
        title=_title(),
        action=rx.el.div(
            _pay(_LEAST, variant="accent", test="pay-least"),
            rx.foreach(_SHORT.more, _more),
            class_name="stack-fields",
        ),
        role="status",
        data_testid="shortfall",
    )


def _title() -> rx.Var:
    amount, day = money(_LEAST.amount), date(_SHORT.pay_by, "day")
    is_internet = _VIEW.kind == INTERNET
    by = rx.cond(
        is_internet,
        t("Top up {amount} by {day}, or the internet switches itself off", amount=amount, day=day),
        rx.match(
            _SHORT.kind,
            ("tariff", t("Top up {amount} by {day}, or the tariff stops", amount=amount, day=day)),
            ("service", t("Top up {amount} by {day}, or a service stops", amount=amount, day=day)),
            t("Top up {amount} by {day}, or the balance falls below zero", amount=amount, day=day),
        ),
    )
    at_once = rx.cond(
        is_internet,
        t("Top up {amount} today, or the internet is off", amount=amount),
        rx.match(
            _SHORT.kind,
            ("tariff", t("Top up {amount} today, or the tariff stops", amount=amount)),
            ("service", t("Top up {amount} today, or a service stops", amount=amount)),
            t("Top up {amount} today, or the balance falls below zero", amount=amount),
        ),
    )
    return rx.cond(_SHORT.pay_by, by, at_once)


def _more(cover: rx.Var[CoverRow]) -> rx.Component:
    return rx.el.div(
        rx.el.p(
            t("{amount} are enough until {day}.", amount=money(cover.amount), day=date(cover.last_day, "day")),
            class_name="mb-2",
        ),
        _pay(cover, variant="quiet", test="pay-more"),
    )


def _pay(cover: rx.Var[CoverRow], *, variant: str, test: str) -> rx.Component:
    return link_button(
        t("Top up {amount}", amount=money(cover.pays)),
        href=cover.href,
        variant=variant,  # type: ignore[arg-type]
        icon="wallet",
        data_testid=test,
    )


def _contract() -> rx.Component:
    return card(
        section(
            rx.el.p(
                t("A contract pays afterwards: nothing stops for a low balance, and each month ends with its invoice."),
                class_name="muted",
            ),
            rows(rx.foreach(_VIEW.invoices, _invoice), label=t("Invoices")),
            rx.el.p(t("Calls and data beyond the package come on top."), class_name="muted"),
            title=t("Invoices"),
        ),
        data_testid="invoices",
    )


def _invoice(invoice: rx.Var[InvoiceRow]) -> rx.Component:
    return row(
        t("For {month}", month=date(invoice.month, "month")),
        about=date(invoice.at, "weekday"),
        value=t("from {amount}", amount=money(invoice.amount)),
        icon_name="receipt",
        custom_attrs={"data-testid": "invoice"},
    )
