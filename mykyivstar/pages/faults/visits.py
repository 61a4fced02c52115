"""Choosing when the technician comes: the free times by day (H4)."""

import reflex as rx

from mykyivstar.components import button, form, form_actions, refusal
from mykyivstar.i18n import clock_time, date, pick, t
from mykyivstar.state.faults.repairs import RepairsState as State
from mykyivstar.state.faults.rows import DayRow, RequestRow, WindowRow


def times(request: rx.Var[RequestRow]) -> rx.Component:
    """The times of the next days."""
    return form(
        rx.el.input(type="hidden", name="code", value=request.code),
        rx.foreach(State.days, _day),
        rx.cond(
            State.field_refusals["visit"],
            rx.el.p(pick(State.field_refusals["visit"]), class_name="field-error", role="alert"),
        ),
        refusal(pick(State.refusal), class_name="refusal-late"),
        form_actions(
            button(t("This time suits me"), type="submit", busy=State.busy, data_testid="book"),
            button(t("Not now"), variant="quiet", on_click=State.close_times),
        ),
        on_submit=State.book,
        busy=State.busy,
        id="visit",
    )


def _day(day: rx.Var[DayRow]) -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(date(day.day, "weekday"), class_name="field-label"),
        rx.el.div(rx.foreach(day.windows.to(list[WindowRow]), _window), class_name="grid grid-cols-2 gap-2"),
        key=day.day,
    )


def _window(window: rx.Var[WindowRow]) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="radio", name="visit", value=window.starts_at, disabled=window.free == 0, class_name="radio"),
        rx.el.span(
            rx.el.span(clock_time(window.starts_at), "–", clock_time(window.ends_at), class_name="choice-title"),
            rx.cond(window.free == 0, rx.el.span(t("taken"), class_name="choice-about"), rx.fragment()),
            class_name="choice-text",
        ),
        class_name="radio-card",
        key=window.starts_at,
        custom_attrs={"data-testid": "window"},
    )
