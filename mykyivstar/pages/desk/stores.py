"""Stores at the desk: found by code, city, address or name, closed ones too (K6)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    badge,
    card,
    empty_state,
    link_button,
    loading,
    page_title,
    row,
    rows,
    skeleton,
)
from mykyivstar.i18n import pick, t
from mykyivstar.pages.desk.frame import column
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.pages.stores.search_form import search_form
from mykyivstar.state.desk.session import DeskState
from mykyivstar.state.desk.stores import DeskStoreRow
from mykyivstar.state.desk.stores import DeskStoresState as State


@app_page(routes.DESK_STORES, title=t("Stores"), shell="desk", on_load=[State.load])
def desk_stores() -> rx.Component:
    return column(
        page_title(
            t("Stores"),
            lead=rx.cond(
                DeskState.is_lead,
                t("Customers see what you change here at once, on the map within a minute."),
                t("Shift leads change stores; everybody at the desk looks them up."),
            ),
        ),
        _search(),
        rx.cond(
            State.ready,
            card(
                rx.cond(
                    State.stores.length() > 0,
                    rx.fragment(
                        rx.el.p(t("Found: {total}", total=State.total), class_name="muted", role="status"),
                        rows(rx.foreach(State.stores, _line), label=t("Stores")),
                        rx.cond(
                            State.total > State.stores.length(),
                            rx.el.p(
                                t("The first {count} are shown. Type more words.", count=State.stores.length()),
                                class_name="muted",
                            ),
                        ),
                    ),
                    _nothing(),
                )
            ),
            waiting_for(card(loading(skeleton("line"), skeleton("block"), skeleton("block"))), State.load),
        ),
    )


def _search() -> rx.Component:
    return rx.el.div(
        search_form(t("Code, city, street or name"), value=State.text, on_submit=State.search, id="find-desk-store"),
        rx.cond(
            DeskState.is_lead,
            rx.el.div(link_button(t("New store"), href=routes.DESK_NEW_STORE, variant="quiet", icon="plus")),
        ),
        class_name="stack-tight",
    )


def _line(store: rx.Var[DeskStoreRow]) -> rx.Component:
    return row(
        pick(store.name),
        about=rx.fragment(store.code, " · ", pick(store.city), ", ", pick(store.address)),
        value=rx.cond(
            store.is_closed,
            badge(t("Closed for good"), tone="neutral"),
            rx.cond(store.has_hours, "", badge(t("No readable hours"), tone="warning", icon_name="triangle-alert")),
        ),
        href=store.href,
        key=store.code,
        data_testid="desk-store",
    )


def _nothing() -> rx.Component:
    return rx.cond(
        State.text != "",
        empty_state(
            t("No store has all of these words"),
            text=t("Try fewer words, or a part of the code."),
            icon_name="map-pin-off",
            action=link_button(t("All stores"), href=routes.DESK_STORES),
        ),
        empty_state(
            t("There are no stores yet"),
            text=t("They come with an import, or one by one from here."),
            icon_name="map-pin-off",
        ),
    )
