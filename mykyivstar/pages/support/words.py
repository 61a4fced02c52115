"""How specialists, states and notes are called."""

import reflex as rx

from mykyivstar.components import badge
from mykyivstar.i18n import t


def specialist(value: rx.Var) -> rx.Component:
    """The specialist of this kind."""
    return rx.match(
        value,
        ("internet", t("Home internet specialist")),
        ("corporate", t("Specialist for companies")),
        t("Mobile specialist"),
    )


def note_text(row: rx.Var, *, at_desk: bool = False) -> rx.Component:
    """What a line of the conversation itself says, to the customer or at the desk."""
    started = t("You are in the queue. Write already: the specialist will read it at once.")
    return rx.match(
        row.note,
        ("started", t("The customer has come into the queue.") if at_desk else started),
        ("taken", t("{name} has joined.", name=row.about)),
        ("handed_over", t("{name} goes on with this conversation.", name=row.about)),
        ("back_in_queue", t("Another specialist is being asked.")),
        ("closed_by_customer", t("The customer has ended the conversation.")),
        ("closed_by_staff", t("The specialist has ended the conversation.")),
        ("closed_silent", t("The conversation has ended: nothing was written for a long time.")),
        ("ticket", t("A request was made of it: {number}.", number=row.about)),
        "",
    )


def ticket_badge(state: rx.Var) -> rx.Component:
    """Where a request stands."""
    return rx.match(
        state,
        ("new", badge(t("Received"), tone="brand", icon_name="inbox")),
        ("in_work", badge(t("In work"), tone="brand", icon_name="clock")),
        ("waits_for_customer", badge(t("Waits for the customer"), tone="warning", icon_name="message-circle")),
        ("solved", badge(t("Solved"), tone="good", icon_name="check")),
        badge(t("Closed"), tone="neutral", icon_name="check"),
    )
