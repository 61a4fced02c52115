"""The days on which anything is taken or comes in, with the balance after each, as a line and as a list (O2)."""

import reflex as rx

from mykyivstar.components import badge, card, empty_state, icon, notice, row, rows, section
from mykyivstar.i18n import date, money, pick, t
from mykyivstar.state.forecast.rows import ChargeRow, DayRow, WaitingRow
from mykyivstar.state.forecast.state import CalendarState as State

_VIEW = State.view
_SIGNS = {
    "top_up": "wallet",
    "auto_top_up": "refresh-cw",
    "promise": "hand-coins",
    "tariff": "smartphone",
    "service": "puzzle",
}


def days() -> rx.Component:
    """The calendar itself."""
    return rx.fragment(
        rx.cond(
            _VIEW.days.length() > 0,
            card(rx.cond(_VIEW.chart, _chart()), rx.foreach(_VIEW.days, _day), data_testid="days"),
            card(
                empty_state(
                    t("Nothing regular is taken in these 60 days"),
                    text=t("Tariff, services, promised payments and auto top-ups stand here with their days."),
                    icon_name="calendar-days",
                )
            ),
        ),
        _notes(),
    )


def _chart() -> rx.Component:
    """Said again, and exactly, by the list below it."""
    chart = _VIEW.chart
    return rx.el.div(
        rx.el.svg(
            rx.el.line(x1="0", x2="600", y1=chart.floor, y2=chart.floor, class_name="gauge-track", **_THIN),
            rx.el.path(d=chart.path, fill="none", class_name="gauge-value", **_THICK),
            view_box="0 0 600 120",
            preserve_aspect_ratio="none",
            class_name="w-full h-24",
            aria_hidden="true",
        ),
        rx.el.div(
            rx.el.span(date(_VIEW.first_day, "short")),
            rx.el.span(date(_VIEW.last_day, "short")),
            class_name="flex justify-between text-muted text-sm",
        ),
        class_name=rx.cond(_VIEW.shortfall, "tone-warning mb-4", "tone-brand mb-4"),
    )


_THIN = {"custom_attrs": {"strokeWidth": "2", "vectorEffect": "non-scaling-stroke"}}
_THICK = {"custom_attrs": {"strokeWidth": "3", "vectorEffect": "non-scaling-stroke"}}


def _day(day: rx.Var[DayRow]) -> rx.Component:
    return section(
        rows(rx.foreach(day.rows.to(list[ChargeRow]), _charge)),
        title=date(day.day, "weekday"),
        class_name="day",
    )


def _charge(charge: rx.Var[ChargeRow]) -> rx.Component:
    return row(
        rx.cond(charge.kind == "service", pick(charge.name), _words(charge)),
        about=rx.cond(
            charge.overdue_since,
            t("was due on {day}", day=date(charge.overdue_since, "day")),
            rx.cond((charge.kind == "tariff") & charge.name.is_not_none(), pick(charge.name), _about(charge)),
        ),
        value=rx.fragment(rx.cond(charge.amount > 0, "+", ""), money(charge.amount)),
        value_about=rx.cond(
            charge.balance.is_none(),
            rx.fragment(),
            rx.cond(
                charge.is_short,
                badge(t("balance {amount}", amount=money(charge.balance)), tone="warning", icon_name="triangle-alert"),
                t("balance {amount}", amount=money(charge.balance)),
            ),
        ),
        leading=rx.el.span(_sign(charge.kind), class_name="row-icon"),
        custom_attrs={"data-testid": "charge", "data-kind": charge.kind},
    )


def _sign(kind: rx.Var[str]) -> rx.Component:
    return rx.match(kind, *[(each, icon(name, size=22)) for each, name in _SIGNS.items()], rx.fragment())


def _words(charge: rx.Var[ChargeRow]) -> rx.Var:
    return rx.match(
        charge.kind,
        ("tariff", t("Tariff")),
        ("promise", t("Promised payment goes back")),
        ("auto_top_up", t("Auto top-up")),
        t("Supposed top-up"),
    )


def _about(charge: rx.Var[ChargeRow]) -> rx.Var:
    return rx.match(
        charge.kind, ("service", t("service")), ("auto_top_up", t("from your card, if the bank agrees")), ""
    )


def _notes() -> rx.Component:
    return rx.fragment(
        rx.cond(
            _VIEW.unknown_at,
            notice(
                t(
                    "On {day} a fee is taken whose sum is not known. It is in none of these figures.",
                    day=date(_VIEW.unknown_at, "day"),
                ),
                kind="warning",
            ),
        ),
        rx.foreach(_VIEW.waiting, _waiting),
        rx.el.p(
            t("Only what is regular: calls, SMS and data beyond the package are not in it. Times are of Kyiv."),
            class_name="muted",
        ),
    )


def _waiting(rule: rx.Var[WaitingRow]) -> rx.Component:
    return notice(
        t(
            "An auto top-up pays in {amount} whenever the balance is below {below}. It has no date and is not counted.",
            amount=money(rule.amount),
            below=money(rule.below),
        ),
        kind="info",
    )
