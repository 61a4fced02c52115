"""The foot of public pages: hotlines, the small print, the mark of the demo."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import phone_link, text_link
from mykyivstar.i18n import t
from mykyivstar.pages.layout.brand import mark
from mykyivstar.pages.layout.entries import HOTLINES, PUBLIC_MENU


def footer() -> rx.Component:
    """Landmark `contentinfo`."""
    return rx.el.footer(
        rx.el.div(
            rx.el.div(
                mark(size=32),
                rx.el.div(
                    rx.el.p(t("Answers day and night"), class_name="footer-title"),
                    rx.el.p(
                        t("Short numbers from a Kyivstar phone, long ones from any phone in Ukraine"),
                        class_name="muted",
                    ),
                ),
                hotlines(),
                class_name="footer-hotlines",
            ),
            rx.el.nav(
                *[rx.el.p(text_link(entry.label, href=entry.route)) for entry in PUBLIC_MENU],
                rx.el.p(text_link(t("Check a receipt"), href=routes.VERIFY, document=True)),
                aria_label=t("About the service"),
                class_name="footer-links",
            ),
            class_name="footer-inner",
        ),
        class_name="footer",
    )


def hotlines() -> rx.Component:
    """The numbers that people call (K5)."""
    return rx.el.dl(
        *[
            rx.el.div(rx.el.dt(purpose), *[rx.el.dd(phone_link(number)) for number in numbers])
            for purpose, numbers in HOTLINES
        ],
        class_name="hotlines",
    )
