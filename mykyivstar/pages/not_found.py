"""There is no such page."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import empty_state, link_button
from mykyivstar.i18n import t
from mykyivstar.pages.layout import app_page


@app_page(routes.NOT_FOUND, title=t("Page not found"), shell="open")
def not_found() -> rx.Component:
    """What people meet who followed an old or mistyped link."""
    return rx.el.div(
        rx.el.h1(t("Page not found"), class_name="page-title"),
        empty_state(
            t("There is nothing at this address"),
            text=t("The link may be old or mistyped. From the start you will find everything."),
            icon_name="compass",
            action=link_button(t("To the start"), href=routes.LANDING),
        ),
        class_name="stack",
    )
