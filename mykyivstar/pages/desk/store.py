"""One store at the desk: hours, different days, services, history, and its form (K6)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    badge,
    button,
    card,
    empty_state,
    facts,
    flash,
    link_button,
    loading,
    notice,
    page_title,
    refusal,
    section,
    skeleton,
    text_link,
)
from mykyivstar.i18n import pick, t
from mykyivstar.pages.desk.asking import question
from mykyivstar.pages.desk.frame import column
from mykyivstar.pages.desk.store_days import different_days
from mykyivstar.pages.desk.store_form import store_form
from mykyivstar.pages.desk.store_words import history_list
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.at_address import standing_at
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.pages.stores.hours import week_table
from mykyivstar.pages.stores.words import kind_words, service_words, standing_badge
from mykyivstar.state.desk.session import DeskState
from mykyivstar.state.desk.store import DeskStoreState as State
from mykyivstar.state.stores.store import DayRow

_STORE = State.store


@app_page(routes.DESK_STORE, title=t("Store"), shell="desk", on_load=[State.load])
def desk_store() -> rx.Component:
    standing = standing_at(State)
    return column(
        page_title(
            rx.cond(standing == "ready", pick(_STORE.name), t("Store")),
            lead=rx.cond(
                standing == "ready", rx.fragment(_STORE.code, " · ", pick(_STORE.city), ", ", pick(_STORE.address))
            ),
            back=text_link(t("Stores"), href=routes.DESK_STORES),
        ),
        rx.match(
            standing,
            ("ready", rx.cond(State.is_changing, store_form(is_new=False), _content())),
            ("nothing", card(_nothing())),
            waiting_for(card(loading(skeleton("line"), skeleton("block"), skeleton("block"))), State.load),
        ),
        rx.cond(standing == "ready", _close_question()),
        flash(t("Saved"), stamp=State.done),
        is_wide=(standing == "ready") & State.is_changing,
    )


def _content() -> rx.Component:
    return rx.fragment(
        rx.cond(State.refusal, refusal(pick(State.refusal))),
        _about(),
        _hours(),
        card(section(_services(), title=t("Services"))),
        card(
            section(
                rx.cond(
                    State.history.length() > 0,
                    history_list(State.history),
                    rx.el.p(t("The desk has changed nothing here yet."), class_name="muted"),
                ),
                title=t("History"),
            )
        ),
    )


def _about() -> rx.Component:
    return card(
        rx.cond(
            _STORE.is_closed,
            notice(t("Closed for good: customers do not see it any more."), kind="warning"),
            rx.el.p(standing_badge(_STORE.hours.standing)),
        ),
        facts(
            [
                (t("Kind"), kind_words(_STORE.kind)),
                (t("Phone"), rx.cond(_STORE.phone == "", "—", _STORE.phone)),
                (t("Latitude, longitude"), _STORE.coordinates),
                (t("Note"), rx.cond(pick(_STORE.note) == "", "—", pick(_STORE.note))),
                (
                    t("Imports"),
                    rx.cond(_STORE.is_kept, t("leave what the desk has changed"), t("may change everything")),
                ),
            ]
        ),
        rx.el.div(
            rx.cond(DeskState.is_lead, _actions()),
            rx.cond(
                ~_STORE.is_closed,
                link_button(
                    t("As customers see it"), href=_STORE.public, variant="quiet", size="small", icon="map-pin"
                ),
            ),
            class_name="chat-stars",
        ),
        class_name="stack",
    )


def _actions() -> rx.Component:
    return rx.fragment(
        button(t("Change"), size="small", icon="pencil", on_click=State.change),
        rx.cond(
            _STORE.is_kept,
            button(
                t("Let imports change it"),
                variant="quiet",
                size="small",
                icon="refresh-cw",
                on_click=State.let_imports_change(State.shown_for),
            ),
        ),
        rx.cond(
            _STORE.is_closed,
            button(
                t("Open again"),
                variant="quiet",
                size="small",
                icon="rotate-ccw",
                on_click=State.open_again(State.shown_for),
            ),
            button(t("Close for good"), variant="quiet", size="small", icon="x", on_click=State.ask_close),
        ),
    )


def _hours() -> rx.Component:
    return card(
        section(
            rx.cond(
                _STORE.hours.week.length() > 0,
                week_table(_STORE.hours.week.to(list[DayRow])),
                rx.el.p(
                    badge(t("No readable hours"), tone="warning", icon_name="triangle-alert"),
                ),
            ),
            rx.cond(_STORE.hours.text != "", rx.el.p(rx.el.code(_STORE.hours.text), class_name="muted break-words")),
            title=t("Opening hours"),
        ),
        different_days(),
        class_name="stack",
    )


def _services() -> rx.Component:
    return rx.cond(
        _STORE.services.length() > 0,
        rx.el.p(
            rx.foreach(_STORE.services.to(list[str]), lambda code: badge(service_words(code))),
            class_name="chat-stars",
        ),
        rx.el.p(t("Nothing is done here now."), class_name="muted"),
    )


def _close_question() -> rx.Component:
    return question(
        "close-store",
        t("Close the store for good?"),
        button(t("Close for good"), variant="danger", on_click=State.close(State.shown_for)),
        state=State,
        description=t(
            "It leaves the map at once, and in ten minutes whoever has booked a visit here is told. "
            "For a day or two, add days that are different instead."
        ),
        open=State.is_asking,
    )


def _nothing() -> rx.Component:
    return empty_state(
        t("There is no such store"),
        text=t("Its code may be another one. Look for it by city or street."),
        icon_name="map-pin-off",
        action=link_button(t("Stores"), href=routes.DESK_STORES, icon="map-pin"),
    )
