"""Stores on a map, with the same in a list beside it (J1, J2)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    button,
    card,
    empty_state,
    icon,
    link,
    link_button,
    loading,
    notice,
    page_title,
    rows,
    section,
    skeleton,
    text_link,
)
from mykyivstar.components.store_map import HereButton, StoreMap
from mykyivstar.i18n import language, number, pick, t, tn
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.pages.stores.search_form import search_form
from mykyivstar.pages.stores.words import KINDS, service_words, standing_badge
from mykyivstar.state.stores.map import StoresState as State
from mykyivstar.state.stores.rows import FilterRow, StoreRow

# Where the map's points come from, and where files and the plain list are (api/stores.py).
POINTS = "/api/stores/points.json"
_FILES = "/api/stores/stores"
_PLAIN = "/stores-list"


@app_page(
    routes.STORES,
    title=t("Stores and service centres"),
    shell="open",
    on_load=[State.load],
    description=t("Kyivstar stores on a map: the nearest, open now, by service."),
    in_sitemap=True,
)
def stores() -> rx.Component:
    return rx.el.div(
        page_title(t("Stores and service centres")),
        rx.el.noscript(rx.el.p(text_link(t("The list of stores, without scripts"), href=_PLAIN, document=True))),
        rx.el.div(_search(), _filters(), class_name="stack-tight"),
        rx.cond(
            State.ready,
            rx.el.div(_map(), _list(), class_name="home-columns"),
            waiting_for(_on_its_way(), State.load),
        ),
        class_name="stack",
    )


def _search() -> rx.Component:
    return rx.el.div(
        search_form(
            t("City, street or name"),
            value=State.text,
            on_submit=State.search,
            id="find-store",
            placeholder=t("Kyiv"),
        ),
        rx.el.div(
            HereButton.create(
                icon("locate-fixed", size=18),
                rx.el.span(t("Nearest to me")),
                on_found=State.here,
                on_failed=State.nowhere,
                class_name="btn btn-quiet btn-small",
            ),
            rx.cond(State.is_near, link(t("Do not count from me"), href=State.anywhere, class_name="text-link")),
            class_name="row-actions",
        ),
        rx.cond(State.place_failure != "", notice(_place_failure(), kind="warning", role="alert")),
        class_name="stack-tight",
    )


def _place_failure() -> rx.Var:
    return rx.match(
        State.place_failure,
        ("refused", t("The browser may not tell where you are. Type a city or a street instead.")),
        ("slow", t("The device did not find out where it is. Try again by a window, or type a city.")),
        t("This device does not know where it is. Type a city or a street instead."),
    )


def _filters() -> rx.Component:
    return rx.el.div(
        rx.el.nav(
            rx.foreach(State.kinds, lambda row: _chip(row, rx.match(row.value, *KINDS.items(), ""))),
            rx.cond(State.open_now, _chip(State.open_now, t("Open now"))),
            aria_label=t("Which places"),
            class_name="chips",
        ),
        rx.el.nav(
            rx.foreach(State.services, lambda row: _chip(row, service_words(row.value))),
            aria_label=t("What is done there"),
            class_name="chips",
        ),
        class_name="grid gap-2",
    )


def _chip(row: rx.Var[FilterRow], words: rx.Var) -> rx.Component:
    return link(words, href=row.href, aria_current=rx.cond(row.chosen, "true", "false"), class_name="chip")


def _map() -> rx.Component:
    return rx.el.div(
        store_map(State.shown, State.focus, State.ground),
        rx.el.p(
            t("Download what is shown:"),
            " ",
            *[part for ending in ("PDF", "GeoJSON", "KML", "CSV") for part in (_file(ending), " ")],
            class_name="muted mt-2",
        ),
        class_name="stack-tight",
    )


def store_map(shown: rx.Var, focus: rx.Var, ground: rx.Var) -> rx.Component:
    """The map, in the words of the current language."""
    labels = {
        "map": t("Map of stores"),
        "zoomIn": t("Nearer"),
        "zoomOut": t("Farther"),
        "close": t("Close"),
        "open": t("Hours and services"),
    }
    return StoreMap.create(
        points=POINTS,
        shown=shown,
        focus=focus,
        ground=ground,
        labels=rx.Var.create(labels),
        class_name="store-map h-[45vh] sm:h-[min(70vh,34rem)] min-h-72 overflow-hidden rounded-card border border-line"
        " isolate",
    )


def _file(ending: str) -> rx.Component:
    href = f"{_FILES}.{ending.lower()}?lang=" + language + "&" + State.download
    return text_link(ending, href=href, document=True, download=True)


def _list() -> rx.Component:
    return card(
        section(
            rx.cond(
                State.rows.length() > 0,
                rx.fragment(
                    rows(rx.foreach(State.rows, _store)),
                    rx.cond(
                        State.has_more,
                        button(t("Show more"), variant="quiet", full_width=True, on_click=State.show_more),
                    ),
                ),
                _nothing(),
            ),
            title=rx.cond(
                State.city.length() > 0,
                t("Nearest to {city}", city=pick(State.city)),
                rx.cond(State.is_near, t("Nearest to you"), t("All places")),
            ),
            action=rx.el.span(
                tn("{count} place", "{count} places", count=State.total), class_name="muted", role="status"
            ),
        ),
    )


def _store(store: rx.Var[StoreRow]) -> rx.Component:
    far = t("{distance} km", distance=number(store.distance, maximumFractionDigits=1))
    return rx.el.li(
        link(
            rx.el.span(
                rx.el.span(pick(store.name), class_name="row-title"),
                rx.el.span(pick(store.city), ", ", pick(store.address), class_name="row-about"),
                rx.el.span(
                    standing_badge(store.standing),
                    rx.cond(store.distance.is_none(), rx.fragment(), rx.el.span(far, class_name="tabular ms-2")),
                    class_name="row-about",
                ),
                class_name="row-main",
            ),
            href=store.href,
            class_name="row-body",
        ),
        rx.el.button(
            icon("map-pin", size=20),
            type="button",
            aria_label=t("{name}: show on the map", name=pick(store.name)),
            title=t("Show on the map"),
            class_name="icon-button",
            custom_attrs={"data-show-place": store.id},
        ),
        class_name="row",
        custom_attrs={"data-place": store.id, "data-testid": "store"},
    )


def _nothing() -> rx.Component:
    return empty_state(
        t("Nothing fits"),
        text=t("Take a filter away, or look for another city or street."),
        icon_name="map-pin-off",
        action=rx.cond(State.is_filtered, link_button(t("Show all"), href=routes.STORES, variant="quiet")),
    )


def _on_its_way() -> rx.Component:
    return loading(
        rx.el.div(
            card(skeleton("line"), *[skeleton("block") for _ in range(4)]),
            card(skeleton("block"), class_name="h-[min(70vh,34rem)]"),
            class_name="home-columns",
        )
    )
