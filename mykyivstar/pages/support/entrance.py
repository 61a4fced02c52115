"""Support: a specialist by picture, the hotlines, requests and earlier conversations (K1, K5)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    badge,
    card,
    icon,
    link_button,
    loading,
    notice,
    page_title,
    phone_link,
    refusal,
    row,
    rows,
    section,
    skeleton,
    text_link,
)
from mykyivstar.i18n import moment, pick, t, tn
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.entries import HOTLINES
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.pages.support.assistant import assistant
from mykyivstar.pages.support.words import specialist, ticket_badge
from mykyivstar.state.support.entrance import SupportState as State

_PICTURES = (
    ("mobile", "smartphone", t("Mobile specialist"), t("Numbers, tariffs, services, SIM and eSIM")),
    ("internet", "router", t("Home internet specialist"), t("Connection, speed, TV, repairs")),
    ("corporate", "building-2", t("Specialist for companies"), t("Contracts, invoices, numbers of employees")),
)


@app_page(routes.SUPPORT, title=t("Support"), on_load=[State.load])
def support() -> rx.Component:
    return rx.el.div(
        page_title(t("Support"), lead=t("Ask the assistant, or choose a person: they answer day and night.")),
        rx.cond(State.ready, content(), waiting_for(on_its_way(), State.load)),
        class_name="stack",
    )


def content() -> rx.Component:
    """What can be asked, and what was asked before."""
    return rx.fragment(
        rx.cond(State.news != "", news()),
        rx.cond(State.running != "", go_on()),
        assistant(),
        rx.cond(State.running != "", rx.fragment(), choice()),
        rx.cond(State.refusal, refusal(pick(State.refusal))),
        rx.cond(State.tickets.length() > 0, requests()),
        rx.cond(State.past.length() > 0, earlier()),
        hotlines(),
    )


def news() -> rx.Component:
    """An answer came while they were away."""
    return notice(
        t("A specialist has written to you."),
        kind="good",
        title=t("Your request has an answer"),
        action=link_button(t("Read the answer"), href=State.news, icon="ticket"),
    )


def go_on() -> rx.Component:
    """There is one conversation at a time."""
    return notice(
        specialist(State.running_specialism),
        kind="info",
        title=t("Your conversation is going on"),
        action=link_button(t("Go on"), href=State.running, icon="message-circle"),
    )


def choice() -> rx.Component:
    """Three pictures."""
    return rx.el.ul(
        *[
            rx.el.li(
                rx.el.button(
                    rx.el.span(icon(drawing, size=40), icon("headset", size=24), class_name="specialist-picture"),
                    rx.el.span(name, class_name="choice-title"),
                    rx.el.span(about, class_name="choice-about"),
                    rx.el.span(
                        icon("clock", size=16),
                        tn(
                            "an answer in about {count} minute",
                            "an answer in about {count} minutes",
                            count=State.waits[value],
                        ),
                        class_name="choice-about specialist-wait",
                    ),
                    type="button",
                    on_click=State.ask(value),
                    class_name="card specialist",
                )
            )
            for value, drawing, name, about in _PICTURES
        ],
        class_name="specialists",
        aria_label=t("Specialists"),
    )


def requests() -> rx.Component:
    """Tickets with their states."""
    return card(
        section(
            rows(
                rx.foreach(
                    State.tickets,
                    lambda each: row(
                        each.title,
                        about=rx.fragment(
                            rx.cond(
                                each.has_news, rx.fragment(badge(t("New answer"), tone="good", icon_name="mail"), " ")
                            ),
                            rx.el.span(each.number, " · ", moment(each.opened_at)),
                        ),
                        value=ticket_badge(each.state),
                        href=each.href,
                        icon_name="ticket",
                        key=each.number,
                    ),
                )
            ),
            title=t("My requests"),
        )
    )


def earlier() -> rx.Component:
    """Conversations that have ended."""
    return card(
        section(
            rows(
                rx.foreach(
                    State.past,
                    lambda each: row(
                        specialist(each.specialism),
                        about=moment(each.opened_at),
                        value=rx.cond(each.rating > 0, t("{stars} of 5", stars=each.rating), ""),
                        href=each.href,
                        icon_name="messages-square",
                        key=each.href,
                    ),
                )
            ),
            title=t("Earlier conversations"),
        )
    )


def hotlines() -> rx.Component:
    """For whoever would rather call (K5)."""
    return card(
        section(
            *[
                rx.el.p(
                    rx.el.span(label, class_name="muted"),
                    *[rx.fragment(" · ", phone_link(number)) for number in numbers],
                )
                for label, numbers in HOTLINES
            ],
            rx.el.p(
                t("No hurry? Write, and the answer comes within 24 hours."),
                " ",
                text_link(t("Write to us"), href=routes.CONTACT),
            ),
            title=t("Or call us"),
        ),
        tone="soft",
    )


def on_its_way() -> rx.Component:
    """The same shape without its values."""
    return loading(
        rx.el.div(*[skeleton("card") for _ in range(3)], class_name="specialists"),
        card(skeleton("line"), skeleton("block")),
    )
