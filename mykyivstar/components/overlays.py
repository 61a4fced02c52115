"""Layers above the page: dialogs, sheets, menus."""

from typing import Any, Literal

import reflex as rx

from mykyivstar.components.client import Menu, Overlay
from mykyivstar.components.foundations import Event, Node, Text, attributes, classes, client_call, said
from mykyivstar.components.icons import icon
from mykyivstar.components.links import link
from mykyivstar.i18n import t


def dialog(
    id: str,  # noqa: A002  the attribute's own name
    title: Text,
    *children: Node,
    description: Node | None = None,
    actions: Node | None = None,
    open: rx.Var | None = None,  # noqa: A002
    on_close: Event = None,
    class_name: str | None = None,
) -> rx.Component:
    """A question in the middle of the screen (at the bottom edge on a phone).

    Opened in the browser by `open_dialog(id)` as an `on_click`, or by the var `open`; closed by Escape, a press
    outside, its cross, or anything inside with `data_close=""`. Focus stays inside and goes back afterwards.
    `on_close` must lower the var that opened it.
    """
    about = [rx.el.p(description, class_name="overlay-about", id=f"{id}-about")] if description is not None else []
    foot = [rx.el.div(actions, class_name="overlay-actions")] if actions is not None else []
    return _overlay(
        id, title, *about, *children, *foot, shape="dialog", open=open, on_close=on_close, class_name=class_name
    )


def sheet(
    id: str,  # noqa: A002
    title: Text,
    *children: Node,
    side: Literal["left", "right", "bottom"] = "bottom",
    open: rx.Var | None = None,  # noqa: A002
    on_close: Event = None,
    class_name: str | None = None,
) -> rx.Component:
    """A dialog that slides in from an edge: menus, filters, details."""
    shape = f"sheet sheet-{side}"
    return _overlay(id, title, *children, shape=shape, open=open, on_close=on_close, class_name=class_name)


def open_dialog(id: str) -> rx.Var:  # noqa: A002
    """Event: open the dialog or sheet of that id, without a round trip."""
    return client_call("overlay", "openOverlay", id)


def close_dialog(id: str) -> rx.Var:  # noqa: A002
    """Event: close the dialog or sheet of that id, without a round trip."""
    return client_call("overlay", "closeOverlay", id)


def menu(
    trigger: Node,
    label: Text,
    *items: Node,
    align: Literal["start", "end"] = "end",
    button_class: str = "icon-btn",
    class_name: str | None = None,
) -> rx.Component:
    """A button (`trigger` is what it shows, `label` what it is called) that opens a list of `menu_item`s."""
    return Menu.create(
        *items,
        trigger=rx.el.span(trigger, class_name="menu-trigger"),
        label=label,
        align=align,
        button_class=button_class,
        **attributes(class_name=class_name),
    )


def menu_item(
    *children: Node,
    icon_name: str | None = None,
    href: Text | None = None,
    on_click: Event = None,
    document: bool = False,
    chosen: rx.Var | bool | None = None,
    **extra: Any,
) -> rx.Component:
    """One line of a menu: a link when it has an `href`, else an action. `chosen` makes it one of several."""
    content = [*([icon(icon_name)] if icon_name else []), *children]
    if href is not None:
        return link(
            *content, href=href, document=document, role="menuitem", tab_index=-1, class_name="menu-item", **extra
        )
    state = {"role": "menuitem"}
    if chosen is not None:
        state = {"role": "menuitemradio", "aria_checked": said(chosen)}
    return rx.el.button(
        *content, type="button", tab_index=-1, class_name="menu-item", **state, **attributes(on_click=on_click), **extra
    )


def menu_separator() -> rx.Component:
    """A line between groups of a menu."""
    return rx.el.div(role="separator", class_name="menu-separator")


def _overlay(
    own_id: str,
    title: Text,
    *children: Node,
    shape: str,
    open: rx.Var | None,  # noqa: A002
    on_close: Event,
    class_name: str | None,
) -> rx.Component:
    return Overlay.create(
        rx.el.div(
            rx.el.h2(title, id=f"{own_id}-title", class_name="overlay-title"),
            rx.el.button(
                icon("x"), type="button", aria_label=t("Close"), title=t("Close"), class_name="icon-btn", data_close=""
            ),
            class_name="overlay-head",
        ),
        *children,
        id=own_id,
        custom_attrs={"aria-labelledby": f"{own_id}-title"},
        class_name=classes("overlay", shape, class_name),
        **attributes(open=open, on_dismiss=on_close),
    )
