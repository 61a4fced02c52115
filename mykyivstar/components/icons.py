"""Icons: outlines of Lucide, each its own tiny module, silent for screen readers."""

import reflex as rx

from mykyivstar.components.foundations import attributes


def icon(name: str, *, size: int = 20, class_name: str | None = None) -> rx.Component:
    """The Lucide icon of that name (a literal: only the icons in use are shipped); decoration, never the only label."""
    given = attributes(class_name=class_name)
    return rx.icon(name, size=size, aria_hidden="true", **given)
