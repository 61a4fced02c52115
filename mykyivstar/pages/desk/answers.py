"""Prepared answers, kept by leads (K6)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    Choice,
    badge,
    button,
    card,
    form,
    form_actions,
    icon_button,
    loading,
    page_title,
    refusal,
    select,
    skeleton,
    text_area,
    text_field,
)
from mykyivstar.i18n import pick, t
from mykyivstar.pages.desk.asking import question
from mykyivstar.pages.desk.frame import TOPICS, column, topic
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.state.desk.answers import DeskAnswersState as State
from mykyivstar.state.desk.session import DeskState

_CHANGED = State.changed
_WHOSE = (
    Choice("", t("For every specialist")),
    *TOPICS,
)


@app_page(routes.DESK_ANSWERS, title=t("Prepared answers"), shell="desk", on_load=[State.load])
def desk_answers() -> rx.Component:
    return column(
        page_title(
            t("Prepared answers"),
            lead=t("In a text {names} stand for the customer's and the consultant's name.", names=_PLACEHOLDERS),
        ),
        rx.cond(
            State.ready,
            rx.cond(State.is_changing, form_of_one(), everything()),
            waiting_for(card(loading(skeleton("line"), skeleton("block"))), State.load),
        ),
        question(
            "remove-answer",
            t("Remove the prepared answer?"),
            button(t("Remove"), variant="danger", icon="trash-2", on_click=State.remove),
            state=State,
            description=rx.cond(State.removing, State.removing.title, ""),
            open=State.removing.bool(),
            no=t("Keep it"),
        ),
    )


_PLACEHOLDERS = "{customer}, {consultant}"


def everything() -> rx.Component:
    """The list; leads change it."""
    return card(
        rx.cond(
            DeskState.is_lead,
            button(t("New answer"), icon="plus", variant="quiet", on_click=State.change(0)),
        ),
        rx.el.ul(rx.foreach(State.answers, _line), class_name="rows"),
        class_name="stack justify-items-start",
    )


def _line(each: rx.Var) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.span(
                rx.el.span(each.title, class_name="row-title"),
                rx.el.span(each.uk, class_name="row-about"),
                rx.cond(each.specialism != "", rx.el.span(badge(topic(each.specialism)))),
                class_name="row-main",
            ),
            class_name="row-body",
        ),
        rx.cond(
            DeskState.is_lead,
            rx.fragment(
                icon_button("pencil", t("Change {title}", title=each.title), on_click=State.change(each.id)),
                icon_button("trash-2", t("Remove {title}", title=each.title), on_click=State.ask_remove(each.id)),
            ),
        ),
        class_name="row",
        key=each.id,
    )


def form_of_one() -> rx.Component:
    """One answer in three languages."""
    return card(
        form(
            text_field(
                "title",
                t("Title"),
                value=rx.cond(_CHANGED, _CHANGED.title, ""),
                max_length=80,
                error=pick(State.field_refusals["title"]),
            ),
            select("specialism", t("For whom"), _WHOSE, chosen=rx.cond(_CHANGED, _CHANGED.specialism, "")),
            text_area(
                "uk",
                t("In Ukrainian"),
                value=rx.cond(_CHANGED, _CHANGED.uk, ""),
                max_length=2000,
                error=pick(State.field_refusals["text"]),
            ),
            text_area("en", t("In English"), value=rx.cond(_CHANGED, _CHANGED.en, ""), max_length=2000, required=False),
            text_area("ru", t("In Russian"), value=rx.cond(_CHANGED, _CHANGED.ru, ""), max_length=2000, required=False),
            refusal(pick(State.refusal)),
            form_actions(
                button(t("Save"), type="submit", icon="check", busy=State.busy),
                button(t("Cancel"), variant="quiet", on_click=State.put_away),
            ),
            on_submit=State.save,
            busy=State.busy,
            id="prepared-answer",
        )
    )
