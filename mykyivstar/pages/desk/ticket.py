"""One request at the desk: read, taken, answered (K5, K6)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    Choice,
    badge,
    button,
    card,
    checkbox,
    dialog,
    empty_state,
    link_button,
    loading,
    page_title,
    section,
    select,
    skeleton,
    text_link,
)
from mykyivstar.i18n import moment, t
from mykyivstar.pages.desk.asking import form_dialog
from mykyivstar.pages.desk.card import card_content
from mykyivstar.pages.desk.frame import column, topic
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.at_address import shown_for, standing_at
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.pages.support.notes import note_list
from mykyivstar.pages.support.words import ticket_badge
from mykyivstar.pages.support.words_form import words_form
from mykyivstar.state.desk.session import DeskState
from mykyivstar.state.desk.tickets import DeskTicketState as State

_TICKET = State.ticket
_STATES = (
    Choice("", t("As it is")),
    Choice("in_work", t("In work")),
    Choice("waits_for_customer", t("Waits for the customer")),
    Choice("solved", t("Solved")),
)


@app_page(routes.DESK_TICKET, title=t("Request"), shell="desk", on_load=[State.load])
def desk_ticket() -> rx.Component:
    standing = standing_at(State)
    return column(
        page_title(
            rx.cond(standing == "ready", _TICKET.title, t("Request")),
            back=text_link(t("Requests"), href=routes.DESK_TICKETS),
        ),
        rx.match(
            standing,
            ("ready", content()),
            ("nothing", nothing()),
            waiting_for(card(loading(skeleton("line"), skeleton("block"), skeleton("block"))), State.load),
        ),
        dialog(
            "ticket-card",
            t("Customer card"),
            rx.cond((standing == "ready") & State.card.bool(), card_content(State.card)),
            description=t("Every look at a card is written down."),
            open=(standing == "ready") & State.card.bool(),
            on_close=State.put_away,
        ),
        rx.cond(standing == "ready", give_dialog()),
    )


def content() -> rx.Component:
    """Everything of it."""
    return rx.fragment(
        card(
            rx.el.div(
                rx.el.p(
                    _TICKET.number,
                    " · ",
                    topic(_TICKET.specialism),
                    " · ",
                    _source(_TICKET.source),
                    class_name="muted",
                ),
                rx.el.div(ticket_badge(_TICKET.state), role="status"),
                class_name="section-head",
            ),
            rx.el.p(State.words, dir="auto", class_name="said-text"),
            rx.el.p(
                t("Opened {moment}", moment=moment(_TICKET.opened_at)),
                ", ",
                t("to be answered by {moment}", moment=moment(_TICKET.deadline_at)),
                rx.cond(_TICKET.is_late, rx.fragment(" ", badge(t("Late"), tone="danger", icon_name="triangle-alert"))),
                class_name="muted",
            ),
            rx.el.p(
                rx.cond(_TICKET.asker != "", rx.fragment(t("Asks to be called: {name}", name=_TICKET.asker), " · ")),
                rx.match(
                    _TICKET.answer_by,
                    ("email", t("The answer goes out in a letter, as you write it")),
                    ("app", t("The answer is read in My Kyivstar")),
                    t("An SMS tells of the answer"),
                ),
                class_name="muted",
            ),
            _whose(),
            rx.el.div(_taking(), _assigning(), class_name="chat-stars"),
            class_name="stack",
        ),
        card(section(note_list(State.notes), title=t("What has happened"))),
        rx.cond(_TICKET.state != "closed", answer()),
    )


def _whose() -> rx.Component:
    """Who works on it."""
    return rx.el.p(
        rx.cond(
            _TICKET.is_mine,
            t("It is yours."),
            rx.cond(State.of_whom != "", t("{name} works on it", name=State.of_whom), t("Nobody has taken it yet.")),
        )
    )


def _taking() -> rx.Component:
    """For whoever may take it; and for whoever has, the customer."""
    return rx.cond(
        _TICKET.is_mine,
        rx.cond(
            _TICKET.has_profile,
            button(
                t("Customer card"),
                variant="quiet",
                size="small",
                icon="id-card",
                on_click=State.show_card(State.shown_for),
            ),
        ),
        rx.cond(
            (_TICKET.state != "closed") & (_TICKET.is_anybodys | DeskState.is_lead),
            button(t("Take it"), size="small", icon="hand", on_click=State.take(State.shown_for)),
        ),
    )


def _assigning() -> rx.Component:
    """For whoever has it, and for leads."""
    return rx.cond(
        (_TICKET.state != "closed") & (_TICKET.is_mine | DeskState.is_lead),
        rx.fragment(
            rx.cond(
                State.colleagues.length() > 0,
                button(
                    t("Give to a colleague"), variant="quiet", size="small", icon="forward", on_click=State.ask_give
                ),
            ),
            rx.cond(
                ~_TICKET.is_anybodys,
                button(
                    t("Give back"),
                    variant="quiet",
                    size="small",
                    icon="undo-2",
                    on_click=State.give_back(State.shown_for),
                ),
            ),
        ),
    )


def give_dialog() -> rx.Component:
    """To whom?"""
    return form_dialog(
        "give-request",
        t("Give to a colleague"),
        shown_for(State),
        select("colleague", t("To a colleague"), State.colleagues),
        state=State,
        send=button(t("Give"), type="submit", icon="forward", busy=State.busy),
        on_submit=State.give,
        description=t("They find it under “Mine”, with everything that was written."),
        open=State.is_giving,
    )


def answer() -> rx.Component:
    """An answer, or a note for the staff."""
    return words_form(
        State,
        t("Answer"),
        checkbox("internal", t("For the staff alone")),
        select("state", t("State afterwards"), _STATES),
        id="desk-answer",
        most=2000,
    )


def nothing() -> rx.Component:
    """No request that this member may work on has this address."""
    return card(
        empty_state(
            t("There is no such request"),
            text=t("It may need another specialist."),
            icon_name="ticket",
            action=link_button(t("Requests"), href=routes.DESK_TICKETS, icon="ticket"),
        )
    )


def _source(source: rx.Var) -> rx.Component:
    return rx.match(
        source,
        ("chat", t("from a conversation")),
        ("form", t("from the form")),
        ("dispute", t("a disputed payment")),
        t("a fault"),
    )
