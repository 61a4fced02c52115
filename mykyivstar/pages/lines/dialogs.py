"""The two questions of the list: what is it called, and is it really to go?"""

import reflex as rx

from mykyivstar.components import button, dialog, form, form_actions, refusal, text_field
from mykyivstar.i18n import pick, t
from mykyivstar.pages.layout.line_words import name_of, number_of
from mykyivstar.state.lines.state import LinesState

_HANDLED = LinesState.handled


def look_dialog() -> rx.Component:
    """Name and colour of one of them."""
    return dialog(
        "look",
        t("Name and colour"),
        rx.cond(_HANDLED, _look_form()),
        open=LinesState.dialog == "look",
        on_close=LinesState.close,
    )


def removal_dialog() -> rx.Component:
    """Remove it from the profile? The number itself goes on working."""
    return dialog(
        "removal",
        t("Remove from the profile?"),
        rx.cond(_HANDLED, _removal_question()),
        open=LinesState.dialog == "removal",
        on_close=LinesState.close,
    )


def _look_form() -> rx.Component:
    return form(
        rx.el.p(number_of(_HANDLED), class_name="muted tabular"),
        text_field(
            "nickname",
            t("Name"),
            value=_HANDLED.nickname,
            error=pick(LinesState.field_refusals["nickname"]),
            hint=t("For example: Mum, Work, Country house. Leave it empty to see the number."),
            required=False,
            auto_focus=True,
            autocomplete="off",
        ),
        _colours(),
        refusal(pick(LinesState.refusal)),
        form_actions(button(t("Save"), type="submit", busy=LinesState.busy), _cancel()),
        on_submit=LinesState.save_look,
        busy=LinesState.busy,
    )


def _colours() -> rx.Component:
    named = {
        "blue": t("Blue"),
        "yellow": t("Yellow"),
        "green": t("Green"),
        "red": t("Red"),
        "purple": t("Purple"),
        "teal": t("Teal"),
    }
    return rx.el.fieldset(
        rx.el.legend(t("Colour"), class_name="field-label"),
        rx.el.div(*[_colour(value, name) for value, name in named.items()], class_name="colours"),
        class_name="field",
    )


def _colour(value: str, name: rx.Var) -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="radio",
            name="colour",
            value=value,
            default_checked=_HANDLED.colour == value,
            class_name="sr-only",
        ),
        rx.el.span(class_name="line-dot", custom_attrs={"data-colour": value}),
        rx.el.span(name),
        class_name="colour",
    )


def _removal_question() -> rx.Component:
    return rx.el.div(
        rx.el.p(
            t(
                "{name} will no longer be shown here. The number itself goes on working as before, "
                "and you can add it again with a code.",
                name=name_of(_HANDLED),
            )
        ),
        refusal(pick(LinesState.refusal)),
        form_actions(
            button(
                t("Remove"), variant="danger", on_click=LinesState.remove, busy=LinesState.busy, data_testid="remove"
            ),
            _cancel(),
        ),
        class_name="stack",
    )


def _cancel() -> rx.Component:
    return button(t("Cancel"), variant="quiet", data_close="")
