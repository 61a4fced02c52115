"""Buttons and links that look like buttons."""

from typing import Any, Literal

import reflex as rx

from mykyivstar.components.client import CopyButton
from mykyivstar.components.foundations import Event, Node, Text, attributes, classes, said
from mykyivstar.components.icons import icon as icon_of
from mykyivstar.components.links import link
from mykyivstar.i18n import t

Variant = Literal["primary", "accent", "quiet", "danger", "plain"]
Size = Literal["medium", "small", "large"]


def button(
    *children: Node,
    variant: Variant = "primary",
    size: Size = "medium",
    icon: str | None = None,
    busy: rx.Var | bool | None = None,
    disabled: rx.Var | bool | None = None,
    full_width: bool = False,
    on_click: Event = None,
    type: Literal["button", "submit", "reset"] = "button",  # noqa: A002  the attribute's own name
    class_name: str | None = None,
    **extra: Any,
) -> rx.Component:
    """A button of at least 44 px. While `busy` it keeps its width and focus, says so, and does nothing.

    Variants: `primary` the next step, `accent` money in, `quiet` everything else, `danger` what cannot be undone,
    `plain` a button that reads like a link.
    """
    waiting = {} if busy is None else {"aria_busy": said(busy), "data_busy": said(busy)}
    return rx.el.button(
        *_content(children, icon, size),
        type=type,
        class_name=classes("btn", f"btn-{variant}", _size(size), "btn-full" if full_width else None, class_name),
        **waiting,
        **attributes(on_click=on_click, disabled=disabled),
        **extra,
    )


def link_button(
    *children: Node,
    href: Text,
    variant: Variant = "primary",
    size: Size = "medium",
    icon: str | None = None,
    full_width: bool = False,
    document: bool = False,
    class_name: str | None = None,
    **extra: Any,
) -> rx.Component:
    """A link that looks like a button: for going somewhere, never for doing something."""
    return link(
        *_content(children, icon, size),
        href=href,
        document=document,
        class_name=classes("btn", f"btn-{variant}", _size(size), "btn-full" if full_width else None, class_name),
        **extra,
    )


def icon_button(
    icon: str,
    label: Text,
    *,
    on_click: Event = None,
    size: int = 20,
    class_name: str | None = None,
    **extra: Any,
) -> rx.Component:
    """A round button with an icon only; `label` is what it is called aloud and in its tooltip."""
    return rx.el.button(
        icon_of(icon, size=size),
        type="button",
        aria_label=label,
        title=label,
        class_name=classes("icon-btn", class_name),
        **attributes(on_click=on_click),
        **extra,
    )


def copy_button(value: Text, *, label: Text | None = None, class_name: str | None = None) -> rx.Component:
    """Copies `value` to the clipboard and says that it did, to eyes and ears."""
    return CopyButton.create(
        icon_of("copy", size=18),
        rx.el.span(label if label is not None else t("Copy")),
        value=value,
        done=t("Copied"),
        class_name=classes("btn btn-quiet btn-small", class_name),
    )


def _content(children: tuple[Node, ...], icon: str | None, size: Size) -> list[Node]:
    drawn = [icon_of(icon, size=18 if size == "small" else 20)] if icon else []
    return [*drawn, *children]


def _size(size: Size) -> str | None:
    return None if size == "medium" else f"btn-{size}"
