"""How kinds, states, values and reasons of applications are called, and what happens next."""

import reflex as rx

from mykyivstar.components import Choice, badge
from mykyivstar.i18n import moment, phone, t

DOCUMENTS = (
    Choice("id_card", t("ID card")),
    Choice("passport", t("Passport, book")),
    Choice("travel_passport", t("Passport for travel abroad")),
    Choice("residence_permit", t("Residence permit")),
)
REASONS = (
    Choice("does_not_prove", t("The documents do not prove the new data")),
    Choice("unreadable", t("The documents cannot be read")),
    Choice("somebody_elses", t("The documents are somebody else's")),
    Choice("other", t("Another reason")),
)


def kind_name(kind: rx.Var) -> rx.Var:
    """What is changed, as a heading."""
    return rx.match(
        kind,
        ("name", t("Name in the contract")),
        ("document", t("Document")),
        ("address", t("Address")),
        ("email", t("Contact e-mail")),
        t("Contact phone"),
    )


def wish_name(kind: rx.Var) -> rx.Var:
    """What is asked for, in a list."""
    return rx.match(
        kind,
        ("name", t("Change of the name")),
        ("document", t("Change of the document")),
        ("address", t("Change of the address")),
        ("email", t("Change of the contact e-mail")),
        t("Change of the contact phone"),
    )


def field_name(field: rx.Var) -> rx.Var:
    """How one value is called."""
    return rx.match(
        field,
        ("full_name", t("Surname, first name, patronymic")),
        ("document_kind", t("Which document")),
        ("document_number", t("Number of the document")),
        ("address", t("Address")),
        ("email", t("E-mail")),
        t("Phone"),
    )


def document_name(kind: rx.Var) -> rx.Var:
    """Which document."""
    *known, last = DOCUMENTS
    return rx.match(kind, *[(each.value, each.label) for each in known], last.label)


def value_text(field: rx.Var, value: rx.Var) -> rx.Component:
    """A value as people read it."""
    return rx.cond(
        value != "",
        rx.match(
            field,
            ("document_kind", rx.el.span(document_name(value))),
            ("phone", rx.el.span(phone(value), class_name="tabular")),
            # an address breaks before its @ where it has to
            (
                "email",
                rx.el.bdi(
                    value.to(str).split("@")[0],
                    rx.el.wbr(),
                    "@",
                    value.to(str).split("@")[1],
                    class_name="[overflow-wrap:anywhere]",
                ),
            ),
            rx.el.bdi(value, class_name="[overflow-wrap:anywhere]"),
        ),
        rx.el.span(t("not given"), class_name="quiet"),
    )


def state_badge(state: rx.Var) -> rx.Component:
    """Where an application stands."""
    return rx.match(
        state,
        ("draft", badge(t("Not sent yet"), tone="warning", icon_name="pencil")),
        ("new", badge(t("Received"), tone="brand", icon_name="inbox")),
        ("in_check", badge(t("In check"), tone="brand", icon_name="clock")),
        ("needs_more", badge(t("Needs more"), tone="warning", icon_name="message-circle")),
        ("approved", badge(t("Approved"), tone="good", icon_name="check")),
        ("declined", badge(t("Declined"), tone="danger", icon_name="x")),
        badge(t("Withdrawn"), tone="neutral", icon_name="undo-2"),
    )


def reason_text(reason: rx.Var) -> rx.Var:
    """Why it was declined."""
    *known, last = REASONS
    return rx.match(
        reason,
        *[(each.value, each.label) for each in known],
        ("no_answer", t("What we asked for did not come in time")),
        last.label,
    )


def what_next(row: rx.Var) -> rx.Var:
    """What happens next, or how it ended."""
    by = moment(row.deadline_at)
    late = t("It takes longer than we promised. It has not been forgotten: you get an SMS as soon as it is decided.")
    return rx.match(
        row.state,
        (
            "new",
            rx.cond(
                row.is_late,
                late,
                t("A specialist takes it up next. We decide by {moment} and send you an SMS.", moment=by),
            ),
        ),
        ("in_check", rx.cond(row.is_late, late, t("We decide by {moment} and send you an SMS.", moment=by))),
        (
            "needs_more",
            t("Your turn: send what is asked for by {moment}, otherwise the application is declined.", moment=by),
        ),
        ("approved", t("Your data have been changed. There is nothing more to do.")),
        (
            "declined",
            t("Your data have stayed as they were. You can file a new application, or ask a specialist in support."),
        ),
        ("withdrawn", t("You have withdrawn it, and nothing was changed. You can file a new one at any time.")),
        "",
    )
