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
    form,
    form_actions,
    link_button,
    loading,
    page_title,
    refusal,
    section,
    select,
    skeleton,
    text_area,
    text_link,
)
from mykyivstar.i18n import moment, pick, t
from mykyivstar.pages.desk.card import card_content
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.pages.support.notes import note_list
from mykyivstar.pages.support.words import specialist, ticket_badge
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
    return rx.el.div(
        page_title(
            rx.cond(_TICKET, _TICKET.title, t("Request")),
            back=text_link(t("Requests"), href=routes.DESK_TICKETS),
        ),
        rx.match(
            State.standing,
            ("ready", content()),
            ("nothing", nothing()),
            waiting_for(card(loading(skeleton("line"), skeleton("block"), skeleton("block"))), State.load),
        ),
        dialog(
            "ticket-card",
            t("Customer card"),
            rx.cond(State.card, card_content(State.card)),
            description=t("Every look at a card is written down."),
            open=State.card.bool(),
            on_close=State.put_away,
        ),
        class_name="narrow stack",
    )


def content() -> rx.Component:
    """Everything of it."""
    return rx.fragment(
        card(
            rx.el.div(
                rx.el.p(
                    _TICKET.number,
                    " · ",
                    specialist(_TICKET.specialism),
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
            rx.el.div(
                rx.cond(
                    _TICKET.is_mine,
                    rx.cond(
                        _TICKET.has_profile,
                        button(
                            t("Customer card"), variant="quiet", size="small", icon="id-card", on_click=State.show_card
                        ),
                    ),
                    rx.fragment(
                        rx.cond(State.of_whom != "", rx.el.span(t("{name} works on it", name=State.of_whom))),
                        button(t("Take it"), size="small", icon="hand", on_click=State.take),
                    ),
                ),
                class_name="chat-stars",
            ),
            class_name="stack",
        ),
        card(section(note_list(State.notes), title=t("What has happened"))),
        rx.cond(_TICKET.state != "closed", answer()),
    )


def answer() -> rx.Component:
    """An answer, or a note for the staff."""
    return card(
        form(
            text_area("words", t("Answer"), max_length=2000, error=pick(State.field_refusals["text"])),
            checkbox("internal", t("For the staff alone")),
            select("state", t("State afterwards"), _STATES),
            refusal(pick(State.refusal)),
            form_actions(button(t("Send"), type="submit", icon="send", busy=State.busy)),
            on_submit=State.write,
            busy=State.busy,
            id="desk-answer",
        ),
        key=State.sent,
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
