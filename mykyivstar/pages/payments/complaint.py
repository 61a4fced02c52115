"""Saying that a payment is not right, and what was answered (D3)."""

import reflex as rx

from mykyivstar.components import badge, button, form, form_actions, phone_field, text_area
from mykyivstar.i18n import moment, pick, t
from mykyivstar.pages.layout.at_address import shown_for
from mykyivstar.state.payments.followed import FollowedState as State

_DISPUTE = State.dispute


def complaint() -> rx.Component:
    """The form on demand; afterwards what was said and where it stands."""
    return rx.cond(_DISPUTE, _said(), rx.cond(State.is_complaining, _form(), _offer()))


def _offer() -> rx.Component:
    return rx.el.div(
        rx.el.p(
            t("The money did not arrive, or was taken twice? Tell us, and the receipt goes along."), class_name="muted"
        ),
        button(t("Report a problem"), variant="quiet", icon="message-circle-warning", on_click=State.complain),
        class_name="grid justify-items-start gap-3",
    )


def _form() -> rx.Component:
    return form(
        shown_for(State),
        text_area("words", t("What is wrong?"), error=pick(State.field_refusals["words"]), max_length=2000),
        phone_field(
            "number",
            t("Phone to call you back"),
            error=pick(State.field_refusals["number"]),
            required=False,
        ),
        form_actions(
            button(t("Send with the receipt"), type="submit", icon="send", busy=State.busy),
            button(t("Cancel"), variant="quiet", on_click=State.complain),
        ),
        on_submit=State.send_complaint,
        busy=State.busy,
        id="complaint",
    )


def _said() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.match(
                _DISPUTE.state,
                ("open", badge(t("We are looking into it"), tone="brand", icon_name="clock")),
                ("answered", badge(t("Answered"), tone="good", icon_name="check")),
                badge(t("Closed"), tone="neutral", icon_name="check"),
            ),
            role="status",
        ),
        rx.el.blockquote(_DISPUTE.words, class_name="secret-question whitespace-pre-line"),
        rx.el.time(moment(_DISPUTE.opened_at), date_time=_DISPUTE.opened_at, class_name="row-about"),
        rx.cond(_DISPUTE.answer != "", rx.el.p(_DISPUTE.answer, class_name="whitespace-pre-line")),
        class_name="grid gap-2",
        data_testid="dispute",
    )
