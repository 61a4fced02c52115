"""Notices in the app, the newest first (M5)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    badge,
    card,
    empty_state,
    icon,
    link_button,
    loading,
    page_title,
    row,
    rows,
    skeleton,
)
from mykyivstar.i18n import moment, pick, t
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.pages.notices.words import TOPICS
from mykyivstar.state.notices.list import NoticeRow
from mykyivstar.state.notices.list import NoticesState as State


@app_page(routes.NOTIFICATIONS, title=t("Notifications"), on_load=[State.load])
def notices() -> rx.Component:
    return rx.el.div(
        page_title(t("Notifications")),
        rx.el.div(
            rx.cond(
                State.ready,
                rx.cond(
                    State.notices.length() > 0,
                    card(rows(rx.foreach(State.notices, _notice), label=t("Notifications"))),
                    card(
                        empty_state(
                            t("Nothing has happened yet"),
                            text=t("Top-ups, charges, works at your address and answers will be listed here."),
                            icon_name="bell",
                        )
                    ),
                ),
                waiting_for(card(loading(*[skeleton("block") for _ in range(4)])), State.load),
            ),
            rx.el.div(
                link_button(
                    t("Choose how we tell you"), href=routes.PROFILE_NOTIFICATIONS, variant="quiet", icon="settings-2"
                ),
                class_name="row-actions",
            ),
            class_name="stack",
        ),
        class_name="narrow",
    )


def _notice(notice: rx.Var[NoticeRow]) -> rx.Component:
    return row(
        pick(notice.text),
        about=rx.fragment(
            rx.cond(notice.is_new, rx.fragment(badge(t("New"), tone="brand"), " ")),
            moment(notice.at),
        ),
        leading=rx.el.span(
            rx.match(
                notice.topic,
                *[(topic, icon(sign, size=22)) for topic, (_, _, sign) in TOPICS.items()],
                icon("bell", size=22),
            ),
            class_name="row-icon",
        ),
        href=notice.href,
        key=notice.id,
        data_testid="notice",
    )
