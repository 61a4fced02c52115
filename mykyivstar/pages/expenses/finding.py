"""Looking for words, sums and numbers, in all months or one."""

import reflex as rx

from mykyivstar.components import button, form, icon, text_field
from mykyivstar.components.fields import field_frame
from mykyivstar.i18n import date, t
from mykyivstar.state.expenses.history import EntriesState as State
from mykyivstar.state.expenses.history_view import MonthOption


def finding() -> rx.Component:
    """The form; with another address it begins anew."""
    return form(
        rx.el.div(
            text_field(
                "text",
                t("Search"),
                value=State.text,
                required=False,
                hint=t("A sum, a number, a tariff, a service"),
                type="search",
                autocomplete="off",
                max_length=60,
            ),
            _month(),
            button(t("Find"), type="submit", variant="quiet", icon="search", data_testid="find"),
            key=State.opened,
            class_name="grid items-center gap-x-3 sm:grid-cols-3",
        ),
        on_submit=State.find,
        id="find",
    )


def _month() -> rx.Component:
    control = rx.el.select(
        rx.el.option(t("all months"), value=""),
        rx.foreach(State.months.to(list[MonthOption]), _option),
        id="month",
        name="month",
        default_value=State.month,
        class_name="field-input field-select",
    )
    return field_frame(
        control,
        label=t("Month"),
        field_id="month",
        optional=True,
        hint=t("Or the whole history"),
        suffix=icon("chevron-down", class_name="field-arrow"),
    )


def _option(month: rx.Var[MonthOption]) -> rx.Component:
    return rx.el.option(date(month.day, "month"), value=month.value)
