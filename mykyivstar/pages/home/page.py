"""Home: what the line in hand has, what comes next, and everything else at a glance."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    card,
    empty_state,
    failed_state,
    link_button,
    loading,
    page_title,
    skeleton,
)
from mykyivstar.i18n import t
from mykyivstar.pages.home.alerts import alerts
from mykyivstar.pages.home.allowances import allowances
from mykyivstar.pages.home.announcements import announcements
from mykyivstar.pages.home.everything import everything
from mykyivstar.pages.home.hero import hero
from mykyivstar.pages.home.internet import internet
from mykyivstar.pages.home.next_charge import next_charge
from mykyivstar.pages.home.notes import notes
from mykyivstar.pages.home.validity import validity
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.line_words import name_of, second_line
from mykyivstar.state.failure import FailureState
from mykyivstar.state.home.state import HomeState


@app_page(routes.HOME, title=t("Home"), on_load=[HomeState.load], fills_bars=True)
def home() -> rx.Component:
    return rx.cond(
        HomeState.ready,
        rx.cond(HomeState.hero, dashboard(), nothing_yet()),
        rx.cond(FailureState.incident, failed(), on_its_way()),
    )


def dashboard() -> rx.Component:
    """One big number first, then what needs doing, then the rest."""
    return rx.el.div(
        page_title(name_of(HomeState.hero), lead=second_line(HomeState.hero)),
        rx.el.div(
            rx.el.div(hero(), alerts(), notes(), next_charge(), allowances(), class_name="stack"),
            rx.el.div(everything(), internet(), validity(), class_name="stack"),
            class_name="home-columns",
        ),
        announcements(),
        class_name="stack home",
    )


def nothing_yet() -> rx.Component:
    """Somebody without a number: what would be here, and how to get it."""
    return rx.el.div(
        page_title(t("Home")),
        card(
            empty_state(
                t("No numbers here yet"),
                text=t("Add your mobile number or home internet, and you will see what they have and what comes next."),
                icon_name="smartphone",
                action=link_button(t("Add a number"), href=routes.LINES, icon="plus"),
            )
        ),
        class_name="stack",
    )


def failed() -> rx.Component:
    """It could not be read."""
    return rx.el.div(
        page_title(t("Home")),
        card(failed_state(FailureState.incident, on_retry=[FailureState.dismiss(), HomeState.load()])),
        class_name="stack",
    )


def on_its_way() -> rx.Component:
    """The same shape without its values."""
    return rx.el.div(
        rx.el.h1(t("Home"), class_name="sr-only", tab_index=-1),
        loading(
            rx.el.div(skeleton("title"), class_name="page-head"),
            rx.el.div(
                rx.el.div(
                    card(skeleton("line"), skeleton("amount"), skeleton("button"), tone="hero"),
                    card(
                        skeleton("line"),
                        rx.el.div(*[skeleton("block") for _ in range(4)], class_name="gauges"),
                        class_name="section",
                    ),
                    class_name="stack",
                ),
                rx.el.div(
                    *[card(skeleton("line"), skeleton("block"), class_name="section") for _ in range(2)],
                    class_name="stack",
                ),
                class_name="home-columns",
            ),
            class_name="stack home",
        ),
    )
