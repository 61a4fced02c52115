"""The secret question: the weaker second proof of recovery."""

import reflex as rx

from mykyivstar.components import (
    accordion,
    button,
    card,
    flash,
    form,
    form_actions,
    refusal,
    section,
    text_field,
)
from mykyivstar.i18n import pick, t
from mykyivstar.state.security.overview import SecurityState
from mykyivstar.state.security.question import QuestionState


def question_section() -> rx.Component:
    """The question is shown, the answer never."""
    return section(
        flash(t("The secret question is saved"), stamp=QuestionState.done_at),
        card(
            rx.el.p(
                t("If you forget the password, we ask this beside an SMS code. A passkey does the same, only better."),
                class_name="quiet",
            ),
            rx.cond(SecurityState.question, rx.el.p(SecurityState.question, class_name="secret-question")),
            rx.el.div(
                accordion(
                    (
                        rx.cond(SecurityState.question, t("Change the question"), t("Set a question")),
                        question_form(),
                    )
                ),
                key=QuestionState.done_at,
            ),
        ),
        title=t("Secret question"),
        id="question-section",
    )


def question_form() -> rx.Component:
    """Question and answer."""
    return form(
        text_field(
            "question",
            t("Question"),
            max_length=200,
            autocomplete="off",
            error=pick(QuestionState.field_refusals["question"]),
            hint=t("Something only you know, and nobody can look up"),
        ),
        text_field(
            "answer",
            t("Answer"),
            max_length=120,
            autocomplete="off",
            error=pick(QuestionState.field_refusals["answer"]),
            hint=t("Capital letters, spaces and commas do not matter"),
        ),
        refusal(pick(QuestionState.refusal)),
        form_actions(button(t("Save the question"), type="submit", busy=QuestionState.busy)),
        on_submit=QuestionState.choose,
        busy=QuestionState.busy,
        id="question-form",
    )
