"""How to be told of answers to a request (M5)."""

import reflex as rx

from mykyivstar.components import (
    Choice,
    accordion,
    button,
    flash,
    form,
    form_actions,
    radio_cards,
    refusal,
    text_field,
)
from mykyivstar.components.address import is_at
from mykyivstar.i18n import pick, t
from mykyivstar.pages.layout.at_address import shown_for
from mykyivstar.state.support.hearing import HearingState as State

_WAYS = (
    Choice("sms", t("By SMS"), t("To your own number, not at night"), "message-square-text"),
    Choice("email", t("By e-mail"), t("The whole answer in a letter"), "mail"),
    Choice("app", t("Only here"), t("In My Kyivstar, under Support"), "smartphone"),
)


def hearing() -> rx.Component:
    """Folded away: most people leave it as it is."""
    return rx.fragment(
        accordion((t("How to tell you of an answer"), rx.cond(is_at(State.shown_for), _choice()))),
        flash(t("Saved"), stamp=State.saved),
    )


def _choice() -> rx.Component:
    return form(
        shown_for(State),
        radio_cards(
            "way",
            t("How to tell you of an answer"),
            _WAYS,
            chosen=State.way,
            on_change=State.pick,
            hide_legend=True,
        ),
        rx.cond(
            State.way == "email",
            text_field(
                "email",
                t("E-mail"),
                value=State.email,
                error=pick(State.field_refusals["email"]),
                autocomplete="email",
                input_mode="email",
                placeholder="olena@example.com",
                max_length=254,
            ),
        ),
        refusal(pick(State.refusal)),
        form_actions(button(t("Save"), type="submit", variant="quiet")),
        on_submit=State.save,
        id="hearing",
    )
