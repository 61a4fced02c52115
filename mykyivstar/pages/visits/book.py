"""Booking a visit to a service centre (A8)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    button,
    card,
    empty_state,
    facts,
    form,
    form_actions,
    link,
    link_button,
    loading,
    notice,
    page_title,
    phone_field,
    puzzle_form,
    radio_cards,
    refusal,
    skeleton,
    text_field,
    text_link,
)
from mykyivstar.i18n import moment, pick, t
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.at_address import shown_for, standing_at
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.pages.visits.times import time_choice
from mykyivstar.pages.visits.words import PURPOSES, bring_words, purpose_words
from mykyivstar.state.visits.addresses import CENTRES
from mykyivstar.state.visits.booking import BookVisitState as State

_PLACE = State.place


@app_page(routes.VISIT_BOOKING, title=t("Book a visit"), shell="open", on_load=[State.load])
def book_visit() -> rx.Component:
    standing = standing_at(State)
    return rx.el.div(
        page_title(
            t("Book a visit"),
            lead=rx.cond(
                standing == "ready",
                rx.fragment(pick(_PLACE.name), " · ", pick(_PLACE.city), ", ", pick(_PLACE.address)),
                t("At a Kyivstar service centre, without waiting."),
            ),
            back=rx.cond(standing == "ready", link(t("To the place"), href=_PLACE.href, class_name="back-link")),
        ),
        rx.match(
            standing,
            ("ready", card(rx.cond(State.step == "check", checking(), writing()))),
            ("nothing", nothing()),
            waiting_for(card(loading(skeleton("line"), skeleton("block"), skeleton("block"))), State.load),
        ),
        class_name="narrow",
    )


def writing() -> rx.Component:
    """When, what for, who."""
    return rx.cond(
        State.days.length() > 0,
        form(
            shown_for(State),
            time_choice(State),
            radio_cards("purpose", t("What for?"), PURPOSES, chosen=State.purpose, class_name="mb-2"),
            text_field(
                "name",
                t("How to address you"),
                value=State.name,
                error=pick(State.field_refusals["name"]),
                autocomplete="name",
                max_length=80,
            ),
            phone_field(
                "phone",
                value=State.phone,
                error=pick(State.field_refusals["phone"]),
                hint=t("The confirmation comes by SMS. The number need not be a Kyivstar one."),
            ),
            refusal(pick(State.refusal)),
            form_actions(button(t("Next"), type="submit", icon="arrow-right", busy=State.busy)),
            on_submit=State.check,
            busy=State.busy,
            id="visit-form",
        ),
        empty_state(
            t("Nothing is free in the next two weeks"),
            text=t("Choose another service centre."),
            icon_name="calendar",
            action=link_button(t("Service centres on the map"), href=CENTRES, icon="map-pin"),
        ),
    )


def checking() -> rx.Component:
    """Everything once more, while the browser solves its puzzle."""
    return rx.el.div(
        rx.el.h2(t("Is everything right?"), class_name="section-title"),
        facts(
            [
                (t("When"), moment(State.time)),
                (t("What for?"), purpose_words(State.purpose)),
                (t("How to address you"), State.name),
                (t("SMS to"), State.phone),
                (t("Bring along"), bring_words(State.purpose)),
            ]
        ),
        puzzle_form(
            shown_for(State),
            *[
                rx.el.input(type="hidden", name=name, value=value, read_only=True)
                for name, value in (
                    ("time", State.time),
                    ("purpose", State.purpose),
                    ("name", State.name),
                    ("phone", State.phone),
                )
            ],
            refusal(pick(State.refusal)),
            form_actions(
                button(t("Book"), type="submit", icon="calendar-check"),
                button(t("Change"), variant="quiet", on_click=State.change),
            ),
            rx.el.p(
                t("We use what you write here only for this visit, and forget it in 90 days."),
                " ",
                text_link(t("Personal data"), href=routes.PRIVACY),
                class_name="muted",
            ),
            challenge=State.challenge,
            tries=State.tries,
            on_submit=State.book,
            wait=t("Checking that you are not a robot. This takes a few seconds, then your visit is booked by itself."),
            id="visit-check",
        ),
        class_name="stack",
    )


def nothing() -> rx.Component:
    """No place that takes visits has this address."""
    return card(
        notice(
            t("Visits are booked at service centres that check documents. Choose one on the map."),
            kind="info",
            action=link_button(t("Service centres on the map"), href=CENTRES, icon="map-pin"),
        )
    )
