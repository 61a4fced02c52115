"""One store: address, hours of the week, services, phone, the way there (J1)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    card,
    empty_state,
    icon,
    link,
    link_button,
    loading,
    notice,
    page_title,
    section,
    skeleton,
)
from mykyivstar.components.links import text_link
from mykyivstar.i18n import pick, t
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.at_address import ready_at
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.pages.stores.hours import week_table
from mykyivstar.pages.stores.map import store_map
from mykyivstar.pages.stores.words import kind_words, service_words, standing_badge
from mykyivstar.state.stores.map import StoresState
from mykyivstar.state.stores.store import StoreState as State

_STORE = State.store


@app_page(routes.STORE, title=t("Store"), shell="open", on_load=[StoresState.load, State.load])
def store() -> rx.Component:
    back = link(t("All stores"), href=routes.STORES, class_name="back-link")
    return rx.cond(
        ready_at(State),
        rx.cond(
            _STORE,
            rx.el.div(
                page_title(pick(_STORE.name), lead=_lead(), back=back),
                rx.el.div(
                    rx.el.div(_place(), _hours(), class_name="stack"),
                    rx.el.div(store_map(State.shown, State.focus, StoresState.ground), _services(), class_name="stack"),
                    class_name="home-columns",
                ),
                class_name="stack",
            ),
            rx.el.div(page_title(t("Store"), back=back), card(_unknown()), class_name="stack"),
        ),
        rx.el.div(page_title(t("Store"), back=back), waiting_for(_on_its_way(), State.load), class_name="stack"),
    )


def _lead() -> rx.Component:
    return rx.fragment(kind_words(_STORE.kind), " · ", pick(_STORE.city), ", ", pick(_STORE.address))


def _place() -> rx.Component:
    return card(
        rx.el.div(
            rx.el.p(standing_badge(_STORE.standing)),
            rx.cond(_STORE.standing.comment, rx.el.p(_STORE.standing.comment)),
            rx.cond(pick(_STORE.note) != "", notice(pick(_STORE.note), kind="info")),
            rx.cond(_STORE.phone != "", rx.el.p(t("Phone:"), " ", _phone())),
            rx.el.div(
                rx.cond(_STORE.booking != "", link_button(t("Book a visit"), href=_STORE.booking, icon="calendar")),
                link_button(
                    t("Route in the phone's maps"),
                    href=_STORE.geo,
                    document=True,
                    variant="quiet",
                    icon="navigation",
                ),
                link_button(t("Route on the web"), href=_STORE.route, document=True, variant="quiet", icon="route"),
                class_name="row-actions",
            ),
            class_name="stack",
        )
    )


def _phone() -> rx.Component:
    return text_link(_STORE.phone, href="tel:" + _STORE.phone.replace(" ", ""), document=True)


def _hours() -> rx.Component:
    return card(
        section(
            rx.cond(
                _STORE.week.length() > 0,
                week_table(_STORE.week),
                rx.el.p(t("The hours are not known: call before you go."), class_name="muted"),
            ),
            title=t("Opening hours"),
        )
    )


def _services() -> rx.Component:
    return card(
        section(
            rx.cond(
                _STORE.services.length() > 0,
                rx.el.ul(
                    rx.foreach(
                        _STORE.services,
                        lambda code: rx.el.li(icon("check", size=18), service_words(code), class_name="flex gap-2"),
                    ),
                    class_name="grid gap-2 sm:grid-cols-2",
                ),
                rx.el.p(t("Nothing is done here now."), class_name="muted"),
            ),
            title=t("What is done here"),
        )
    )


def _unknown() -> rx.Component:
    return empty_state(
        t("There is no such store"),
        text=t("It may have moved or closed."),
        icon_name="map-pin-off",
        action=link_button(t("All stores"), href=routes.STORES),
    )


def _on_its_way() -> rx.Component:
    return loading(card(skeleton("line"), *[skeleton("block") for _ in range(4)]))
