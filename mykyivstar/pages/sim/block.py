"""Blocking: why, then what it means, then confirmed."""

import reflex as rx

from mykyivstar.components import (
    button,
    card,
    fact,
    form,
    form_actions,
    notice,
    radio_cards,
    refusal,
    section,
    text_area,
)
from mykyivstar.i18n import phone, pick, t
from mykyivstar.pages.sim.words import REASONS, reason_words
from mykyivstar.state.sim.rows import Checked, SimView
from mykyivstar.state.sim.state import SimState as State

_SIM = State.sim.to(SimView)
_CHECKED = State.checked.to(Checked)


def reason_form() -> rx.Component:
    """Why is it to be blocked?"""
    return card(
        section(
            form(
                rx.el.input(type="hidden", name="line", value=_SIM.key),
                rx.el.div(
                    radio_cards(
                        "reason",
                        t("What has happened?"),
                        REASONS,
                        chosen=State.reason,
                    ),
                    refusal(pick(State.field_refusals["reason"]), class_name="refusal-late"),
                    # In the browser alone: whoever is in a hurry need not wait for an answer.
                    rx.el.div(
                        text_area(
                            "note",
                            t("In a few words"),
                            value=State.note,
                            error=pick(State.field_refusals["note"]),
                            rows=2,
                            max_length=200,
                        ),
                        class_name="[display:none] group-has-[[value=other]:checked]:block",
                    ),
                    class_name="group stack",
                ),
                refusal(pick(State.refusal), class_name="refusal-late"),
                form_actions(
                    button(
                        t("Next"), type="submit", size="large", icon="arrow-right", busy=State.busy, data_testid="next"
                    ),
                    button(t("Cancel"), variant="quiet", on_click=State.leave),
                ),
                rx.el.p(t("Nothing is blocked yet: you check everything first."), class_name="muted"),
                on_submit=State.check,
                busy=State.busy,
                id="block-reason",
            ),
            title=t("Block {number}", number=phone(_SIM.number)),
        ),
        data_testid="block-form",
    )


def checking() -> rx.Component:
    """What it means, said before it is done."""
    return card(
        section(
            rx.el.dl(
                fact(t("Number"), phone(_SIM.number)),
                fact(t("Reason"), reason_words(_CHECKED.reason)),
                rx.cond(_CHECKED.note != "", fact(t("In your words"), _CHECKED.note)),
                fact(
                    t("When"),
                    rx.cond(
                        _CHECKED.is_urgent,
                        t("At once"),
                        t("Within 30 minutes; until it is done you can withdraw it"),
                    ),
                    data_testid="when",
                ),
                class_name="facts",
            ),
            _meaning(),
            form(
                *[
                    rx.el.input(type="hidden", name=name, value=value)
                    for name, value in (
                        ("key", State.form_key),
                        ("line", _SIM.key),
                        ("reason", _CHECKED.reason),
                        ("note", _CHECKED.note),
                    )
                ],
                refusal(pick(State.refusal), class_name="refusal-late"),
                form_actions(
                    button(
                        rx.cond(_CHECKED.is_urgent, t("Block now"), t("Apply for blocking")),
                        type="submit",
                        size="large",
                        icon="lock",
                        busy=State.busy,
                        data_testid="block",
                    ),
                    button(t("Change"), variant="quiet", on_click=State.change),
                    button(t("Cancel"), variant="plain", on_click=State.leave),
                ),
                on_submit=State.block,
                busy=State.busy,
                id="block-check",
            ),
            title=t("Check it"),
        ),
        data_testid="block-check",
    )


def _meaning() -> rx.Component:
    return rx.fragment(
        rx.el.ul(
            rx.el.li(t("No calls, SMS or mobile data, in or out, at home and abroad.")),
            rx.el.li(t("Emergency numbers 101, 102, 103 and 112 can be called from any phone, even without a SIM.")),
            rx.el.li(
                t("The tariff's fee and the fees of services go on. What is used while it is blocked costs nothing.")
            ),
            rx.el.li(t("No codes come to this number: sign in by another number, your password or a passkey.")),
            rx.el.li(
                rx.cond(
                    _CHECKED.is_urgent,
                    t("It is unblocked only at a service centre, where you show your document."),
                    rx.cond(
                        _CHECKED.has_contact,
                        t("You unblock it here, by a code to another number or e-mail of yours."),
                        t("You have no other number or e-mail here for a code: it is unblocked at a service centre."),
                    ),
                ),
            ),
            class_name="list-disc ps-5 text-muted",
            data_testid="meaning",
        ),
        rx.cond(
            _CHECKED.is_urgent,
            notice(t("Has the phone been stolen? Block its SIM first, then tell the police (102) and your bank.")),
        ),
    )
