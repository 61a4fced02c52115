"""What stands there until a page that was not written at build time has been drawn (addresses with a variable part)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import text_link
from mykyivstar.i18n import t
from mykyivstar.pages.layout.brand import mark


def waiting() -> rx.Component:
    """Our mark, breathing; a way on for browsers in which no page will ever be drawn."""
    return rx.el.main(
        rx.el.title(t("My Kyivstar")),
        rx.el.div(mark(size=64), class_name="waiting-mark"),
        rx.el.p(t("Loading…"), role="status", class_name="sr-only"),
        rx.el.noscript(
            rx.el.h1(t("JavaScript is switched off"), class_name="page-title"),
            rx.el.p(t("This page does not exist or needs JavaScript."), class_name="muted"),
            rx.el.p(text_link(t("To the start"), href=routes.LANDING, document=True)),
        ),
        class_name="waiting",
    )
