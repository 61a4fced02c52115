"""A conversation with a specialist: queue, talk, rating (K1, K2)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    button,
    card,
    close_dialog,
    dialog,
    empty_state,
    icon,
    link_button,
    loading,
    open_dialog,
    page_title,
    refusal,
    skeleton,
    text_link,
)
from mykyivstar.components.chat import chat
from mykyivstar.i18n import pick, t, tn
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.at_address import standing_at
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.pages.support.messages import shown_messages
from mykyivstar.pages.support.words import specialist
from mykyivstar.state.support.chat import ChatState as State

_ENDING = "end-conversation"


@app_page(routes.SUPPORT_CHAT, title=t("Conversation"), on_load=[State.load])
def conversation() -> rx.Component:
    standing = standing_at(State)
    return rx.el.div(
        page_title(
            rx.cond(standing == "ready", specialist(State.specialism), t("Conversation")),
            back=text_link(t("Support"), href=routes.SUPPORT),
        ),
        rx.match(
            standing,
            ("ready", talk()),
            ("nothing", nothing()),
            waiting_for(card(loading(skeleton("line"), skeleton("block"), skeleton("block"))), State.load),
        ),
        class_name="narrow stack",
    )


def talk() -> rx.Component:
    """Where it stands, what was said, what can be done."""
    return card(
        rx.el.div(
            rx.el.div(standing(), role="status", class_name="chat-standing"),
            rx.cond(
                State.phase != "closed",
                button(t("End"), variant="plain", size="small", icon="x", on_click=open_dialog(_ENDING)),
            ),
            class_name="section-head",
        ),
        chat(
            State,
            *shown_messages(State, on_older=State.older),
            side="customer",
            running=State.phase != "closed",
            they_type=t("{name} is typing…", name=State.consultant),
            on_say=State.say,
            on_typing=State.typing,
            on_saw=State.saw,
            on_sync=State.sync,
        ),
        rx.cond(State.refusal, refusal(pick(State.refusal))),
        rx.cond(State.phase == "closed", ended()),
        ending_dialog(),
        class_name="stack",
    )


def standing() -> rx.Component:
    """Place and wait, or who answers."""
    return rx.match(
        State.phase,
        (
            "waiting",
            rx.el.p(
                icon("clock", size=18),
                t("You are number {position} in the queue", position=State.position),
                ", ",
                tn("about {count} minute to wait", "about {count} minutes to wait", count=State.wait_minutes),
                data_testid="place",
            ),
        ),
        ("open", rx.el.p(icon("headset", size=18), t("{name} answers you", name=State.consultant), data_testid="who")),
        rx.el.p(icon("check", size=18), t("The conversation has ended")),
    )


def ended() -> rx.Component:
    """A rating, once, and the way to the next conversation."""
    return rx.el.div(
        rx.cond(
            State.rating > 0,
            rx.el.p(t("You gave {stars} of 5. Thank you!", stars=State.rating), role="status", data_testid="rated"),
            rx.cond(State.can_rate, stars()),
        ),
        link_button(t("New conversation"), href=routes.SUPPORT, variant="quiet", icon="message-circle"),
        class_name="stack justify-items-start",
    )


def stars() -> rx.Component:
    """One to five."""
    return rx.el.div(
        rx.el.p(t("How did the specialist help you?"), id="stars-name"),
        rx.el.div(
            *[
                button(
                    icon("star", size=22),
                    str(number),
                    variant="quiet",
                    aria_label=t("{stars} of 5", stars=number),
                    on_click=State.rate(number, State.shown_for),
                )
                for number in range(1, 6)
            ],
            role="group",
            aria_labelledby="stars-name",
            class_name="chat-stars",
        ),
        class_name="stack",
    )


def ending_dialog() -> rx.Component:
    """Is everything said?"""
    return dialog(
        _ENDING,
        t("End the conversation?"),
        description=t("It stays in your history. To go on later you would ask for a specialist anew."),
        actions=rx.fragment(
            button(t("End"), variant="danger", on_click=[State.leave(State.shown_for), close_dialog(_ENDING)]),
            button(t("Stay"), variant="quiet", on_click=close_dialog(_ENDING)),
        ),
    )


def nothing() -> rx.Component:
    """No conversation of theirs has this address."""
    return card(
        empty_state(
            t("There is no such conversation"),
            text=t("It may belong to another profile. Your own conversations are under Support."),
            icon_name="message-circle",
            action=link_button(t("Support"), href=routes.SUPPORT, icon="life-buoy"),
        )
    )
