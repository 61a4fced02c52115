"""The network at the address: what is broken now, what is planned, what is elsewhere in the city (H6, N7)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import badge, button, card, notice, row, rows, section, text_link
from mykyivstar.i18n import pick, t
from mykyivstar.pages.faults.words import day_and_time, from_to
from mykyivstar.state.faults.check import FaultState as State
from mykyivstar.state.faults.rows import EventRow


def network() -> rx.Component:
    """What the operator knows of this address."""
    return card(
        section(
            rx.cond(
                State.here.length() > 0,
                rx.el.ul(
                    rx.foreach(State.here, _event),
                    class_name="stack",
                    aria_label=t("Outages and works at your address"),
                ),
                notice(t("There are no outages at your address, and no works are planned."), kind="good"),
            ),
            title=t("Network at my address"),
        ),
        rx.cond(State.nearby.length() > 0, _nearby()),
        rx.el.p(text_link(t("Outages and works on the map"), href=routes.INTERNET_NETWORK), class_name="mt-4"),
        data_testid="network",
    )


def _event(event: rx.Var[EventRow]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.strong(rx.cond(event.kind == "works", t("Planned works"), t("Outage"))),
            rx.cond(
                event.is_now,
                badge(t("now"), tone="warning", icon_name="triangle-alert"),
                badge(t("planned"), tone="neutral", icon_name="calendar"),
            ),
            class_name="flex flex-wrap items-center justify-between gap-2",
        ),
        rx.el.p(until_words(event)),
        rx.cond(pick(event.reason) != "", rx.el.p(pick(event.reason), class_name="muted")),
        rx.cond(event.is_now & (State.verdict != "outage"), watch_button(event)),
        class_name="stack-tight",
        custom_attrs={"data-testid": "event"},
    )


def until_words(event: rx.Var[EventRow]) -> rx.Var:
    """Until when it lasts, as far as anybody knows."""
    return rx.cond(
        event.is_now,
        rx.cond(
            event.expected_at == "",
            t("since {at}; we do not know yet until when", at=day_and_time(event.starts_at)),
            rx.cond(
                event.is_late,
                t("was to end {at}; we are still working on it", at=day_and_time(event.expected_at)),
                t("until {at}", at=day_and_time(event.expected_at)),
            ),
        ),
        from_to(event.starts_at, event.expected_at),
    )


def watch_button(event: rx.Var[EventRow]) -> rx.Component:
    """Have an SMS sent when it is over."""
    return rx.cond(
        event.is_watched,
        badge(t("We will write an SMS"), tone="good", icon_name="check"),
        button(
            t("Tell me when it is over"),
            variant="quiet",
            size="small",
            icon="bell",
            on_click=State.watch(event.id),
            data_testid="watch",
        ),
    )


def _nearby() -> rx.Component:
    return section(
        rows(rx.foreach(State.nearby, _elsewhere), label=t("Elsewhere in your city")),
        title=t("Elsewhere in your city"),
        class_name="mt-4",
    )


def _elsewhere(event: rx.Var[EventRow]) -> rx.Component:
    return row(
        event.places,
        about=rx.el.span(rx.cond(event.kind == "works", t("Planned works"), t("Outage")), " · ", until_words(event)),
        icon_name="map-pin",
    )
