"""The desk: who waits, the conversations one has, and the one that is open (K6)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    badge,
    button,
    card,
    empty_state,
    icon,
    loading,
    page_title,
    refusal,
    section,
    skeleton,
    switch,
)
from mykyivstar.components.chat import chat
from mykyivstar.components.pulse import pulse
from mykyivstar.components.remember import remember
from mykyivstar.i18n import clock_time, pick, t
from mykyivstar.pages.desk.dialogs import card_dialog, close_question, hand_over_dialog, ticket_dialog
from mykyivstar.pages.desk.frame import topic
from mykyivstar.pages.desk.prepared import prepared_answers
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.pages.support.messages import shown_messages
from mykyivstar.state.desk.chats import DeskChatsState as State
from mykyivstar.state.desk.moves import DeskMovesState as Moves
from mykyivstar.state.desk.session import DeskState

_BEAT_MS = 30_000


@app_page(routes.DESK, title=t("Desk"), shell="desk", on_load=[State.load])
def desk() -> rx.Component:
    return rx.el.div(
        page_title(t("Conversations")),
        pulse(every_ms=_BEAT_MS, on_beat=State.beat),
        rx.cond(
            State.ready,
            rx.fragment(
                remember("chat", State.code),
                rx.el.div(
                    # A phone has room for one of both: the lists, or the conversation that was opened from them.
                    rx.el.div(lists(), class_name=rx.cond(State.code != "", "wide-only", "")),
                    rx.cond(State.code != "", talk(), nobody()),
                    class_name="desk-columns",
                ),
            ),
            waiting_for(card(loading(skeleton("line"), skeleton("block"), skeleton("block"))), State.load),
        ),
        card_dialog(),
        hand_over_dialog(),
        ticket_dialog(),
        close_question(),
        class_name="stack",
    )


def lists() -> rx.Component:
    """Availability, the queue, the conversations that run."""
    return rx.el.div(
        card(
            switch("available", t("I take conversations"), checked=State.is_available, on_change=State.set_available),
            rx.cond(State.refusal, refusal(pick(State.refusal))),
            section(
                rx.cond(
                    State.queue.length() > 0,
                    rx.fragment(
                        button(t("Take the next"), icon="arrow-right", full_width=True, on_click=State.take_next),
                        rx.el.ul(rx.foreach(State.queue, waiting), class_name="rows"),
                    ),
                    rx.el.p(t("Nobody waits."), class_name="muted"),
                ),
                title=t("Queue"),
                action=badge(State.queue.length(), tone="brand"),
            ),
            class_name="stack",
        ),
        card(
            section(
                rx.cond(
                    State.chats.length() > 0,
                    rx.el.ul(rx.foreach(State.chats, running), class_name="rows"),
                    rx.el.p(t("No conversations yet."), class_name="muted"),
                ),
                title=rx.cond(DeskState.is_lead, t("All conversations"), t("My conversations")),
            )
        ),
        class_name="stack",
    )


def waiting(row: rx.Var) -> rx.Component:
    """One who waits."""
    return rx.el.li(
        rx.el.button(
            rx.el.span(
                rx.el.span(row.name, class_name="row-title"),
                rx.el.span(topic(row.specialism), class_name="row-about"),
                class_name="row-main",
            ),
            rx.el.span(
                rx.el.span(t("since {time}", time=clock_time(row.queued_at)), class_name="row-about"),
                class_name="row-end",
            ),
            icon("arrow-right", class_name="row-arrow"),
            type="button",
            on_click=State.take(row.code),
            class_name="row-body",
        ),
        class_name="row",
        key=row.code,
        data_testid="waiting",
    )


def running(row: rx.Var) -> rx.Component:
    """One conversation in the list."""
    return rx.el.li(
        rx.el.button(
            rx.el.span(
                rx.el.span(row.name, class_name="row-title"),
                rx.el.span(topic(row.specialism), class_name="row-about"),
                rx.cond(row.by != "", rx.el.span(t("with {name}", name=row.by), class_name="row-about")),
                class_name="row-main",
            ),
            rx.el.span(
                rx.el.span(clock_time(row.last_at), class_name="row-about"),
                rx.cond(row.unread > 0, badge(t("{count} new", count=row.unread), tone="warning")),
                class_name="row-end",
            ),
            type="button",
            on_click=State.open(row.code),
            aria_current=rx.cond(row.is_open, "true", "false"),
            class_name="row-body",
        ),
        class_name="row",
        key=row.code,
        data_testid="running",
    )


def talk() -> rx.Component:
    """The open conversation and what can be done with it."""
    return card(
        rx.el.div(
            button(
                t("All conversations"),
                icon="arrow-left",
                variant="plain",
                size="small",
                on_click=State.leave,
            ),
            class_name="narrow-only",
        ),
        rx.el.div(
            rx.el.h2(State.customer, class_name="section-title"),
            rx.el.div(standing(), ending(), class_name="flex flex-wrap items-center gap-2"),
            class_name="section-head",
        ),
        rx.cond(State.is_mine, actions(), lead_actions()),
        chat(
            State,
            *shown_messages(State, on_older=State.older, at_desk=True),
            side="desk",
            running=State.is_mine,
            they_type=t("The customer is typing…"),
            on_say=State.say,
            on_typing=State.typing,
            on_saw=State.saw,
            on_sync=State.sync,
        ),
        rx.cond(State.is_mine, prepared_answers()),
        class_name="stack",
    )


def standing() -> rx.Component:
    """Where it is, and the rating when there is one."""
    return rx.el.div(
        rx.match(
            State.phase,
            ("waiting", badge(t("Waits"), tone="warning", icon_name="clock")),
            ("open", badge(t("Talking"), tone="good", icon_name="message-circle")),
            badge(t("Ended"), tone="neutral", icon_name="check"),
        ),
        rx.cond(State.rating > 0, badge(t("{stars} of 5", stars=State.rating), tone="brand", icon_name="star")),
        role="status",
        class_name="chat-stars",
    )


def ending() -> rx.Component:
    """Apart from what is done more often."""
    return rx.cond(State.is_mine, button(t("End"), variant="quiet", size="small", icon="x", on_click=Moves.ask_close))


def actions() -> rx.Component:
    """For whoever has the conversation."""
    return rx.el.div(
        button(t("Customer card"), variant="quiet", size="small", icon="id-card", on_click=Moves.show_card),
        button(t("Hand over"), variant="quiet", size="small", icon="forward", on_click=Moves.ask_hand_over),
        button(t("Make a request"), variant="quiet", size="small", icon="ticket", on_click=Moves.ask_ticket),
        class_name="chat-stars",
    )


def lead_actions() -> rx.Component:
    """For a lead who looks at somebody else's."""
    return rx.cond(
        DeskState.is_lead & (State.phase != "closed"),
        rx.el.div(
            button(t("Take over"), size="small", icon="headset", on_click=State.take_over),
            button(t("Customer card"), variant="quiet", size="small", icon="id-card", on_click=Moves.show_card),
            button(t("Hand over"), variant="quiet", size="small", icon="forward", on_click=Moves.ask_hand_over),
            class_name="chat-stars",
        ),
    )


def nobody() -> rx.Component:
    """Nothing is open."""
    return card(
        empty_state(
            t("Choose a conversation"),
            text=t("Take the next customer from the queue, or open one of your conversations."),
            icon_name="messages-square",
        ),
        class_name="wide-only",
    )
