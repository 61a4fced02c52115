"""What is done with the open conversation: card, hand-over, request, end."""

import reflex as rx

from mykyivstar.components import (
    button,
    dialog,
    form,
    form_actions,
    refusal,
    select,
    text_area,
    text_field,
)
from mykyivstar.i18n import pick, t
from mykyivstar.pages.desk.asking import form_dialog, question
from mykyivstar.pages.desk.card import card_content
from mykyivstar.pages.desk.frame import TOPICS, topic
from mykyivstar.state.desk.chats import DeskChatsState as Chats
from mykyivstar.state.desk.moves import DeskMovesState as State


def card_dialog() -> rx.Component:
    """The customer, as far as a consultant may see; nothing is kept here after it is closed."""
    seen = State.card
    return dialog(
        "customer-card",
        t("Customer card"),
        rx.cond(seen, card_content(seen)),
        description=t("Every look at a card is written down."),
        open=State.doing == "card",
        on_close=State.put_away,
    )


def hand_over_dialog() -> rx.Component:
    """To a colleague, or back into a queue."""
    return dialog(
        "hand-over",
        t("Hand over the conversation"),
        rx.cond(
            Chats.colleagues.length() > 0,
            form(
                select("colleague", t("To a colleague"), Chats.colleagues),
                form_actions(button(t("Hand over"), type="submit", icon="forward", busy=State.busy)),
                on_submit=State.hand_over,
                busy=State.busy,
                id="hand-over-form",
            ),
        ),
        rx.el.p(t("Or back into a queue:"), class_name="muted"),
        rx.el.div(
            *[
                button(choice.label, variant="quiet", size="small", on_click=State.back_to_queue(choice.value))
                for choice in TOPICS
            ],
            class_name="chat-stars",
        ),
        refusal(pick(State.refusal)),
        description=t("Now it is about: {topic}", topic=topic(Chats.specialism)),
        open=State.doing == "hand_over",
        on_close=State.put_away,
    )


def ticket_dialog() -> rx.Component:
    """What cannot be solved now is written down as a request."""
    return form_dialog(
        "make-request",
        t("Make a request"),
        text_field("title", t("What it is about"), max_length=120, error=pick(State.field_refusals["title"])),
        text_area("words", t("What has to be done"), max_length=2000, error=pick(State.field_refusals["text"])),
        state=State,
        send=button(t("Make a request"), type="submit", icon="ticket", busy=State.busy),
        on_submit=State.make_ticket,
        description=t("The customer sees it under Support, with its deadline and your answers."),
        open=State.doing == "ticket",
    )


def close_question() -> rx.Component:
    """Is everything said?"""
    return question(
        "end-at-desk",
        t("End the conversation?"),
        button(t("End"), variant="danger", on_click=State.close),
        state=State,
        description=t("The customer is asked for a rating."),
        open=State.doing == "close",
    )
