"""The network on a map of the country, with the same in words beside it (H6)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    badge,
    button,
    card,
    empty_state,
    icon,
    loading,
    notice,
    page_title,
    section,
    skeleton,
    text_link,
)
from mykyivstar.components.store_map import OutageMap
from mykyivstar.i18n import pick, t, tn
from mykyivstar.pages.faults.words import day_and_time, from_to
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.state.faults.network import CityRow, TroubleRow
from mykyivstar.state.faults.network import NetworkMapState as State

# Where the map's points come from (api/network.py).
POINTS = "/api/network/points.json"


@app_page(routes.INTERNET_NETWORK, title=t("Outages and works on the map"), on_load=[State.load])
def internet_network() -> rx.Component:
    return rx.el.div(
        page_title(
            t("Outages and works on the map"),
            lead=t("What does not work now, and what is planned for two weeks."),
            back=text_link(t("Internet does not work"), href=routes.INTERNET_FAULT),
        ),
        rx.cond(
            State.ready,
            rx.el.div(_map(), _list(), class_name="home-columns"),
            waiting_for(_on_its_way(), State.load),
        ),
        class_name="stack",
    )


def _map() -> rx.Component:
    labels = {
        "map": t("Map of outages and works"),
        "zoomIn": t("Nearer"),
        "zoomOut": t("Farther"),
        "close": t("Close"),
        "home": t("Your city"),
        "outage": t("Outage"),
        "works": t("Planned works"),
        "failed": t("The map could not be loaded. The list says the same."),
    }
    return rx.el.div(
        OutageMap.create(
            points=f"{POINTS}?v=" + State.version,
            focus=State.focus,
            home=State.own_point,
            ground=State.ground,
            labels=rx.Var.create(labels),
            class_name="store-map outage-map h-[45vh] sm:h-[min(70vh,34rem)] min-h-72 overflow-hidden rounded-card"
            " border border-line isolate",
        ),
        rx.el.ul(
            _sign("triangle-alert", "map-outage", t("Outage")),
            _sign("wrench", "map-works", t("Planned works")),
            rx.cond(State.own_point.length() > 0, _sign("house", "map-home", t("Your city"))),
            aria_label=t("What the signs mean"),
            class_name="flex flex-wrap gap-x-5 gap-y-2",
        ),
        class_name="stack-tight",
    )


def _sign(drawn: str, kind: str, words: rx.Var) -> rx.Component:
    return rx.el.li(
        rx.el.span(icon(drawn, size=16), class_name=f"map-sign {kind}"), words, class_name="flex items-center gap-2"
    )


def _list() -> rx.Component:
    return card(
        section(
            rx.cond(
                State.is_own_quiet,
                notice(t("{city}: no outages, and no works are planned.", city=pick(State.own_name)), kind="good"),
            ),
            rx.cond(
                State.rows.length() > 0,
                rx.fragment(
                    rx.el.ul(rx.foreach(State.rows, _city), class_name="rows"),
                    rx.cond(
                        State.has_more,
                        button(t("Show more"), variant="quiet", full_width=True, on_click=State.show_all),
                    ),
                ),
                empty_state(
                    t("The network works everywhere"),
                    text=t("There are no outages, and no works are planned for two weeks."),
                    icon_name="circle-check",
                ),
            ),
            title=t("By city"),
        ),
    )


def _city(city: rx.Var[CityRow]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.h3(pick(city.name), class_name="row-title"),
                rx.cond(city.is_own, badge(t("Your city"), tone="brand", icon_name="house")),
                class_name="flex flex-wrap items-center gap-2",
            ),
            rx.el.ul(rx.foreach(city.troubles, _trouble), class_name="grid gap-3 mt-1"),
            rx.cond(
                city.more > 0, rx.el.p(tn("and one more", "and {count} more", count=city.more), class_name="muted")
            ),
            rx.cond(~city.is_on_map, rx.el.p(t("This place is not on the map."), class_name="muted")),
            class_name="row-main",
        ),
        rx.cond(
            city.is_on_map,
            rx.el.button(
                icon("map-pin", size=20),
                type="button",
                aria_label=t("{name}: show on the map", name=pick(city.name)),
                title=t("Show on the map"),
                class_name="icon-button",
                custom_attrs={"data-show-place": city.key},
            ),
        ),
        class_name="row items-start gap-2 py-3",
        custom_attrs={"data-place": city.key, "data-testid": "city"},
    )


def _trouble(trouble: rx.Var[TroubleRow]) -> rx.Component:
    return rx.el.li(
        rx.el.p(
            rx.cond(
                trouble.kind == "works",
                badge(t("Planned works"), tone="neutral", icon_name="wrench"),
                badge(t("Outage"), tone="danger", icon_name="triangle-alert"),
            ),
            rx.cond(trouble.is_now & (trouble.kind == "works"), badge(t("now"), tone="warning")),
            class_name="flex flex-wrap gap-2",
        ),
        rx.el.p(_where(trouble)),
        rx.el.p(_when(trouble), class_name="muted"),
        rx.cond(pick(trouble.reason) != "", rx.el.p(pick(trouble.reason), class_name="muted")),
    )


def _where(trouble: rx.Var[TroubleRow]) -> rx.Var:
    return rx.cond(
        trouble.more_streets > 0,
        tn(
            "{streets} and one more street",
            "{streets} and {count} more streets",
            count=trouble.more_streets,
            streets=trouble.streets,
        ),
        rx.cond(trouble.streets == "", t("the whole city"), trouble.streets),
    )


def _when(trouble: rx.Var[TroubleRow]) -> rx.Var:
    start, end = day_and_time(trouble.starts_at), day_and_time(trouble.expected_at)
    return rx.cond(
        trouble.expected_at == "",
        t("since {at}; we do not know yet until when", at=start),
        rx.cond(
            ~trouble.is_now,
            from_to(trouble.starts_at, trouble.expected_at),
            rx.cond(
                trouble.is_late,
                t("since {start}; was to end {end}, we are still working on it", start=start, end=end),
                t("since {start}, expected until {end}", start=start, end=end),
            ),
        ),
    )


def _on_its_way() -> rx.Component:
    return loading(
        rx.el.div(
            card(skeleton("block"), class_name="h-[min(70vh,34rem)]"),
            card(skeleton("line"), *[skeleton("block") for _ in range(4)]),
            class_name="home-columns",
        )
    )
