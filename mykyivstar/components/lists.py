"""Lists and tables."""

from collections.abc import Callable, Sequence
from typing import Any

import reflex as rx

from mykyivstar.components.foundations import Event, Node, Text, classes
from mykyivstar.components.icons import icon
from mykyivstar.components.links import link


def rows(*children: Node, label: Text | None = None, class_name: str | None = None) -> rx.Component:
    """A list of `row`s; `label` names it where no heading does."""
    named = {"aria_label": label} if label is not None else {}
    return rx.el.ul(*children, class_name=classes("rows", class_name), **named)


def row(
    title: Node,
    *,
    about: Node | None = None,
    value: Node | None = None,
    value_about: Node | None = None,
    leading: Node | None = None,
    icon_name: str | None = None,
    href: Text | None = None,
    on_click: Event = None,
    action: Node | None = None,
    class_name: str | None = None,
    **extra: Any,
) -> rx.Component:
    """One line of a list: what at the left, how much at the right; a link or a button when it leads somewhere."""
    lead = [rx.el.span(icon(icon_name, size=22), class_name="row-icon")] if icon_name else []
    lead = [leading] if leading is not None else lead
    about_line = [rx.el.span(about, class_name="row-about")] if about is not None else []
    content = [*lead, rx.el.span(rx.el.span(title, class_name="row-title"), *about_line, class_name="row-main")]
    if value is not None:
        below = [rx.el.span(value_about, class_name="row-about")] if value_about is not None else []
        content.append(rx.el.span(rx.el.span(value, class_name="row-value"), *below, class_name="row-end"))
    if href is not None:
        inner = link(*content, icon("chevron-right", class_name="row-arrow"), href=href, class_name="row-body")
    elif on_click is not None:
        arrow = icon("chevron-right", class_name="row-arrow")
        inner = rx.el.button(*content, arrow, type="button", on_click=on_click, class_name="row-body")
    else:
        inner = rx.el.div(*content, class_name="row-body")
    return rx.el.li(inner, *([action] if action is not None else []), class_name=classes("row", class_name), **extra)


def table(
    caption: Text,
    columns: Sequence[Text],
    body: rx.Var | Sequence[Sequence[Node]],
    *,
    render: Callable[[Any], Sequence[Node]] | None = None,
    show_caption: bool = False,
    numeric: Sequence[int] = (),
) -> rx.Component:
    """A table that scrolls inside itself on a phone. A var as `body` needs `render`: its row → the cells.

    The first cell of each row is its header; columns in `numeric` stand at the right.
    """

    def line(cells: Sequence[Node]) -> rx.Component:
        head, *rest = cells
        return rx.el.tr(
            rx.el.th(head, scope="row"),
            *[rx.el.td(cell, class_name="num" if at in numeric else "") for at, cell in enumerate(rest, start=1)],
        )

    if isinstance(body, rx.Var):
        assert render is not None, "a var of rows needs a function that makes the cells of one"
        lines: list[rx.Component] = [rx.foreach(body, lambda item: line(render(item)))]
    else:
        lines = [line(cells) for cells in body]
    heads = [rx.el.th(name, scope="col", class_name="num" if at in numeric else "") for at, name in enumerate(columns)]
    return rx.el.div(
        rx.el.table(
            rx.el.caption(caption, class_name="" if show_caption else "sr-only"),
            rx.el.thead(rx.el.tr(*heads)),
            rx.el.tbody(*lines),
            class_name="table",
        ),
        class_name="table-frame",
        role="region",
        aria_label=caption,
        tab_index=0,
    )
