"""Choosing a day and a half-hour."""

from typing import Any

import reflex as rx

from mykyivstar.components.fields import field_frame
from mykyivstar.components.icons import icon
from mykyivstar.i18n import clock_time, date, pick, t
from mykyivstar.state.visits.rows import DayChoice


def time_choice(state: Any) -> rx.Component:
    """A day from the device's own list, and its free times; `state` is one that `ChoosesTime`."""
    return rx.fragment(
        field_frame(
            rx.el.select(
                rx.foreach(state.days, _day),
                id="day",
                name="day",
                value=state.day,
                on_change=state.choose_day,
                class_name="field-input field-select",
            ),
            label=t("Day"),
            field_id="day",
            suffix=icon("chevron-down", class_name="field-arrow"),
        ),
        rx.el.fieldset(
            rx.el.legend(t("Time"), class_name="field-label"),
            rx.el.div(
                rx.foreach(state.times, lambda time: _time(time, state)),
                class_name="grid grid-cols-2 gap-2 sm:grid-cols-4",
            ),
            rx.cond(
                state.field_refusals["time"],
                rx.el.p(pick(state.field_refusals["time"]), class_name="field-error", role="alert"),
            ),
            class_name="field",
            # The form waits for this to change before it takes another submit.
            custom_attrs={"data-error": pick(state.field_refusals["time"])},
        ),
    )


def _day(day: rx.Var[DayChoice]) -> rx.Component:
    return rx.el.option(date(day.day, "weekday"), value=day.day, key=day.day)


def _time(time: rx.Var[str], state: Any) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="radio", name="time", value=time, default_checked=time == state.time, class_name="radio"),
        rx.el.span(clock_time(time), class_name="choice-title"),
        class_name="radio-card",
        key=time,
        custom_attrs={"data-testid": "visit-time"},
    )
