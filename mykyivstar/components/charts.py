"""Drawings of figures; each stands beside a table that says the same exactly."""

import reflex as rx

from mykyivstar.components.foundations import Text


def column(height: rx.Var, *, class_name: Text = "meter-value") -> rx.Component:
    """A bar that stands on the ground, `height` of a hundred high, as wide as its place and 7 rem high at most."""
    return rx.el.svg(
        rx.el.rect(
            x="0",
            y=(100 - height).to(str),
            width="10",
            height=height.to(str),
            rx="1.5",
            ry="1.5",
            class_name=class_name,
        ),
        view_box="0 0 10 100",
        preserve_aspect_ratio="none",
        class_name="block w-full h-28",
        aria_hidden="true",
    )
