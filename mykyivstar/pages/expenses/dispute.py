"""One tap when a charge is not right, and what became of it (O1)."""

import reflex as rx

from mykyivstar.components import button, card, form, form_actions, notice, refusal, section, text_area, text_link
from mykyivstar.i18n import moment, pick, t
from mykyivstar.pages.layout.at_address import shown_for
from mykyivstar.state.expenses.entry import EntryState as State

_VIEW = State.view
_DISPUTE = State.view.dispute


def dispute() -> rx.Component:
    """The button, or the dispute."""
    return rx.fragment(
        refusal(pick(State.refusal), class_name="refusal-late"),
        rx.cond(
            _DISPUTE,
            _known(),
            rx.cond(
                _VIEW.can_be_disputed,
                card(
                    section(
                        rx.el.p(t("One tap is enough: we look into it and answer here. You can add words afterwards.")),
                        rx.el.div(
                            button(
                                t("This is not right"),
                                variant="quiet",
                                icon="circle-alert",
                                on_click=State.dispute(State.shown_for),
                                data_testid="dispute",
                            )
                        ),
                        title=t("Not your charge?"),
                    ),
                    tone="soft",
                ),
            ),
        ),
    )


def _known() -> rx.Component:
    return rx.cond(_DISPUTE.is_back, _is_back(), rx.cond(_DISPUTE.state == "open", _is_open(), _answered()))


def _is_back() -> rx.Component:
    return notice(
        t("There is no record that you agreed to this charge, so its whole sum is on the balance again."),
        " ",
        rx.cond(_VIEW.taken_back_by, text_link(t("See the entry"), href=_VIEW.taken_back_by)),
        kind="good",
        title=t("The money is back"),
        role="status",
        data_testid="is-back",
    )


def _is_open() -> rx.Component:
    return card(
        section(
            rx.el.p(
                t("Opened on {moment}. Our answer will be here.", moment=moment(_DISPUTE.opened_at)), role="status"
            ),
            rx.cond(
                _DISPUTE.words,
                rx.el.p(_DISPUTE.words, class_name="whitespace-pre-wrap"),
                form(
                    shown_for(State),
                    text_area("words", t("What is wrong, in your words"), required=False, max_length=2000),
                    form_actions(button(t("Send"), type="submit", variant="quiet", busy=State.busy)),
                    on_submit=State.say_more,
                    busy=State.busy,
                    id="say-more",
                ),
            ),
            title=t("You dispute this charge"),
        ),
        data_testid="disputed",
    )


def _answered() -> rx.Component:
    return card(
        section(
            rx.cond(_DISPUTE.words, rx.el.p(_DISPUTE.words, class_name="muted whitespace-pre-wrap")),
            rx.el.p(rx.cond(_DISPUTE.answer, _DISPUTE.answer, t("The dispute is closed."))),
            title=t("You disputed this charge"),
        ),
        data_testid="answered",
    )
