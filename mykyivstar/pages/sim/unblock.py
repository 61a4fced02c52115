"""How a blocked number comes back: by a code to another contact, or by a document at a service centre."""

import reflex as rx

from mykyivstar.components import (
    button,
    code_field,
    countdown,
    form,
    icon,
    link_button,
    section,
    text_link,
)
from mykyivstar.components.after import after
from mykyivstar.i18n import phone, pick, t
from mykyivstar.state.sim.rows import CodeRow, ContactRow, SimView
from mykyivstar.state.sim.state import SimState as State
from mykyivstar.state.visits.addresses import CENTRES

_SIM = State.sim.to(SimView)
_CODE = State.code.to(CodeRow)


def way_back() -> rx.Component:
    """What its owner can do about it."""
    return section(
        rx.match(
            _SIM.returns,
            ("by_code", _by_code()),
            ("no_contact", _at_centre(_no_contact())),
            ("document", _at_centre(_document())),
            _operators(),
        ),
        title=t("Unblock the number"),
    )


def _by_code() -> rx.Component:
    return rx.el.div(
        rx.cond(
            State.code,
            rx.fragment(
                form(
                    rx.el.input(type="hidden", name="line", value=_SIM.key),
                    rx.el.p(t("A code is on its way to {contact}.", contact=_contact(_CODE.contact))),
                    code_field(
                        label=t("Code that came to you"), error=pick(State.field_refusals["code"]), auto_focus=False
                    ),
                    rx.el.p(
                        countdown(
                            _CODE.expires_at,
                            label=t("The code works for another"),
                            done=t("The time of this code is over. Ask for a new one."),
                        ),
                        class_name="way-clock",
                    ),
                    button(t("Unblock"), type="submit", icon="lock-open", busy=State.busy, data_testid="unblock"),
                    on_submit=State.unblock,
                    busy=State.busy,
                    id="unblock-code",
                ),
                after(_CODE.resend_at, _contacts(), before=rx.fragment()),
            ),
            rx.fragment(
                rx.el.p(t("We send a code to another contact of yours; this number gets none while it is blocked.")),
                _contacts(),
            ),
        ),
        class_name="stack",
    )


def _contacts() -> rx.Component:
    return rx.el.div(rx.foreach(_SIM.contacts, _send), class_name="stack-tight")


def _send(contact: rx.Var[ContactRow]) -> rx.Component:
    return button(
        rx.cond(contact.is_email, icon("mail", size=20), icon("message-square", size=20)),
        t("Send a code to {number}", number=_contact(contact)),
        variant="quiet",
        full_width=True,
        on_click=State.send_code(_SIM.key, contact.key),
        data_testid="send-code",
    )


def _contact(contact: rx.Var[ContactRow]) -> rx.Var:
    return rx.cond(contact.is_email, contact.key, phone(contact.key))


def _no_contact() -> rx.Component:
    return rx.el.p(
        t(
            "There is no other number or e-mail of yours that a code could go to. "
            "The number is unblocked at a service centre, where you show your document."
        )
    )


def _document() -> rx.Component:
    return rx.el.p(
        t(
            "This number was blocked as lost or stolen. It is unblocked at a service centre, "
            "where you show your document."
        )
    )


def _at_centre(why: rx.Component) -> rx.Component:
    return rx.el.div(
        why,
        rx.el.p(
            t("Book a visit, so that you need not wait: choose a centre and, as what you come for, “SIM or eSIM”."),
            class_name="muted",
        ),
        rx.el.div(
            link_button(
                t("Choose a service centre"),
                href=CENTRES,
                icon="map-pin",
                data_testid="centre",
            ),
            class_name="form-actions",
        ),
        class_name="stack",
    )


def _operators() -> rx.Component:
    return rx.el.p(
        t("The operator blocked this number. Call 466 to learn why and how it comes back."),
        " ",
        text_link(t("Call 466"), href="tel:466"),
    )
