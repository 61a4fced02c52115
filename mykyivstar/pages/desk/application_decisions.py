"""What may be decided of an application, each asked in a dialog (G3)."""

import reflex as rx

from mykyivstar.components import button, dialog, form, form_actions, refusal, select, text_area
from mykyivstar.i18n import pick, t
from mykyivstar.pages.applications.parts import comparison
from mykyivstar.pages.applications.words import REASONS
from mykyivstar.state.desk.applications import DeskApplicationState as State


def approving() -> rx.Component:
    """Everything once more, and yes."""
    return dialog(
        "approve-application",
        t("Approve the application?"),
        comparison(State.values),
        refusal(pick(State.refusal)),
        description=t("The data change at once, and the customer is told."),
        actions=rx.fragment(
            button(t("Approve and change the data"), icon="check", busy=State.busy, on_click=State.approve),
            button(t("Not yet"), variant="quiet", on_click=State.put_away),
        ),
        open=State.question == "approve",
        on_close=State.put_away,
    )


def asking() -> rx.Component:
    """What is missing."""
    return dialog(
        "ask-for-more",
        t("Ask for more"),
        form(
            text_area("words", t("What is missing"), max_length=1000, error=pick(State.field_refusals["words"])),
            refusal(pick(State.refusal)),
            form_actions(button(t("Send to the customer"), type="submit", icon="send", busy=State.busy)),
            on_submit=State.ask,
            busy=State.busy,
            id="ask-form",
        ),
        description=t("The customer has ten days to add it."),
        open=State.question == "ask",
        on_close=State.put_away,
    )


def declining() -> rx.Component:
    """No, and why."""
    return dialog(
        "decline-application",
        t("Decline the application"),
        form(
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
            refusal(pick(State.refusal)),
            form_actions(button(t("Decline"), type="submit", variant="danger", icon="x", busy=State.busy)),
            on_submit=State.decline,
            busy=State.busy,
            id="decline-form",
        ),
        open=State.question == "decline",
        on_close=State.put_away,
    )
