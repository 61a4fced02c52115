"""Visits at the desk: who comes to a store on a day (A8)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    button,
    card,
    empty_state,
    form,
    form_actions,
    link_button,
    loading,
    page_title,
    refusal,
    row,
    rows,
    skeleton,
)
from mykyivstar.components.fields import field_frame
from mykyivstar.components.icons import icon
from mykyivstar.i18n import clock_time, date, phone, pick, t
from mykyivstar.pages.desk.frame import column
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.at_address import ready_at
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.pages.visits.words import purpose_words, visit_badge
from mykyivstar.state.desk.session import DeskState
from mykyivstar.state.desk.visits import CentreRow, DeskVisitRow
from mykyivstar.state.desk.visits import DeskVisitsState as State


@app_page(routes.DESK_VISITS, title=t("Visits"), shell="desk", on_load=[State.load])
def desk_visits() -> rx.Component:
    return column(
        page_title(t("Visits"), lead=t("Who comes to a service centre. Every look at the list is written down.")),
        rx.cond(
            ready_at(State),
            rx.fragment(card(_choice()), rx.cond(State.store != "", card(_list()))),
            waiting_for(card(loading(skeleton("line"), skeleton("block"))), State.load),
        ),
    )


def _choice() -> rx.Component:
    return rx.el.div(
        form(
            _select("store", t("Service centre"), rx.foreach(State.centres, _centre), chosen=State.store),
            _select("day", t("Day"), rx.foreach(State.days, _day), chosen=State.day),
            form_actions(button(t("Show"), type="submit")),
            on_submit=State.choose,
            id="visits-of",
        ),
        rx.cond(
            DeskState.is_lead,
            rx.el.div(
                link_button(t("Restore access"), href=routes.DESK_RESTORING, variant="quiet", icon="key-round"),
                link_button(t("Unblock a number"), href=routes.DESK_UNBLOCKING, variant="quiet", icon="lock-open"),
                class_name="row-actions",
            ),
        ),
        class_name="stack",
    )


def _select(name: str, label: rx.Var, options: rx.Component, *, chosen: rx.Var) -> rx.Component:
    return field_frame(
        rx.el.select(options, id=name, name=name, default_value=chosen, class_name="field-input field-select"),
        label=label,
        field_id=name,
        suffix=icon("chevron-down", class_name="field-arrow"),
    )


def _centre(centre: rx.Var[CentreRow]) -> rx.Component:
    return rx.el.option(pick(centre.city), " · ", pick(centre.name), value=centre.code, key=centre.code)


def _day(day: rx.Var[str]) -> rx.Component:
    return rx.el.option(date(day, "weekday"), value=day, key=day)


def _list() -> rx.Component:
    return rx.fragment(
        refusal(pick(State.refusal), class_name="refusal-late"),
        rx.cond(
            State.visits.length() > 0,
            rows(rx.foreach(State.visits, _line), label=t("Visits")),
            empty_state(t("Nobody has booked a visit here for this day"), icon_name="calendar"),
        ),
    )


def _line(visit: rx.Var[DeskVisitRow]) -> rx.Component:
    return row(
        rx.fragment(clock_time(visit.starts_at), " · ", visit.name),
        about=rx.fragment(
            purpose_words(visit.purpose),
            " · ",
            phone(visit.phone),
            " · ",
            rx.el.span(visit.number, class_name="whitespace-nowrap"),
            rx.cond(
                visit.is_markable,
                rx.el.span(
                    button(t("Came"), size="small", variant="quiet", on_click=State.came(visit.number)),
                    button(t("Did not come"), size="small", variant="plain", on_click=State.absent(visit.number)),
                    rx.cond(
                        DeskState.is_lead & (visit.purpose == "access"),
                        link_button(t("Restore access"), href=visit.restoring, size="small", variant="quiet"),
                    ),
                    rx.cond(
                        DeskState.is_lead & (visit.purpose == "sim"),
                        link_button(t("Unblock a number"), href=visit.unblocking, size="small", variant="quiet"),
                    ),
                    class_name="row-actions",
                ),
            ),
        ),
        value=visit_badge(visit.state),
        key=visit.number,
        data_testid="desk-visit",
    )
