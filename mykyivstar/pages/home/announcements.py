"""Offers that fit the line in hand, and news (C3): titles that unfold, so that they do not shout."""

import reflex as rx

from mykyivstar.components import icon, section
from mykyivstar.i18n import pick, t
from mykyivstar.state.home.rows import NoticeView
from mykyivstar.state.home.state import HomeState


def announcements() -> rx.Component:
    """Two short lists; an empty one is not shown."""
    return rx.el.div(
        _list(t("Offers for you"), HomeState.offers, "offer"),
        _list(t("News"), HomeState.news, "news"),
        class_name="home-halves",
    )


def _list(title: rx.Var, notices: rx.Var, test_id: str) -> rx.Component:
    return rx.cond(
        notices.length() > 0,
        section(
            rx.el.div(rx.foreach(notices, lambda notice: _notice(notice, test_id)), class_name="folds"),
            title=title,
        ),
    )


def _notice(notice: rx.Var[NoticeView], test_id: str) -> rx.Component:
    return rx.el.details(
        rx.el.summary(rx.el.span(pick(notice.title)), icon("chevron-down", class_name="fold-arrow")),
        rx.el.div(pick(notice.body), class_name="fold-body"),
        class_name="fold",
        data_testid=test_id,
    )
