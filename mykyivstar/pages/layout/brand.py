"""The mark and the name of the app, in the colours of the brand in use."""

import reflex as rx

from mykyivstar.components import link
from mykyivstar.i18n import t


def mark(*, size: int = 36) -> rx.Component:
    """A sun that rises over the horizon and sends: our own sign, drawn with the brand's colours."""
    return rx.el.svg(
        rx.el.rect(x="0", y="0", width="40", height="40", rx="12", class_name="mark-ground"),
        rx.el.path(d="M6 28a14 14 0 0 1 28 0", class_name="mark-wave mark-wave-far"),
        rx.el.path(d="M11 28a9 9 0 0 1 18 0", class_name="mark-wave"),
        rx.el.path(d="M15.5 28a4.5 4.5 0 0 1 9 0z", class_name="mark-sun"),
        view_box="0 0 40 40",
        width=str(size),
        height=str(size),
        aria_hidden="true",
        class_name="mark",
    )


def brand_link(*, href: str) -> rx.Component:
    """Mark and name, leading to the start."""
    return link(
        mark(),
        rx.el.span(
            rx.el.span(t("My Kyivstar"), class_name="brand-kyivstar"),
            rx.el.span(t("My DJUICE"), class_name="brand-djuice"),
            class_name="brand-name",
        ),
        href=href,
        class_name="brand",
    )
