"""Looking for a store by words."""

import reflex as rx

from mykyivstar.components import button, form, text_field
from mykyivstar.components.foundations import Event
from mykyivstar.i18n import t


def search_form(
    label: rx.Var,
    *,
    value: rx.Var,
    on_submit: Event,
    id: str,  # noqa: A002  the attribute's own name
    placeholder: rx.Var | None = None,
) -> rx.Component:
    """One field named `q` with its button beside it; it begins anew with every other `value`."""
    return form(
        rx.el.div(
            text_field(
                "q",
                label,
                value=value,
                placeholder=placeholder,
                input_mode="search",
                autocomplete="off",
                max_length=80,
                required=False,
                class_name="grow",
            ),
            # As high as the field's own line, below its label.
            button(t("Find"), type="submit", icon="search", class_name="btn-short mt-[1.9rem]"),
            key=value,
            class_name="flex items-start gap-2",
        ),
        on_submit=on_submit,
        id=id,
    )
