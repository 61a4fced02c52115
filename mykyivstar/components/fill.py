"""A button that types for a person."""

import reflex as rx

from mykyivstar.components.foundations import KIT_FOLDER, Node, Text


class Fill(rx.Component):
    """Writes `value` into the field of that id."""

    library = f"{KIT_FOLDER}/fields"
    tag = "Fill"
    field: rx.Var[str]
    value: rx.Var[str]


def fill(*children: Node, field: Text, value: Text) -> rx.Component:
    """A quiet button that writes `value` into the field of that id at once, as if it had been typed."""
    return Fill.create(*children, field=field, value=value, class_name="btn btn-quiet btn-small")
