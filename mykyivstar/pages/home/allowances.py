"""What is left of the packages, and until when (C1)."""

import reflex as rx

from mykyivstar.components import card, gauge, section
from mykyivstar.i18n import date, number, t, tn, volume
from mykyivstar.state.home.rows import GaugeView
from mykyivstar.state.home.state import HomeState


def allowances() -> rx.Component:
    """A gauge for each kind of package; nothing for a line without any."""
    return rx.cond(
        HomeState.gauges.length() > 0,
        card(
            section(
                rx.el.div(rx.foreach(HomeState.gauges, _gauge), class_name="gauges"),
                title=t("What is left"),
            ),
        ),
    )


def allowance_name(kind: rx.Var) -> rx.Var:
    """A kind of package in words."""
    return rx.match(
        kind,
        ("minutes_on_net", t("Minutes within Kyivstar")),
        ("minutes_ukraine", t("Minutes to all of Ukraine")),
        ("minutes_abroad", t("Minutes to other countries")),
        ("sms", t("SMS")),
        ("data", t("Mobile internet")),
        ("roaming_data", t("Internet in roaming")),
        "",
    )


def _gauge(row: rx.Var[GaugeView]) -> rx.Component:
    return rx.el.div(
        gauge(
            allowance_name(row.kind),
            value=rx.cond(row.is_unlimited, 1, row.left),
            total=rx.cond(row.is_unlimited, 1, row.granted),
            text=rx.cond(row.is_unlimited, t("Unlimited"), _amount(row)),
            caption=_caption(row),
            tone=row.tone,
        ),
        custom_attrs={"data-testid": "gauge", "data-kind": row.kind},
    )


def _amount(row: rx.Var[GaugeView]) -> rx.Var:
    minutes = tn("{count} minute", "{count} minutes", count=row.left)
    seconds_are_left = (row.left == 0) & (row.tone != "danger")
    return rx.match(
        row.unit,
        ("data", volume(row.left)),
        ("minutes", rx.cond(seconds_are_left, t("Less than a minute"), minutes)),
        number(row.left),
    )


def _caption(row: rx.Var[GaugeView]) -> rx.Var:
    day = date(row.expires_at, "day")
    whole = rx.match(row.unit, ("data", volume(row.granted)), number(row.granted))
    return rx.cond(
        row.is_unlimited,
        t("until {day}", day=day),
        rx.cond(
            row.has_parts,
            t("of {whole}; the first package lasts until {day}", whole=whole, day=day),
            t("of {whole}, until {day}", whole=whole, day=day),
        ),
    )
