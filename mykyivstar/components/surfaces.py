"""What content lies on: cards, sections, titles, tabs, folding questions."""

from collections.abc import Sequence
from typing import Any, Literal

import reflex as rx

from mykyivstar.components.client import Tabs
from mykyivstar.components.foundations import Node, Text, attributes, classes
from mykyivstar.components.icons import icon


def card(
    *children: Node,
    tone: Literal["plain", "hero", "soft"] = "plain",
    class_name: str | None = None,
    **extra: Any,
) -> rx.Component:
    """A rounded surface. `hero` is the one deep-coloured card of a screen, `soft` a quiet aside."""
    return rx.el.div(*children, class_name=classes("card", f"card-{tone}", class_name), **extra)


def section(
    *children: Node,
    title: Text | None = None,
    action: Node | None = None,
    id: str | None = None,  # noqa: A002  the attribute's own name
    class_name: str | None = None,
) -> rx.Component:
    """A part of a page under an h2, with an optional link or button at the right of the title."""
    head = []
    if title is not None:
        shown = rx.el.h2(title, class_name="section-title")
        head = [rx.el.div(shown, *([action] if action is not None else []), class_name="section-head")]
    return rx.el.section(*head, *children, class_name=classes("section", class_name), **attributes(id=id))


def page_title(title: Text, *, lead: Node | None = None, back: Node | None = None) -> rx.Component:
    """The one h1 of a page, with a sentence below it and a way back above it."""
    return rx.el.div(
        *([back] if back is not None else []),
        rx.el.h1(title, class_name="page-title", tab_index=-1),
        *([rx.el.p(lead, class_name="page-lead")] if lead is not None else []),
        class_name="page-head",
    )


def tabs(label: Text, *panels: tuple[Text, Node], class_name: str | None = None) -> rx.Component:
    """Panels (title, content) of which one is seen; arrows move between the titles."""
    return Tabs.create(
        *[rx.el.div(content) for _, content in panels],
        labels=[title for title, _ in panels],
        label=label,
        **attributes(class_name=class_name),
    )


def accordion(*items: tuple[Text, Node], class_name: str | None = None) -> rx.Component:
    """Questions that unfold, also without JavaScript: (question, answer)."""
    return rx.el.div(*[_fold(question, answer) for question, answer in items], class_name=classes("folds", class_name))


def steps(*items: Node) -> rx.Component:
    """What happens, in order, numbered. Whatever is more than words is held together beside its number."""
    return rx.el.ol(
        *[rx.el.li(rx.el.div(item) if isinstance(item, rx.Component) else item) for item in items], class_name="steps"
    )


def facts(rows: Sequence[tuple[Text, Node]], *, class_name: str | None = None) -> rx.Component:
    """Names and values: (what, how much)."""
    return rx.el.dl(*[fact(name, value) for name, value in rows], class_name=classes("facts", class_name))


def fact(name: Text, value: Node, *, class_name: str | None = None, **extra: Any) -> rx.Component:
    """One of them; `class_name` and the rest are the value's."""
    return rx.el.div(rx.el.dt(name), rx.el.dd(value, **attributes(class_name=class_name), **extra))


def _fold(question: Text, answer: Node) -> rx.Component:
    return rx.el.details(
        rx.el.summary(rx.el.span(question), icon("chevron-down", class_name="fold-arrow")),
        rx.el.div(answer, class_name="fold-body"),
        class_name="fold",
    )
