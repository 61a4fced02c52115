"""The form that makes a link."""

import reflex as rx

from mykyivstar.components import (
    Choice,
    button,
    card,
    form,
    form_actions,
    radio_cards,
    radio_row,
    refusal,
    section,
    select,
    text_field,
)
from mykyivstar.i18n import money, pick, t, tn
from mykyivstar.pages.layout.line_words import dot, name_of, second_line
from mykyivstar.state.pay_links.mine import LinksState as State
from mykyivstar.state.payments.rows import WhomRow


def making() -> rx.Component:
    """Whom, how much, how often, until when; it begins anew when a link was made."""
    return form(
        rx.el.input(type="hidden", name="key", value=State.form_key),
        card(
            section(
                rx.el.fieldset(
                    rx.el.legend(t("For which number"), class_name="field-label"),
                    rx.el.div(rx.foreach(State.whom, _number), class_name="stack-choices"),
                    class_name="field",
                ),
                text_field(
                    "amount",
                    t("Sum in hryvnias"),
                    error=pick(State.field_refusals["amount"]),
                    hint=t("Leave it empty, and whoever pays decides."),
                    placeholder="100",
                    input_mode="decimal",
                    autocomplete="off",
                    required=False,
                    max_length=20,
                ),
                text_field(
                    "note",
                    t("Note for whoever pays"),
                    error=pick(State.field_refusals["note"]),
                    hint=t("They see it with your number masked. Your names for numbers stay private."),
                    autocomplete="off",
                    required=False,
                    max_length=140,
                ),
                radio_cards(
                    "uses",
                    t("How often"),
                    [
                        Choice("once", t("Once"), t("It ends with the first payment.")),
                        Choice("many", t("Many times"), t("Several people can pay.")),
                    ],
                    chosen="once",
                ),
                select(
                    "days",
                    t("How long"),
                    [
                        Choice("1", tn("{count} day", "{count} days", count=1)),
                        Choice("7", tn("{count} day", "{count} days", count=7)),
                        Choice("30", tn("{count} day", "{count} days", count=30)),
                    ],
                    chosen="7",
                ),
                refusal(pick(State.refusal), class_name="refusal-late"),
                form_actions(button(t("Make the link"), type="submit", size="large", icon="qr-code", busy=State.busy)),
                title=t("A new link"),
            ),
            key=State.made,
        ),
        on_submit=State.make,
        busy=State.busy,
        id="pay-link",
    )


def _number(whom: rx.Var[WhomRow]) -> rx.Component:
    return radio_row(
        "to",
        whom.key,
        name_of(whom),
        second_line(whom),
        before=dot(whom),
        after=rx.el.span(rx.cond(whom.balance.is_none(), "", money(whom.balance)), class_name="row-value"),
        default_checked=State.to == whom.key,
    )
