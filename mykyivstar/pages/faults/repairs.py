"""Requests for repairs: how far each is, its visit, its history, and how it was (H4)."""

import reflex as rx

from mykyivstar.components import (
    badge,
    button,
    card,
    dialog,
    form,
    form_actions,
    icon,
    refusal,
    section,
    text_field,
)
from mykyivstar.i18n import phone, pick, t
from mykyivstar.pages.faults.visits import times
from mykyivstar.pages.faults.words import day_and_time, state_badge, symptom, when
from mykyivstar.state.faults.repairs import RepairsState as State
from mykyivstar.state.faults.rows import RequestRow, StepRow


def repairs() -> rx.Component:
    """Every request of the account, the newest first."""
    return rx.fragment(rx.foreach(State.requests, _request), _really())


def _request(request: rx.Var[RequestRow]) -> rx.Component:
    return card(
        section(
            rx.el.p(symptom(request.symptom), class_name="row-title"),
            rx.cond(request.words, rx.el.p(request.words, class_name="break-words")),
            rx.cond(
                (request.state == "done") | (request.state == "cancelled"),
                rx.fragment(),
                rx.el.p(t("We call {number}", number=phone(request.contact)), class_name="muted"),
            ),
            rx.cond(request.visit_from, _visit(request)),
            rx.cond(request.rating > 0, badge(t("You rated it {stars} of 5", stars=request.rating), tone="brand")),
            rx.cond(State.choosing == request.code, times(request), _actions(request)),
            rx.cond(request.can_rate, _rating(request)),
            _history(request),
            title=t("Request {number}", number=request.code),
            action=state_badge(request.state),
        ),
        custom_attrs={"data-testid": "request"},
        key=request.code,
    )


def _visit(request: rx.Var[RequestRow]) -> rx.Component:
    return rx.el.div(
        icon("calendar-days", size=18, class_name="shrink-0 mt-1"),
        rx.el.div(
            rx.el.strong(when(request.visit_from, request.visit_until)),
            rx.cond(
                request.change_until,
                rx.el.p(t("can be moved until {at}", at=day_and_time(request.change_until)), class_name="row-about"),
            ),
        ),
        class_name="flex gap-2",
        custom_attrs={"data-testid": "visit"},
    )


def _actions(request: rx.Var[RequestRow]) -> rx.Component:
    return rx.cond(
        request.can_change,
        form_actions(
            button(
                rx.cond(request.visit_from, t("Move the visit"), t("Choose a time")),
                on_click=State.choose_time(request.code),
                icon="calendar-days",
                data_testid="choose-time",
            ),
            button(t("Cancel the request"), variant="quiet", on_click=State.ask_to_cancel(request.code)),
        ),
    )


def _rating(request: rx.Var[RequestRow]) -> rx.Component:
    return form(
        rx.el.input(type="hidden", name="code", value=request.code),
        rx.el.div(
            rx.el.fieldset(
                rx.el.legend(t("How was the repair? 5 is very good"), class_name="field-label"),
                rx.el.div(*[_star(stars) for stars in range(1, 6)], class_name="flex flex-wrap gap-2"),
                rx.cond(
                    State.field_refusals["stars"],
                    rx.el.p(pick(State.field_refusals["stars"]), class_name="field-error", role="alert"),
                ),
            ),
            text_field("words", t("In a few words"), required=False, max_length=500, id="rating-words"),
            class_name="stack-fields",
        ),
        refusal(pick(State.refusal), class_name="refusal-late"),
        form_actions(button(t("Rate"), type="submit", busy=State.busy, data_testid="rate")),
        on_submit=State.rate,
        busy=State.busy,
        id="rate",
    )


def _star(stars: int) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="radio", name="stars", value=str(stars), class_name="radio"),
        rx.el.span(str(stars), class_name="choice-title"),
        class_name="radio-card",
    )


def _history(request: rx.Var[RequestRow]) -> rx.Component:
    return rx.el.details(
        rx.el.summary(t("What happened"), class_name="text-link"),
        rx.el.ol(rx.foreach(request.steps.to(list[StepRow]), _step), class_name="stack-tight mt-2"),
    )


def _step(step: rx.Var[StepRow]) -> rx.Component:
    return rx.el.li(
        rx.el.span(day_and_time(step.at), class_name="row-about"),
        rx.el.div(
            rx.match(
                step.kind,
                ("asked", t("You sent the request")),
                ("booked", t("You chose the time: {when}", when=when(step.visit_from, step.visit_until))),
                ("moved", t("You moved the visit: {when}", when=when(step.visit_from, step.visit_until))),
                ("confirmed", t("We confirmed the visit")),
                (
                    "cancelled",
                    rx.cond(
                        step.is_operators,
                        t("The technician cannot come then; choose another time"),
                        t("You cancelled the request"),
                    ),
                ),
                ("done", t("It is done")),
                ("rated", t("You rated the repair")),
                "",
            )
        ),
        rx.cond(step.note, rx.el.div(step.note, class_name="muted break-words")),
    )


def _really() -> rx.Component:
    return dialog(
        "cancel-request",
        t("Cancel the request?"),
        rx.el.p(t("The technician will not come. You can ask again at any time.")),
        refusal(pick(State.refusal)),
        actions=rx.fragment(
            button(t("Cancel the request"), on_click=State.cancel, busy=State.busy, data_testid="really-cancel"),
            button(t("Keep it"), variant="quiet", on_click=State.keep),
        ),
        open=State.cancelling != "",
        on_close=State.keep,
    )
