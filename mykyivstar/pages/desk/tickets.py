"""Requests at the desk, the soonest deadline first (K5, K6)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    Choice,
    badge,
    empty_state,
    row,
)
from mykyivstar.i18n import moment, t
from mykyivstar.pages.desk.frame import topic
from mykyivstar.pages.desk.work_list import work_list
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.support.words import ticket_badge
from mykyivstar.state.desk.tickets import DeskTicketsState as State

_SHOWN = (
    Choice("open", t("Open")),
    Choice("mine", t("Mine")),
    Choice("nobodys", t("Nobody's")),
    Choice("all", t("All")),
)


@app_page(routes.DESK_TICKETS, title=t("Requests"), shell="desk", on_load=[State.load])
def desk_tickets() -> rx.Component:
    return work_list(
        State,
        t("Requests"),
        rx.foreach(State.tickets, _line),
        count=State.tickets.length(),
        which=t("Which requests"),
        shown=_SHOWN,
        empty=empty_state(
            t("No requests here"),
            text=t("A request is made from a conversation, a form, a disputed payment or a fault."),
            icon_name="ticket",
        ),
    )


def _line(ticket: rx.Var) -> rx.Component:
    return row(
        ticket.title,
        about=rx.fragment(
            ticket.number,
            " · ",
            topic(ticket.specialism),
            rx.cond(
                (ticket.state == "solved") | (ticket.state == "closed"),
                "",
                rx.fragment(" · ", t("by {moment}", moment=moment(ticket.deadline_at))),
            ),
        ),
        value=ticket_badge(ticket.state),
        value_about=rx.cond(ticket.is_late, badge(t("Late"), tone="danger", icon_name="triangle-alert")),
        href=ticket.href,
        key=ticket.number,
        data_testid="desk-ticket",
    )
