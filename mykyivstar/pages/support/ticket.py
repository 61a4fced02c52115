"""A request: where it stands, what was written, what can be added (K5)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    button,
    card,
    empty_state,
    link_button,
    loading,
    page_title,
    section,
    skeleton,
    text_link,
)
from mykyivstar.i18n import moment, t
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.at_address import standing_at
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.pages.support.hearing import hearing
from mykyivstar.pages.support.notes import note_list
from mykyivstar.pages.support.words import ticket_badge
from mykyivstar.pages.support.words_form import words_form
from mykyivstar.state.support.hearing import HearingState
from mykyivstar.state.support.ticket import OwnTicketState as State

_TICKET = State.ticket


@app_page(routes.SUPPORT_TICKET, title=t("Request"), on_load=[State.load, HearingState.load])
def request() -> rx.Component:
    standing = standing_at(State)
    return rx.el.div(
        page_title(
            rx.cond(standing == "ready", _TICKET.title, t("Request")),
            back=text_link(t("Support"), href=routes.SUPPORT),
        ),
        rx.match(
            standing,
            ("ready", content()),
            ("nothing", nothing()),
            waiting_for(card(loading(skeleton("line"), skeleton("block"), skeleton("block"))), State.load),
        ),
        class_name="narrow stack",
    )


def content() -> rx.Component:
    """Everything of it."""
    return rx.fragment(
        card(
            rx.el.div(
                rx.el.p(_TICKET.number, " · ", moment(_TICKET.opened_at), class_name="muted"),
                rx.el.div(ticket_badge(_TICKET.state), role="status"),
                class_name="section-head",
            ),
            rx.el.p(State.words, dir="auto", class_name="said-text"),
            rx.cond(
                _TICKET.deadline_at != "",
                rx.el.p(t("We answer by {moment}.", moment=moment(_TICKET.deadline_at)), class_name="muted"),
            ),
            class_name="stack",
        ),
        card(section(note_list(State.notes), title=t("What has happened"))),
        rx.cond(_TICKET.state == "solved", solved()),
        rx.cond(
            _TICKET.state != "closed", rx.fragment(words_form(State, t("Add something"), id="addition"), hearing())
        ),
    )


def solved() -> rx.Component:
    """Is it?"""
    return card(
        rx.el.p(t("We consider this solved. If it is not, write to us below, and we go on.")),
        button(t("Yes, it is solved"), icon="check", on_click=State.accept(State.shown_for)),
        class_name="stack justify-items-start",
    )


def nothing() -> rx.Component:
    """No request of theirs has this address."""
    return card(
        empty_state(
            t("There is no such request"),
            text=t("It may belong to another profile. Your own requests are under Support."),
            icon_name="ticket",
            action=link_button(t("Support"), href=routes.SUPPORT, icon="headset"),
        )
    )
