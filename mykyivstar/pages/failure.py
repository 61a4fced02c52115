"""What is seen when a page breaks while it is drawn: sorry, and two ways on. No stack, no jargon."""

import reflex as rx
from reflex_components_core.base.error_boundary import ErrorBoundary

from mykyivstar import routes
from mykyivstar.components import button, icon, link_button, phone_link
from mykyivstar.components.foundations import reload_page
from mykyivstar.i18n import t


def error_boundary() -> rx.Component:
    """Wraps the whole app; reports the error to the server and shows `failure` in place of the page."""
    return ErrorBoundary.create(fallback_render=failure())


def failure() -> rx.Component:
    """The page itself: it stands alone, since whatever is around it may be what broke."""
    return rx.el.main(
        rx.el.title(t("Something went wrong on our side")),
        rx.el.div(
            rx.el.span(icon("cloud-off", size=28), class_name="empty-icon"),
            rx.el.h1(t("Something went wrong on our side"), class_name="page-title"),
            rx.el.p(
                t("We have been told about it. Reload the page; if it happens again, call us."), class_name="empty-text"
            ),
            rx.el.p(phone_link("0 800 300 466")),
            rx.el.div(
                button(t("Reload"), icon="rotate-cw", on_click=reload_page()),
                link_button(t("To the start"), href=routes.LANDING, variant="quiet", document=True),
                class_name="form-actions",
            ),
            role="alert",
            class_name="empty",
        ),
        class_name="failure",
    )
