"""Words that the parts of the page of faults share."""

import reflex as rx

from mykyivstar.components import badge
from mykyivstar.i18n import clock_time, date, t


def when(start: rx.Var, end: rx.Var) -> rx.Var:
    """A window of a day: 24 листопада, 09:00–12:00."""
    return t("{day}, {start}–{end}", day=date(start, "weekday"), start=clock_time(start), end=clock_time(end))


def from_to(start: rx.Var, end: rx.Var) -> rx.Var:
    """From when to when; a day that both share is named once."""
    return rx.cond(
        date(start, "day") == date(end, "day"),
        when(start, end),
        t("from {start} to {end}", start=day_and_time(start), end=day_and_time(end)),
    )


def day_and_time(at: rx.Var) -> rx.Var:
    """A moment in a few signs."""
    return t("{day}, {time}", day=date(at, "day"), time=clock_time(at))


def symptom(code: rx.Var) -> rx.Var:
    """What does not work."""
    return rx.match(
        code,
        ("no_internet", t("There is no internet at all")),
        ("slow", t("The internet is slow")),
        ("drops", t("The connection breaks off")),
        ("wifi", t("Wi-Fi does not work well")),
        ("tv", t("Television does not work")),
        "",
    )


def state_badge(state: rx.Var) -> rx.Component:
    """How far a request is."""
    return rx.match(
        state,
        ("open", badge(t("Choose a time"), tone="warning", icon_name="calendar-plus")),
        ("booked", badge(t("Time is chosen"), tone="brand", icon_name="calendar-check")),
        ("confirmed", badge(t("Technician will come"), tone="good", icon_name="calendar-check")),
        ("done", badge(t("Done"), tone="good", icon_name="check")),
        ("cancelled", badge(t("Cancelled"), tone="neutral", icon_name="x")),
        rx.fragment(),
    )
