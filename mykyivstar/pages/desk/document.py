"""Which document somebody at the counter showed, and what is done for them then (A8, G1)."""

from typing import Any

import reflex as rx

from mykyivstar.components import Choice, button, form, form_actions, refusal, section, select, text_field
from mykyivstar.i18n import pick, t
from mykyivstar.pages.layout.at_address import shown_for

DOCUMENTS = (
    Choice("passport", t("Passport booklet")),
    Choice("id_card", t("ID card")),
    Choice("foreign_passport", t("Passport for travel abroad")),
    Choice("residence_permit", t("Residence permit")),
    Choice("driving_licence", t("Driving licence")),
    Choice("diia", t("Document in Diia")),
)


def document_seen(
    state: Any, act: Any, *, does: rx.Var[str], icon: str, refused: rx.Var[str], form_id: str
) -> rx.Component:
    """Name the document and what it said, then do `act`; `refused` is why that was not done.

    `state` is one of `AtAddress` and `Refusals` with `put_away`.
    """
    return section(
        form(
            shown_for(state),
            select("document", t("Document"), DOCUMENTS, error=pick(state.field_refusals["document"])),
            text_field(
                "note",
                t("What you saw"),
                hint=t("Name as on the contract, and the last digits of the document. It is kept for the auditor."),
                error=pick(state.field_refusals["note"]),
                autocomplete="off",
                max_length=200,
            ),
            refusal(refused),
            form_actions(
                button(does, type="submit", icon=icon, busy=state.busy),
                button(t("The next person"), variant="quiet", on_click=state.put_away),
            ),
            on_submit=act,
            busy=state.busy,
            id=form_id,
        ),
        title=t("The document is here and it is them"),
    )
