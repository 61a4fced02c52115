"""Giving access to somebody who showed a document (A8)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    button,
    card,
    facts,
    form,
    form_actions,
    loading,
    notice,
    page_title,
    refusal,
    section,
    skeleton,
    text_field,
    text_link,
)
from mykyivstar.i18n import pick, t
from mykyivstar.pages.desk.card import card_content
from mykyivstar.pages.desk.document import document_seen
from mykyivstar.pages.desk.frame import column
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.at_address import ready_at, shown_for
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.state.desk.restoring import DeskRestoringState as State


@app_page(routes.DESK_RESTORING, title=t("Restore access"), shell="desk", on_load=[State.load])
def desk_restoring() -> rx.Component:
    return column(
        page_title(
            t("Restore access"),
            lead=rx.cond(
                ready_at(State) & (State.visit != ""),
                t("Visit {number}. First the document, then the password.", number=State.visit),
                t("First the document, then the password."),
            ),
            back=text_link(t("Visits"), href=routes.DESK_VISITS),
        ),
        rx.cond(
            ready_at(State),
            rx.cond(
                State.given,
                card(given()),
                rx.cond(State.person, rx.fragment(card(who()), card(_seen())), card(asking())),
            ),
            waiting_for(card(loading(skeleton("line"), skeleton("block"))), State.load),
        ),
    )


def asking() -> rx.Component:
    """Who do they say they are?"""
    return form(
        shown_for(State),
        text_field(
            "subject",
            t("Mobile number, home internet account or login"),
            value=State.subject,
            error=pick(State.field_refusals["subject"]),
            hint=t("The look at the card is written down."),
            autocomplete="off",
            max_length=80,
        ),
        refusal(pick(State.refusal)),
        form_actions(button(t("Show the card"), type="submit", icon="id-card", busy=State.busy)),
        on_submit=State.find,
        busy=State.busy,
        id="restore-whom",
    )


def who() -> rx.Component:
    """The card, or the internet account of a first visit."""
    person = State.person
    return section(
        rx.cond(
            State.card,
            card_content(State.card),
            facts(
                [
                    (t("Home internet account"), person.account_number),
                    (t("Address"), person.account_address),
                    (t("Profile"), t("None yet: this is the first visit")),
                ]
            ),
        ),
        title=t("Customer card"),
    )


def _seen() -> rx.Component:
    return document_seen(
        State,
        State.give,
        does=t("Give a temporary password"),
        icon="key-round",
        refused=pick(State.refusal),
        form_id="restore-seen",
    )


def given() -> rx.Component:
    """Shown this once."""
    return section(
        facts([(t("Login"), State.given.login), (t("Temporary password"), rx.el.strong(State.given.password))]),
        notice(
            rx.cond(
                State.given.is_sent,
                t("It has gone to the phone in the contract too, and works for three days, once."),
                t("It is shown only now, works for three days, once. All contacts have been told that it was given."),
            ),
            kind="good",
        ),
        rx.el.p(t("With it the customer signs in by password and sets a new one at once."), class_name="muted"),
        form_actions(button(t("Done"), on_click=State.put_away)),
        title=t("For the customer"),
    )
