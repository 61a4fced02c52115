"""The shape of a page that is read: title, sentence, chapters."""

from collections.abc import Sequence

import reflex as rx

from mykyivstar.components import page_title
from mykyivstar.components.foundations import Node


def text_page(title: rx.Var, lead: rx.Var, *children: Node) -> rx.Component:
    """A column of readable width."""
    return rx.el.article(page_title(title, lead=lead), *children, class_name="text-page")


def chapter(title: rx.Var, *paragraphs: Node) -> rx.Component:
    """A heading and what is under it."""
    return rx.el.section(
        rx.el.h2(title, class_name="section-title"),
        *[rx.el.p(part) if isinstance(part, rx.Var) else part for part in paragraphs],
        class_name="chapter prose",
    )


def points(items: Sequence[rx.Var]) -> rx.Component:
    """A list inside a chapter."""
    return rx.el.ul(*[rx.el.li(item) for item in items])
