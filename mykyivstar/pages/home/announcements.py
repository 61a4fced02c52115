"""Offers that fit the line in hand, and news (C3)."""

import reflex as rx

from mykyivstar.components import card, section
from mykyivstar.i18n import pick, t
from mykyivstar.state.home.state import HomeState
from mykyivstar.state.home.views import NoticeView


def announcements() -> rx.Component:
    """Two short lists; an empty one is not shown."""
    return rx.el.div(
        _list(t("Offers for you"), HomeState.offers, "offer"),
        _list(t("News"), HomeState.news, "news"),
        class_name="home-columns",
    )


def _list(title: rx.Var, notices: rx.Var, test_id: str) -> rx.Component:
    return rx.cond(
        notices.length() > 0,
        section(
            rx.el.ul(rx.foreach(notices, lambda notice: _notice(notice, test_id)), class_name="stack"),
            title=title,
        ),
    )


def _notice(notice: rx.Var[NoticeView], test_id: str) -> rx.Component:
    return rx.el.li(
        card(
            rx.el.h3(pick(notice.title), class_name="notice-title"),
            rx.el.p(pick(notice.body), class_name="muted"),
            tone="soft",
        ),
        data_testid=test_id,
    )
