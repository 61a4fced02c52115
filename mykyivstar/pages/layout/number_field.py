"""The field for any number of ours: of a phone, or of a home internet account."""

import reflex as rx

from mykyivstar.components import text_field
from mykyivstar.i18n import t


def number_field(typed: rx.Var, error: rx.Var, *, hint: rx.Var | None = None) -> rx.Component:
    """Sent as "number", as it was typed; `error` stands under it."""
    return text_field(
        "number",
        t("Mobile number or internet account"),
        value=typed,
        error=error,
        hint=hint,
        placeholder="067 123 45 67",
        input_mode="tel",
        autocomplete="off",
        max_length=80,
    )
