"""Choosing: boxes, switches, cards, lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import reflex as rx

from mykyivstar.components.fields import error_attributes, field_frame, field_message
from mykyivstar.components.foundations import Event, Node, Text, attributes, classes
from mykyivstar.components.icons import icon


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several: what is sent, what is read, and what explains it."""

    value: str
    label: Text
    description: Text | None = None
    icon: str | None = None


def checkbox(
    name: str,
    label: Node,
    *,
    checked: rx.Var | bool | None = None,
    error: Text | None = None,
    on_change: Event = None,
    class_name: str | None = None,
    **extra: Any,
) -> rx.Component:
    """A box to tick, the whole line its target; its form field holds "on" when ticked and is absent otherwise."""
    box = rx.el.input(
        id=name,
        name=name,
        type="checkbox",
        class_name="tick",
        **error_attributes(name, error),
        **_checked(checked=checked, on_change=on_change),
        **extra,
    )
    message = [field_message(name, error, None)] if error is not None else []
    return rx.el.div(
        rx.el.label(box, rx.el.span(label), html_for=name, class_name="choice-line"),
        *message,
        class_name=classes("field-choice", class_name),
    )


def switch(
    name: str,
    label: Node,
    *,
    checked: rx.Var | bool,
    description: Text | None = None,
    on_change: Event = None,
    disabled: rx.Var | bool | None = None,
    class_name: str | None = None,
) -> rx.Component:
    """On or off, taking effect at once: `on_change` gets the new state."""
    described = (
        [rx.el.span(description, id=f"{name}-about", class_name="choice-about")] if description is not None else []
    )
    return rx.el.label(
        rx.el.span(rx.el.span(label, class_name="choice-title"), *described, class_name="choice-text"),
        rx.el.input(
            id=name,
            name=name,
            type="checkbox",
            role="switch",
            class_name="switch",
            **attributes(disabled=disabled, aria_describedby=f"{name}-about" if described else None),
            **_checked(checked=checked, on_change=on_change),
        ),
        html_for=name,
        class_name=classes("switch-line", class_name),
    )


def radio_cards(
    name: str,
    legend: Text,
    choices: Sequence[Choice],
    *,
    chosen: str | rx.Var | None = None,
    on_change: Event = None,
    error: Text | None = None,
    hide_legend: bool = False,
    class_name: str | None = None,
) -> rx.Component:
    """One of a few, each a card; `on_change` gets the chosen value."""
    return rx.el.fieldset(
        rx.el.legend(legend, class_name="sr-only" if hide_legend else "field-label"),
        rx.el.div(
            *[_radio_card(name, choice, chosen, on_change) for choice in choices],
            class_name="radio-cards",
        ),
        field_message(name, error, None) if error is not None else rx.fragment(),
        class_name=classes("field", class_name),
    )


def select(
    name: str,
    label: Text,
    choices: Sequence[Choice] | rx.Var,
    *,
    chosen: str | rx.Var | None = None,
    error: Text | None = None,
    hint: Text | None = None,
    required: bool = True,
    on_change: Event = None,
    class_name: str | None = None,
) -> rx.Component:
    """One of many, by the device's own list. As a var, `choices` is a list of rows with `value` and `label`."""
    if isinstance(choices, rx.Var):
        options: list[rx.Component] = [rx.foreach(choices, lambda row: rx.el.option(row["label"], value=row["value"]))]
    else:
        options = [rx.el.option(choice.label, value=choice.value) for choice in choices]
    control = rx.el.select(
        *options,
        id=name,
        name=name,
        class_name="field-input field-select",
        **error_attributes(name, error),
        **attributes(default_value=chosen, on_change=on_change),
    )
    return field_frame(
        control,
        label=label,
        field_id=name,
        error=error,
        hint=hint,
        optional=not required,
        suffix=icon("chevron-down", class_name="field-arrow"),
        class_name=class_name,
    )


def _radio_card(name: str, choice: Choice, chosen: str | rx.Var | None, on_change: Event) -> rx.Component:
    own_id = f"{name}-{choice.value}"
    about = [rx.el.span(choice.description, class_name="choice-about")] if choice.description is not None else []
    state: dict[str, Any] = {}
    if chosen is not None:
        key = "checked" if on_change is not None else "default_checked"
        state[key] = chosen == choice.value
    return rx.el.label(
        rx.el.input(
            id=own_id,
            name=name,
            type="radio",
            value=choice.value,
            class_name="radio",
            **state,
            **attributes(on_change=on_change),
        ),
        *([icon(choice.icon, size=24, class_name="choice-icon")] if choice.icon else []),
        rx.el.span(rx.el.span(choice.label, class_name="choice-title"), *about, class_name="choice-text"),
        html_for=own_id,
        class_name="radio-card",
    )


def _checked(*, checked: rx.Var | bool | None, on_change: Event) -> dict[str, Any]:
    if on_change is not None:
        return attributes(checked=checked, on_change=on_change)
    return attributes(default_checked=checked)


def radio_row(
    name: str,
    value: Text,
    title: Node,
    about: Node,
    *,
    before: Node | None = None,
    after: Node | None = None,
    text_class: str | None = None,
    data_testid: str | None = None,
    **radio: Any,
) -> rx.Component:
    """One of several rows to choose from: two lines of text between two signs; `radio` goes to the button itself.

    For choices that come from data; fixed ones are `radio_cards`.
    """
    return rx.el.label(
        rx.el.input(type="radio", name=name, value=value, class_name="radio", **radio),
        *([before] if before is not None else []),
        rx.el.span(
            rx.el.span(title, class_name="choice-title"),
            rx.el.span(about, class_name="choice-about"),
            class_name=classes("choice-text", text_class),
        ),
        *([after] if after is not None else []),
        class_name="radio-card",
        **attributes(data_testid=data_testid),
    )
