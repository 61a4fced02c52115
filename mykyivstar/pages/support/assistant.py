"""The online assistant above the specialists: ask, read the answer and where it is from, go on with a person (K4)."""

import reflex as rx

from mykyivstar.components import button, card, form, icon, link, refusal, section
from mykyivstar.components.fields import error_attributes, field_frame
from mykyivstar.i18n import clock_time, pick, t
from mykyivstar.state.assistant.rows import TalkRow
from mykyivstar.state.assistant.state import AssistantState as State

_FIELD = "assistant-question"
_EXAMPLES = (
    ("balance", t("What is my balance?")),
    ("next_charge", t("When is my next charge?")),
    ("why_charged", t("What was I charged for?")),
    ("left", t("What is left of my package?")),
    ("internet", t("When do I pay for home internet?")),
)


def assistant() -> rx.Component:
    """The talk so far, the field, and questions to begin with."""
    return card(
        section(
            rx.el.div(
                rx.foreach(State.rows, _line),
                role="log",
                aria_label=t("Talk with the assistant"),
                class_name=rx.cond(State.rows.length() > 0, "chat-log h-auto", ""),
            ),
            rx.cond(State.rows.length() > 0, _to_a_person(), _examples()),
            _question(),
            rx.cond(State.refusal, refusal(pick(State.refusal))),
            title=t("Online assistant"),
        ),
        data_testid="assistant",
    )


def _line(row: rx.Var[TalkRow]) -> rx.Component:
    return rx.el.div(
        rx.el.p(row.text, dir="auto", class_name="said-text"),
        rx.cond(
            row.links.length() > 0,
            rx.el.p(
                rx.foreach(row.links, lambda each: link(each.label, href=each.href, class_name="text-link")),
                class_name="row-actions",
            ),
        ),
        rx.el.p(
            rx.el.time(clock_time(row.at), date_time=row.at),
            rx.match(
                row.source,
                ("own", rx.fragment(icon("user-round", size=14), t("From your own data"))),
                ("help", rx.fragment(icon("book-open", size=14), t("From the help"))),
                rx.fragment(),
            ),
            class_name="said-about",
        ),
        class_name=rx.cond(row.is_mine, "said said-mine", "said"),
        data_testid="talk-line",
        key=row.number,
    )


def _to_a_person() -> rx.Component:
    return rx.el.p(
        button(t("Go on with a person"), variant="quiet", size="small", icon="headset", on_click=State.hand_over),
        rx.el.span(t("They read what stands here."), class_name="muted"),
        class_name="row-actions items-center",
    )


def _examples() -> rx.Component:
    return rx.el.div(
        rx.el.p(t("It answers at once from your own data and the help, or leads you to a person."), class_name="muted"),
        rx.el.div(
            *[
                button(words, variant="quiet", size="small", on_click=State.example(which))
                for which, words in _EXAMPLES
            ],
            role="group",
            aria_label=t("Questions to begin with"),
            class_name="row-actions",
        ),
        class_name="grid gap-3",
    )


def _question() -> rx.Component:
    error = pick(State.field_refusals["text"])
    field = field_frame(
        rx.el.input(
            id=_FIELD,
            name="text",
            type="text",
            max_length=500,
            auto_complete="off",
            auto_focus=State.asked > 0,
            class_name="field-input",
            **error_attributes(_FIELD, error),
        ),
        label=t("Your question"),
        field_id=_FIELD,
        error=error,
        class_name="grow",
    )
    asking = form(
        rx.el.div(
            field,
            # As high as the field's own line, below its label.
            button(t("Ask"), type="submit", icon="send", class_name="btn-short mt-[1.9rem]"),
            class_name="flex items-start gap-2",
        ),
        on_submit=State.say,
        id="ask-assistant",
    )
    # A form of its own for each question: what was typed before is gone, and the next one need not wait.
    return rx.el.div(asking, key=State.asked)
