"""Links: inside the app without a reload, outside it as the browser does.

`rx.el.a` is the router's link; the plain element is for what the router must not touch.
"""

from typing import Any

import reflex as rx
from reflex_components_core.el.elements.inline import A

from mykyivstar.components.foundations import Node, Text, attributes


def link(
    *children: Node,
    href: Text,
    document: bool = False,
    class_name: str | None = None,
    **extra: Any,
) -> rx.Component:
    """A link to a page of ours (no reload), or to anything else (`tel:`, `https:`, a file when `document`).

    A var as `href` is taken for a page of ours unless `document` says otherwise.
    """
    given = attributes(class_name=class_name)
    if document or (isinstance(href, str) and not href.startswith("/")):
        return A.create(*children, href=href, **given, **extra)
    return rx.el.a(*children, href=href, **given, **extra)


def text_link(*children: Node, href: Text, document: bool = False, **extra: Any) -> rx.Component:
    """A link inside a text: underlined, in the colour of the brand."""
    return link(*children, href=href, document=document, class_name="text-link", **extra)


def phone_link(number: str, *, class_name: str | None = None) -> rx.Component:
    """A number that can be dialled at a touch: `0 800 300 466`."""
    return A.create(number, href=f"tel:{number.replace(' ', '')}", class_name=class_name or "text-link digits")
