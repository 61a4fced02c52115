"""The request for a repair: what does not work, in which words, and where the technician calls (H4)."""

import reflex as rx

from mykyivstar.components import (
    Choice,
    button,
    card,
    form,
    form_actions,
    notice,
    radio_cards,
    radio_row,
    refusal,
    section,
    text_area,
)
from mykyivstar.i18n import phone, pick, t
from mykyivstar.state.faults.check import FaultState as State
from mykyivstar.state.faults.repairs import RepairsState

_SYMPTOMS = (
    Choice("no_internet", t("There is no internet at all")),
    Choice("slow", t("The internet is slow")),
    Choice("drops", t("The connection breaks off")),
    Choice("wifi", t("Wi-Fi does not work well")),
    Choice("tv", t("Television does not work")),
)


def request_form() -> rx.Component:
    """Ask for a technician."""
    return card(
        section(
            rx.cond(RepairsState.has_open, _open_already(), _form()),
            title=t("Ask for a technician"),
        ),
        data_testid="request-form",
    )


def _open_already() -> rx.Component:
    return rx.fragment(
        notice(t("You have an open request for this address: its visit is below."), kind="info"),
        form_actions(button(t("Back"), variant="quiet", on_click=State.start_again)),
    )


def _form() -> rx.Component:
    return rx.fragment(
        rx.el.p(t("First the request, then you choose when the technician comes."), class_name="muted"),
        form(
            rx.el.input(type="hidden", name="key", value=State.form_key),
            rx.el.input(type="hidden", name="account", value=State.key),
            radio_cards("symptom", t("What is the matter?"), _SYMPTOMS, chosen="no_internet"),
            text_area(
                "words",
                t("What do you see?"),
                hint=t("Lamps, messages, since when: it helps the technician."),
                error=pick(State.field_refusals["words"]),
                required=False,
                max_length=1000,
                rows=3,
            ),
            rx.el.fieldset(
                rx.el.legend(t("Where do we call?"), class_name="field-label"),
                rx.el.div(rx.foreach(State.phones, _phone), class_name="stack-choices"),
                rx.cond(
                    State.field_refusals["contact"],
                    rx.el.p(pick(State.field_refusals["contact"]), class_name="field-error", role="alert"),
                ),
            ),
            refusal(pick(State.refusal), class_name="refusal-late"),
            form_actions(
                button(t("Send the request"), type="submit", size="large", busy=State.busy, data_testid="ask"),
                button(t("Back"), variant="quiet", on_click=State.step_back),
            ),
            on_submit=State.ask,
            busy=State.busy,
            id="fault",
        ),
    )


def _phone(number: rx.Var[str], place: rx.Var[int]) -> rx.Component:
    return radio_row("contact", number, phone(number), "", default_checked=place == 0)
