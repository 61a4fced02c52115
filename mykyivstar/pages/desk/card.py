"""What a consultant sees of a customer."""

from typing import Any

import reflex as rx

from mykyivstar.components import badge, facts, money_text, row, rows
from mykyivstar.i18n import date, phone, pick, t


def card_content(seen: rx.Var) -> rx.Component:
    """Name, since when, how often; numbers and accounts with tariff, state and balance."""
    return rx.el.div(
        facts(
            [
                (t("Customer name"), seen.name),
                (t("With us since"), date(seen.since)),
                (t("Conversations"), seen.conversations),
                (t("Open requests"), seen.open_tickets),
            ]
        ),
        rows(rx.foreach(seen.things, _thing), label=t("Numbers and accounts")),
        class_name="stack",
    )


def _thing(thing: rx.Var) -> rx.Component:
    return row(
        rx.cond(thing.kind == "line", phone(thing.number), thing.number),
        about=rx.fragment(
            pick(thing.tariff),
            rx.cond(thing.is_asked_about, rx.fragment(" ", badge(t("Asks about it"), tone="brand"))),
        ),
        value=money_text(thing.balance),
        value_about=_state(thing.state),
        key=thing.number,
    )


def _state(state: rx.Var) -> Any:
    return rx.match(
        state,
        ("active", t("Active")),
        ("blocked", t("Blocked")),
        ("off_for_debt", t("Off for debt")),
        ("suspended", t("Suspended")),
        t("Not active"),
    )
