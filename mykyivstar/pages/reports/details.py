"""Call details: whose, which days, what they cost, the records, and the order as files (E3, E4)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    button,
    card,
    empty_state,
    form,
    link,
    link_button,
    loading,
    notice,
    page_title,
    refusal,
    section,
    skeleton,
    text_field,
    text_link,
)
from mykyivstar.i18n import phone, pick, t
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.at_address import standing_at
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.pages.reports.ordering import order_form
from mykyivstar.pages.reports.records import records, sums
from mykyivstar.pages.reports.words import days_words
from mykyivstar.state.reports.details import DetailsState as State
from mykyivstar.state.reports.rows import PresetRow

_PRESETS = {"this": t("This month"), "last": t("Last month"), "three": t("Three months before this one")}


@app_page(routes.DETAILS, title=t("Call details"), on_load=[State.load])
def details() -> rx.Component:
    return rx.el.div(
        page_title(t("Call details"), lead=t("Every call, message and megabyte with its cost. Past months are free.")),
        rx.match(
            standing_at(State),
            ("ready", _ready()),
            ("none", card(_none())),
            ("wrong", rx.el.div(card(refusal(pick(State.refusal)), _days()), class_name="stack")),
            waiting_for(_on_its_way(), State.load),
        ),
        class_name="narrow",
    )


def _ready() -> rx.Component:
    return rx.el.div(
        rx.cond(State.is_ordered, _ordered(), card(_days())),
        rx.cond(State.shows_records, card(sums())),
        rx.cond(State.is_ordered, rx.fragment(), card(order_form())),
        rx.cond(State.shows_records, card(records())),
        class_name="stack",
    )


def _ordered() -> rx.Component:
    return notice(
        days_words(State.first, State.last),
        title=t("Ordered details of {number}", number=phone(State.number)),
        action=text_link(t("All reports"), href=routes.REPORTS),
    )


def _days() -> rx.Component:
    return section(
        rx.el.nav(rx.foreach(State.presets, _preset), aria_label=t("Usual periods"), class_name="chips"),
        form(
            rx.el.div(
                _day("first", t("From"), State.first),
                _day("last", t("To, this day included"), State.last),
                button(t("Show"), type="submit", variant="quiet", data_testid="show"),
                # Other days in the address are other first values of the fields.
                key=State.first + State.last,
                class_name="grid items-center gap-x-3 sm:grid-cols-3",
            ),
            on_submit=State.choose_days,
            busy=State.busy,
            id="days",
        ),
        title=rx.cond(State.number != "", t("Days of {number}", number=phone(State.number)), t("Days")),
    )


def _day(name: str, label: rx.Var, value: rx.Var) -> rx.Component:
    return text_field(
        name,
        label,
        type="date",
        value=value,
        error=pick(State.field_refusals[name]),
        min=State.earliest,
        max=State.today,
    )


def _preset(preset: rx.Var[PresetRow]) -> rx.Component:
    return link(
        rx.match(preset.name, *_PRESETS.items(), ""),
        href=preset.href,
        aria_current=rx.cond(preset.chosen, "true", "false"),
        class_name="chip",
    )


def _none() -> rx.Component:
    return empty_state(
        t("There are no call details here"),
        text=t("Details are of mobile numbers that you own or may look at. Choose such a number above."),
        icon_name="smartphone",
        action=link_button(t("My numbers"), href=routes.LINES, variant="quiet"),
    )


def _on_its_way() -> rx.Component:
    return loading(card(skeleton("line"), skeleton("block")), card(*[skeleton("block") for _ in range(4)]))
