"""The days on which a store has other hours than usual, and the form that adds one (K6)."""

import reflex as rx

from mykyivstar.components import button, form, form_actions, icon_button, refusal, row, rows, section, text_field
from mykyivstar.i18n import date, pick, t
from mykyivstar.pages.layout.at_address import shown_for
from mykyivstar.state.desk.session import DeskState
from mykyivstar.state.desk.store import DeskStoreState as State
from mykyivstar.state.desk.store_rows import DifferentDayRow


def different_days() -> rx.Component:
    """Those of today and later."""
    days = State.store.days
    return section(
        rx.cond(
            days.length() > 0,
            rows(rx.foreach(days.to(list[DifferentDayRow]), _day), label=t("Days that are different")),
            rx.el.p(t("No day is different."), class_name="muted"),
        ),
        rx.cond(DeskState.is_lead, _day_form()),
        title=t("Days that are different"),
    )


def _day(day: rx.Var[DifferentDayRow]) -> rx.Component:
    return row(
        date(day.day, "weekday"),
        about=rx.fragment(
            rx.cond(day.hours == "", t("closed"), day.hours), rx.cond(day.reason, rx.fragment(" · ", day.reason))
        ),
        action=rx.cond(
            DeskState.is_lead,
            icon_button(
                "trash-2",
                t("The usual hours on {day} again", day=date(day.day, "weekday")),
                on_click=State.remove_day(day.day, State.shown_for),
            ),
        ),
        key=day.day,
        data_testid="different-day",
    )


def _day_form() -> rx.Component:
    return form(
        shown_for(State),
        rx.el.div(
            text_field("day", t("Day"), type="date", error=pick(State.field_refusals["day"])),
            text_field(
                "hours",
                t("Hours"),
                required=False,
                max_length=60,
                autocomplete="off",
                hint=t("10:00-15:00; empty: closed all day"),
                error=pick(State.field_refusals["hours"]),
            ),
            text_field(
                "reason",
                t("Reason"),
                required=False,
                max_length=60,
                autocomplete="off",
                hint=t("Customers read it: no power, a holiday"),
            ),
            class_name="grid items-start gap-4 sm:grid-cols-3",
        ),
        rx.cond(State.field_refusals["opening_hours"], refusal(pick(State.field_refusals["opening_hours"]))),
        form_actions(button(t("Add the day"), type="submit", variant="quiet", icon="plus", busy=State.busy)),
        on_submit=State.set_day,
        busy=State.busy,
        id="different-day",
    )
