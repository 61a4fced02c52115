"""A visit that was booked: place, time, what to bring; moved and cancelled here (A8)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    button,
    card,
    dialog,
    empty_state,
    facts,
    flash,
    form,
    form_actions,
    link_button,
    loading,
    notice,
    page_title,
    refusal,
    section,
    skeleton,
    text_link,
)
from mykyivstar.i18n import moment, pick, t
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.at_address import shown_for, standing_at
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.pages.visits.times import time_choice
from mykyivstar.pages.visits.words import bring_words, purpose_words, visit_badge
from mykyivstar.state.visits.visit import OwnVisitState as State

_VISIT = State.visit


@app_page(routes.VISIT, title=t("Your visit"), shell="open", on_load=[State.load])
def visit() -> rx.Component:
    standing = standing_at(State)
    return rx.el.div(
        page_title(rx.cond(standing == "ready", t("Your visit {number}", number=_VISIT.number), t("Your visit"))),
        rx.el.div(
            rx.match(
                standing,
                ("ready", content()),
                ("nothing", nothing()),
                waiting_for(card(loading(skeleton("line"), skeleton("block"))), State.load),
            ),
            class_name="stack",
        ),
        flash(t("Saved"), stamp=State.done),
        class_name="narrow",
    )


def content() -> rx.Component:
    """Everything of it."""
    return rx.fragment(
        card(
            rx.el.div(
                rx.el.p(moment(_VISIT.starts_at), class_name="section-title"),
                rx.el.div(visit_badge(_VISIT.state, is_open=_VISIT.is_open), role="status"),
                class_name="section-head",
            ),
            facts(
                [
                    (
                        t("Where"),
                        rx.fragment(
                            text_link(pick(_VISIT.place.name), href=_VISIT.place.href),
                            rx.el.br(),
                            pick(_VISIT.place.city),
                            ", ",
                            pick(_VISIT.place.address),
                        ),
                    ),
                    (t("What for?"), purpose_words(_VISIT.purpose)),
                    (t("Bring along"), bring_words(_VISIT.purpose)),
                    (t("How to address you"), _VISIT.name),
                    (t("SMS to"), _VISIT.phone),
                ]
            ),
            rx.cond(
                _VISIT.is_called_off,
                notice(
                    t("The centre is closed at this time, so this visit cannot take place. We are sorry."),
                    kind="warning",
                    role="status",
                ),
            ),
            refusal(pick(State.refusal), class_name="refusal-late"),
            rx.cond(_VISIT.is_open, rx.cond(State.is_moving, rx.fragment(), _changes()), _again()),
            class_name="stack",
        ),
        rx.cond(_VISIT.is_open & State.is_moving, moving()),
        rx.cond(
            _VISIT.is_open,
            notice(
                t("We have sent you an SMS with the address of this page. Whoever has it can change the visit."),
                kind="info",
            ),
        ),
        sure(),
    )


def _changes() -> rx.Component:
    return rx.el.div(
        button(t("Choose another time"), variant="quiet", icon="calendar-clock", on_click=State.ask_move),
        button(t("Cancel the visit"), variant="quiet", icon="x", on_click=State.ask_cancel),
        class_name="row-actions",
    )


def _again() -> rx.Component:
    return rx.el.div(link_button(t("Book another visit"), href=_VISIT.again, icon="calendar"))


def moving() -> rx.Component:
    """When instead?"""
    return card(
        section(
            form(
                shown_for(State),
                time_choice(State),
                form_actions(
                    button(t("Come then"), type="submit", busy=State.busy),
                    button(t("Leave it as it is"), variant="quiet", on_click=State.put_away),
                ),
                on_submit=State.move,
                busy=State.busy,
                id="move-form",
            ),
            title=t("Choose another time"),
        )
    )


def sure() -> rx.Component:
    """Really?"""
    return dialog(
        "cancel-visit",
        t("Cancel the visit?"),
        description=t("Somebody else can have your time then. You can book another visit whenever you like."),
        actions=rx.fragment(
            button(t("Cancel the visit"), variant="danger", busy=State.busy, on_click=State.cancel(State.shown_for)),
            button(t("Leave it as it is"), variant="quiet", on_click=State.put_away),
        ),
        open=State.is_cancelling,
        on_close=State.put_away,
    )


def nothing() -> rx.Component:
    """No visit has this address."""
    return card(
        empty_state(
            t("There is no visit at this address"),
            text=t("Look whether the address is whole: it ends with sixteen letters and digits."),
            icon_name="calendar",
            action=link_button(t("Service centres on the map"), href=routes.STORES, icon="map-pin"),
        )
    )
