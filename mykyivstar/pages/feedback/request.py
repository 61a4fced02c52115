"""A request that was sent without signing in: where it stands, the answers, something to add (K3)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    button,
    card,
    copy_button,
    empty_state,
    link_button,
    loading,
    notice,
    page_title,
    section,
    skeleton,
)
from mykyivstar.components.pulse import pulse
from mykyivstar.i18n import moment, t
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.at_address import standing_at
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.pages.support.notes import note_list
from mykyivstar.pages.support.words import ticket_badge
from mykyivstar.pages.support.words_form import words_form
from mykyivstar.state.feedback.request import OwnRequestState as State

_REQUEST = State.request
_LOOK_AGAIN_MS = 20_000


@app_page(routes.CONTACT_REQUEST, title=t("Your request"), shell="open", on_load=[State.load])
def contact_request() -> rx.Component:
    standing = standing_at(State)
    return rx.el.div(
        page_title(rx.cond(standing == "ready", t("Your request {number}", number=_REQUEST.number), t("Your request"))),
        rx.el.div(
            rx.match(
                standing,
                ("ready", content()),
                ("nothing", nothing()),
                waiting_for(card(loading(skeleton("line"), skeleton("block"), skeleton("block"))), State.load),
            ),
            class_name="stack",
        ),
        class_name="narrow",
    )


def content() -> rx.Component:
    """Everything of it; it is looked at again while the page is open."""
    return rx.fragment(
        pulse(every_ms=_LOOK_AGAIN_MS, on_beat=State.refresh),
        keep_the_address(),
        card(
            rx.el.div(
                rx.el.p(moment(_REQUEST.opened_at), class_name="muted"),
                rx.el.div(ticket_badge(_REQUEST.state), role="status"),
                class_name="section-head",
            ),
            rx.el.p(_REQUEST.words, dir="auto", class_name="said-text"),
            rx.cond(
                _REQUEST.deadline_at != "",
                rx.el.p(
                    t(
                        "We answer by {moment}, here and at {contact}.",
                        moment=moment(_REQUEST.deadline_at),
                        contact=_REQUEST.contact,
                    ),
                    class_name="muted",
                ),
            ),
            class_name="stack",
        ),
        card(section(note_list(State.notes), title=t("What has happened"))),
        rx.cond(_REQUEST.state == "solved", solved()),
        rx.cond(_REQUEST.state != "closed", words_form(State, t("Add something"), id="addition"), closed()),
    )


def keep_the_address() -> rx.Component:
    """There is no other way back but the letter or SMS with the answer."""
    return notice(
        t("Only whoever has the address of this page can read it. The answer will come with it too."),
        kind="info",
        title=t("Keep the address of this page"),
        action=copy_button(_REQUEST.address, label=t("Copy the address")),
    )


def solved() -> rx.Component:
    """Is it?"""
    return card(
        rx.el.p(t("We consider this solved. If it is not, write to us below, and we go on.")),
        button(t("Yes, it is solved"), icon="check", on_click=State.accept(State.shown_for)),
        class_name="stack justify-items-start",
    )


def closed() -> rx.Component:
    """It is over."""
    return card(
        rx.el.p(t("This request is closed. Write to us again, and we open a new one.")),
        link_button(t("Write to us"), href=routes.CONTACT, icon="mail"),
        class_name="stack justify-items-start",
    )


def nothing() -> rx.Component:
    """No request has this address."""
    return card(
        empty_state(
            t("There is no request at this address"),
            text=t("Look whether the address is whole: it ends with sixteen letters and digits."),
            icon_name="ticket",
            action=link_button(t("Write to us"), href=routes.CONTACT, icon="mail"),
        )
    )
