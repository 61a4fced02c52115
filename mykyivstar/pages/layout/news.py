"""Marks that something waits to be looked at: a word in the menus, a dot on what has room for no more (M5)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import badge, icon, link
from mykyivstar.i18n import t, tn
from mykyivstar.state.notices.marks import NewsState

_MOST = 99


def bell() -> rx.Component:
    """The way to the notices, in the bar of a wide screen."""
    return link(
        icon("bell", size=22),
        dot(NewsState.unseen > 0, _said()),
        href=routes.NOTIFICATIONS,
        aria_label=rx.cond(NewsState.unseen > 0, _said(), t("Notifications")),
        title=t("Notifications"),
        class_name="icon-btn has-news",
        data_testid="bell",
    )


def dot(is_there: rx.Var[bool], said: rx.Var[str]) -> rx.Component:
    """A red dot at the corner of what `has-news`; screen readers are told what it means."""
    return rx.cond(
        is_there,
        rx.el.span(
            rx.el.span(said, class_name="sr-only"),
            class_name="news-dot",
            data_testid="news-dot",
        ),
    )


def menu_dot() -> rx.Component:
    """On the button of the menu, while the menu itself is not seen."""
    return dot(NewsState.unseen > 0, _said())


def tab_dot(route: str) -> list[rx.Component]:
    """On a destination of the bottom bar."""
    return [dot(NewsState.ticket, t("New answer"))] if route == routes.SUPPORT else []


def menu_mark(route: str) -> list[rx.Component]:
    """At the end of a line of the menu."""
    match route:
        case routes.NOTIFICATIONS:
            count = rx.cond(NewsState.unseen > _MOST, f"{_MOST}+", NewsState.unseen.to_string())
            return [rx.cond(NewsState.unseen > 0, _mark(rx.el.span(count, aria_label=_said())))]
        case routes.SUPPORT:
            return [rx.cond(NewsState.ticket, _mark(t("New answer")))]
        case routes.APPLICATIONS:
            return [rx.cond(NewsState.application, _mark(t("New")))]
        case _:
            return []


def _mark(said: rx.Var[str] | rx.Component) -> rx.Component:
    return rx.el.span(badge(said, tone="danger"), class_name="ml-auto", data_testid="news-mark")


def _said() -> rx.Var[str]:
    return tn("{count} new notification", "{count} new notifications", count=NewsState.unseen)
