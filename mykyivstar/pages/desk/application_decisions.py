"""What may be decided of an application, each asked in a dialog (G3)."""

import reflex as rx

from mykyivstar.components import button, select, text_area
from mykyivstar.i18n import pick, t
from mykyivstar.pages.applications.parts import comparison
from mykyivstar.pages.applications.words import REASONS
from mykyivstar.pages.desk.asking import form_dialog, question
from mykyivstar.pages.layout.at_address import shown_for
from mykyivstar.state.desk.applications import DeskApplicationState as State


def approving() -> rx.Component:
    """Everything once more, and yes."""
    return question(
        "approve-application",
        t("Approve the application?"),
        button(
            t("Approve and change the data"), icon="check", busy=State.busy, on_click=State.approve(State.shown_for)
        ),
        comparison(State.values),
        state=State,
        description=t("The data change at once, and the customer is told."),
        open=State.question == "approve",
        no=t("Not yet"),
    )


def asking() -> rx.Component:
    """What is missing."""
    return form_dialog(
        "ask-for-more",
        t("Ask for more"),
        shown_for(State),
        text_area("words", t("What is missing"), max_length=1000, error=pick(State.field_refusals["words"])),
        state=State,
        send=button(t("Send to the customer"), type="submit", icon="send", busy=State.busy),
        on_submit=State.ask,
        description=t("The customer has ten days to add it."),
        open=State.question == "ask",
    )


def declining() -> rx.Component:
    """No, and why."""
    return form_dialog(
        "decline-application",
        t("Decline the application"),
        shown_for(State),
        select("reason", t("Reason"), REASONS),
        text_area(
            "words",
            t("Words to the customer"),
            id="decline-words",
            rows=3,
            max_length=1000,
            required=False,
            error=pick(State.field_refusals["words"]),
        ),
        state=State,
        send=button(t("Decline"), type="submit", variant="danger", icon="x", busy=State.busy),
        on_submit=State.decline,
        open=State.question == "decline",
    )
