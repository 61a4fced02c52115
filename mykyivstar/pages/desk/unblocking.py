"""Unblocking the number of somebody who showed a document (G1)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    button,
    card,
    fact,
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
from mykyivstar.i18n import moment, phone, pick, t
from mykyivstar.pages.desk.card import card_content
from mykyivstar.pages.desk.document import document_seen
from mykyivstar.pages.desk.frame import column
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.at_address import ready_at, shown_for
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.pages.sim.words import reason_words
from mykyivstar.state.desk.unblocking import BlockedRow
from mykyivstar.state.desk.unblocking import DeskUnblockingState as State

_LINE = State.line.to(BlockedRow)


@app_page(routes.DESK_UNBLOCKING, title=t("Unblock a number"), shell="desk", on_load=[State.load])
def desk_unblocking() -> rx.Component:
    return column(
        page_title(
            t("Unblock a number"),
            lead=rx.cond(
                ready_at(State) & (State.visit != ""),
                t("Visit {number}. First the document, then the number.", number=State.visit),
                t("First the document, then the number."),
            ),
            back=text_link(t("Visits"), href=routes.DESK_VISITS),
        ),
        rx.cond(
            ready_at(State),
            rx.cond(
                State.done != "",
                card(_done()),
                rx.cond(State.line, rx.fragment(card(_line()), card(_seen())), card(_asking())),
            ),
            waiting_for(card(loading(skeleton("line"), skeleton("block"))), State.load),
        ),
    )


def _asking() -> rx.Component:
    return form(
        shown_for(State),
        text_field(
            "number",
            t("Blocked mobile number"),
            value=State.number,
            error=pick(State.field_refusals["number"]),
            hint=t("The look at the number is written down."),
            autocomplete="off",
            input_mode="tel",
            max_length=40,
        ),
        refusal(pick(State.refusal)),
        form_actions(button(t("Show the number"), type="submit", icon="search", busy=State.busy)),
        on_submit=State.find,
        busy=State.busy,
        id="unblock-which",
    )


def _line() -> rx.Component:
    return section(
        rx.el.dl(
            fact(t("Number"), phone(_LINE.number)),
            fact(t("Reason"), reason_words(_LINE.reason)),
            rx.cond(_LINE.note != "", fact(t("In the customer's words"), _LINE.note)),
            fact(t("Blocked since"), moment(_LINE.since)),
            fact(t("Owner by the contract"), rx.cond(_LINE.owner != "", _LINE.owner, t("Not known"))),
            class_name="facts",
        ),
        rx.cond(
            _LINE.is_company,
            notice(
                t("This is a company's number: besides the document, see the company's power of attorney."),
                kind="warning",
            ),
        ),
        rx.cond(State.card, card_content(State.card)),
        title=t("Blocked number"),
    )


def _seen() -> rx.Component:
    # The number may have come back, or was blocked anew, while it was on the screen.
    of_number = State.field_refusals["number"]
    return document_seen(
        State,
        State.unblock,
        does=t("Unblock the number"),
        icon="lock-open",
        refused=rx.cond(of_number, pick(of_number), pick(State.refusal)),
        form_id="unblock-seen",
    )


def _done() -> rx.Component:
    return section(
        notice(
            t("All contacts of its owner have been told."),
            kind="good",
            title=t("{number} works again", number=phone(State.done)),
            role="status",
        ),
        form_actions(button(t("Done"), on_click=State.put_away)),
        title=t("Unblocked"),
    )
