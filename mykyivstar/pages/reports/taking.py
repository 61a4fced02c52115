"""Fields that every order of a report has: which files, and where to send them."""

import reflex as rx

from mykyivstar.components import checkbox, text_field
from mykyivstar.i18n import pick, t


def which_files(refusals: rx.Var) -> rx.Component:
    """The formats; PDF is ticked."""
    mistake = pick(refusals["formats"])
    return rx.el.fieldset(
        rx.el.legend(t("File format"), class_name="field-label"),
        checkbox("pdf", t("PDF, to read and print"), checked=True),
        checkbox("xlsx", t("XLSX, for spreadsheets")),
        checkbox("csv", t("CSV, for any program")),
        rx.cond(mistake != "", rx.el.p(mistake, role="alert", class_name="field-error")),
        class_name="grid gap-2",
    )


def where_to(refusals: rx.Var) -> rx.Component:
    """An e-mail address, if it shall go there too."""
    return text_field(
        "email",
        t("Send to this e-mail address too"),
        error=pick(refusals["email"]),
        hint=t("The files hold whole numbers: give only your own address."),
        type="email",
        input_mode="email",
        autocomplete="email",
        max_length=254,
        required=False,
    )
