"""The dialler of the demo phone: USSD codes, and what the phone shows (I5, O7)."""

import reflex as rx

from mykyivstar.components import button, card, form, form_actions, refusal, section, text_field
from mykyivstar.i18n import pick, t
from mykyivstar.state.demo_dialler import DiallerState as State


def dialler() -> rx.Component:
    """Dial, read, answer."""
    return card(
        section(
            rx.cond(State.shown != "", _screen(), _keys()),
            refusal(pick(State.refusal), class_name="refusal-late"),
            title=t("Dial without internet (USSD)"),
        ),
        data_testid="dialler",
    )


def _keys() -> rx.Component:
    return form(
        text_field("typed", t("Code"), value="*110#", max_length=40, id="ussd-code", autocomplete="off"),
        form_actions(
            button(t("Dial"), type="submit", icon="phone", busy=State.busy, data_testid="dial"),
            button("*460#", variant="quiet", on_click=State.dial_at_once("*460#")),
        ),
        on_submit=State.dial,
        busy=State.busy,
        id="dial",
    )


def _screen() -> rx.Component:
    return rx.el.div(
        rx.el.p(
            State.shown,
            class_name="whitespace-pre-line break-words",
            role="status",
            custom_attrs={"data-testid": "ussd"},
        ),
        rx.cond(
            State.is_open,
            _answer(),
            form_actions(button(t("Close"), variant="quiet", on_click=State.hang_up, data_testid="ussd-close")),
        ),
        class_name="stack",
    )


def _answer() -> rx.Component:
    """A form of its own for each screen: what was typed before is gone."""
    return rx.el.div(
        form(
            text_field("typed", t("Answer"), max_length=182, id="ussd-answer", autocomplete="off", required=False),
            form_actions(
                button(t("Send"), type="submit", busy=State.busy, data_testid="ussd-send"),
                button(t("Hang up"), variant="quiet", on_click=State.hang_up),
            ),
            on_submit=State.answer,
            busy=State.busy,
            id="ussd",
        ),
        key=State.step,
    )
