"""Adding a number or an internet account: the number, the code that came to it, done (B1)."""

import reflex as rx

from mykyivstar.components import (
    button,
    card,
    flash,
    form,
    form_actions,
    icon,
    loading,
    refusal,
    row,
    rows,
    section,
    skeleton,
)
from mykyivstar.i18n import pick, t, tn
from mykyivstar.pages.layout.line_words import INTERNET
from mykyivstar.pages.layout.number_field import number_field
from mykyivstar.pages.ways_in.code_step import code_step
from mykyivstar.state.lines.adding import AddingState, SuggestionRow


def adding() -> rx.Component:
    """The step this browser is on; suggestions below the first one."""
    return rx.el.div(
        card(
            section(
                rx.cond(
                    AddingState.ready,
                    rx.cond(AddingState.step == "code", _code(), _number()),
                    loading(skeleton("line"), skeleton("block")),
                ),
                title=t("Add a number"),
                id="add",
            ),
        ),
        rx.cond((AddingState.step == "number") & (AddingState.suggestions.length() > 0), _suggestions()),
        flash(
            tn("{count} added", "{count} added", count=AddingState.added),
            stamp=AddingState.times_added,
        ),
        class_name="stack",
    )


def _number() -> rx.Component:
    return form(
        number_field(
            AddingState.typed,
            pick(AddingState.field_refusals["number"]),
            hint=t("We send a code to the number, or to the phone in the contract of the account."),
        ),
        refusal(pick(AddingState.refusal)),
        form_actions(button(t("Send the code"), type="submit", icon="message-square", busy=AddingState.busy)),
        on_submit=AddingState.send_code,
        busy=AddingState.busy,
        id="add-number",
    )


def _code() -> rx.Component:
    return code_step(
        AddingState,
        submit=form_actions(button(t("Add"), type="submit", icon="check", full_width=True, busy=AddingState.busy)),
        remember=False,
    )


def _suggestions() -> rx.Component:
    return card(
        section(
            rx.el.p(
                t("By the contract these seem to be yours too. Each is added with its own code."), class_name="muted"
            ),
            rows(rx.foreach(AddingState.suggestions, _suggestion), label=t("Also yours?")),
            title=t("Also yours?"),
        )
    )


def _suggestion(suggested: rx.Var[SuggestionRow]) -> rx.Component:
    drawn = rx.cond(suggested.kind == INTERNET, icon("wifi", size=20), icon("smartphone", size=20))
    return row(
        rx.el.span(suggested.masked, class_name="tabular"),
        about=rx.cond(suggested.kind == INTERNET, t("Home internet"), t("Mobile number")),
        leading=rx.el.span(drawn, class_name="row-icon"),
        action=button(
            t("Add"),
            variant="quiet",
            size="small",
            on_click=AddingState.add_suggested(suggested.key),
            aria_label=t("Add {number}", number=suggested.masked),
        ),
        custom_attrs={"data-testid": "suggestion", "data-key": suggested.key},
    )
