"""One of those among whom a top-up is split: whether it takes part, what it has, what it gets."""

import reflex as rx

from mykyivstar.components import text_field
from mykyivstar.i18n import money, pick, t
from mykyivstar.pages.layout.line_words import dot, name_of, number_of
from mykyivstar.state.payments.wallet import SplitRow
from mykyivstar.state.payments.wallet import WalletState as State


def split_row(row: rx.Var[SplitRow]) -> rx.Component:
    """A line of the list; by hand it has a field of its own."""
    whom = row.whom
    field = f"gets-{whom.key}"
    return rx.el.li(
        rx.el.label(
            rx.el.input(
                type="checkbox",
                name=f"in-{whom.key}",
                default_checked=row.takes_part,
                on_change=lambda is_in: State.take_part(whom.key, is_in),
                class_name="tick",
            ),
            dot(whom),
            rx.el.span(
                rx.el.span(name_of(whom), class_name="choice-title"),
                rx.el.span(
                    rx.cond(whom.nickname, rx.el.span(number_of(whom)), ""),
                    rx.el.span(rx.cond(whom.balance.is_none(), t("balance not known"), money(whom.balance))),
                    class_name="choice-about flex flex-wrap gap-x-3",
                ),
                class_name="choice-text",
            ),
            class_name="choice-line flex-1",
        ),
        rx.cond(
            State.way == "by_hand",
            text_field(
                field,
                rx.el.span(t("Sum for {name}", name=name_of(whom)), class_name="sr-only"),
                value=row.typed,
                error=pick(State.field_refusals[field]),
                input_mode="decimal",
                autocomplete="off",
                max_length=20,
                placeholder="0",
                on_change=lambda typed: State.type_share(whom.key, typed),
                suffix=rx.el.span("₴", class_name="pe-4 text-muted"),
                class_name="split-field",
            ),
            rx.el.span(
                rx.cond(row.takes_part & ~row.gets.is_none(), "+" + money(row.gets).to(str), ""),
                class_name="row-value",
                data_testid="gets",
            ),
        ),
        class_name="row split-row",
        custom_attrs={"data-testid": "split-row", "data-key": whom.key},
    )
