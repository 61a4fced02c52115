"""Requests at the desk, the soonest deadline first (K5, K6)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    Choice,
    badge,
    card,
    empty_state,
    loading,
    page_title,
    radio_cards,
    row,
    rows,
    skeleton,
)
from mykyivstar.i18n import moment, t
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.pages.support.words import specialist, ticket_badge
from mykyivstar.state.desk.tickets import DeskTicketsState as State

_SHOWN = (
    Choice("open", t("Open")),
    Choice("mine", t("Mine")),
    Choice("nobodys", t("Nobody's")),
    Choice("all", t("All")),
)


@app_page(routes.DESK_TICKETS, title=t("Requests"), shell="desk", on_load=[State.load])
def desk_tickets() -> rx.Component:
    return rx.el.div(
        page_title(t("Requests")),
        radio_cards(
            "shown",
            t("Which requests"),
            _SHOWN,
            chosen=State.shown,
            on_change=State.show_only,
            hide_legend=True,
        ),
        rx.cond(
            State.ready,
            card(
                rx.cond(
                    State.tickets.length() > 0,
                    rows(rx.foreach(State.tickets, _line), label=t("Requests")),
                    empty_state(
                        t("No requests here"),
                        text=t("A request is made from a conversation, a form, a disputed payment or a fault."),
                        icon_name="ticket",
                    ),
                )
            ),
            waiting_for(card(loading(skeleton("line"), skeleton("block"))), State.load),
        ),
        class_name="stack",
    )


def _line(ticket: rx.Var) -> rx.Component:
    return row(
        ticket.title,
        about=rx.fragment(ticket.number, " · ", specialist(ticket.specialism)),
        value=ticket_badge(ticket.state),
        value_about=rx.cond(
            ticket.is_late,
            badge(t("Late"), tone="danger", icon_name="triangle-alert"),
            t("by {moment}", moment=moment(ticket.deadline_at)),
        ),
        href=ticket.href,
        key=ticket.number,
        data_testid="desk-ticket",
    )
