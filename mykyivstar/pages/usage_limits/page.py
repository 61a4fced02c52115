"""Limits of money and data a month, and mobile data paused and resumed (N5)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    badge,
    button,
    card,
    dialog,
    empty_state,
    flash,
    link_button,
    loading,
    notice,
    page_title,
    refusal,
    section,
    skeleton,
)
from mykyivstar.i18n import moment, phone, pick, t
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.at_address import standing_at
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.pages.usage_limits.limit import data_limit, money_limit
from mykyivstar.state.usage_limits.state import LimitsState as State


@app_page(routes.LIMITS, title=t("Limits and pause"), on_load=[State.load])
def limits() -> rx.Component:
    return rx.el.div(
        page_title(
            t("Limits and pause"),
            lead=t("We write to you at 80 and at 100 percent of a limit, once a month each."),
        ),
        rx.match(
            standing_at(State),
            ("ready", _ready()),
            ("none", card(_none())),
            waiting_for(_on_its_way(), State.load),
        ),
        class_name="narrow",
    )


def _ready() -> rx.Component:
    return rx.el.div(
        rx.cond(State.may_set, rx.fragment(), _only_looking()),
        refusal(pick(State.refusal), class_name="refusal-late"),
        card(_pause(), data_testid="pause"),
        card(data_limit(), data_testid="limit-data"),
        card(money_limit(), data_testid="limit-money"),
        _really(),
        flash(t("The limit is saved."), stamp=State.saved),
        class_name="stack",
    )


def _only_looking() -> rx.Component:
    return notice(t("You may look at this number. Only its owner sets its limits and pauses its data."))


def _pause() -> rx.Component:
    return section(
        rx.cond(State.is_paused, _paused(), rx.el.p(t("Mobile data works as usual."), class_name="muted")),
        rx.cond(State.may_set, rx.el.div(rx.cond(State.is_paused, _resume(), _ask()))),
        title=t("Mobile data of {number}", number=phone(State.number)),
        action=rx.cond(
            State.is_paused,
            badge(t("Paused"), tone="warning", icon_name="pause"),
            badge(t("On"), tone="good", icon_name="circle-check"),
        ),
    )


def _paused() -> rx.Component:
    return rx.el.p(
        rx.cond(
            State.paused_by == "limit",
            t("Paused because a limit is reached, until {moment}.", moment=moment(State.paused_until)),
            t("Paused by its owner until it is resumed."),
        ),
        " ",
        t("What goes through all the same is not charged."),
    )


def _ask() -> rx.Component:
    return button(
        t("Pause mobile data"), icon="pause", variant="quiet", on_click=State.ask_pause, data_testid="ask-pause"
    )


def _resume() -> rx.Component:
    return button(t("Resume mobile data"), icon="play", on_click=State.resume(State.key), data_testid="resume")


def _really() -> rx.Component:
    return dialog(
        "pause-data",
        t("Pause mobile data?"),
        rx.el.p(
            t("There will be no internet without Wi-Fi, at home and abroad, until you resume it. Calls and SMS go on.")
        ),
        actions=rx.fragment(
            button(t("Pause"), on_click=State.pause(State.key), data_testid="pause-data"),
            button(t("Cancel"), variant="quiet", on_click=State.think_again),
        ),
        open=State.is_asking,
        on_close=State.think_again,
    )


def _none() -> rx.Component:
    return empty_state(
        t("Limits are of mobile numbers"),
        text=t("Choose above a mobile number that you own or may look at."),
        icon_name="smartphone",
        action=link_button(t("My numbers"), href=routes.LINES, variant="quiet"),
    )


def _on_its_way() -> rx.Component:
    return loading(
        *[card(skeleton("line"), skeleton("block"), skeleton("button")) for _ in range(3)], class_name="stack"
    )
