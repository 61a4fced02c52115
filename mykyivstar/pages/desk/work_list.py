"""The lists of work at the desk: which ones are shown, and a line for each."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from mykyivstar.components import Choice, card, loading, page_title, rows, skeleton
from mykyivstar.components.foundations import Event
from mykyivstar.pages.layout.waiting_for import waiting_for


def work_list(
    state: Any, title: rx.Var, lines: rx.Component, *, count: rx.Var, which: rx.Var, shown: Sequence[Choice], empty: Any
) -> rx.Component:
    """The page of a list; `state` has `ready`, `shown`, `show_only` and `load`, `empty` stands there without lines."""
    return rx.el.div(
        page_title(title),
        one_of(which, shown, chosen=state.shown, on_choose=state.show_only),
        rx.cond(
            state.ready,
            card(rx.cond(count > 0, rows(lines, label=title), empty)),
            waiting_for(card(loading(skeleton("line"), skeleton("block"))), state.load),
        ),
        class_name="stack",
    )


def one_of(label: rx.Var, choices: Sequence[Choice], *, chosen: rx.Var, on_choose: Event) -> rx.Component:
    """A few words in a line, one of them chosen; on a phone they are pushed aside with a finger."""
    return rx.el.div(
        *[
            rx.el.button(
                choice.label,
                type="button",
                on_click=on_choose(choice.value),
                aria_current=rx.cond(chosen == choice.value, "true", "false"),
                class_name="chip",
            )
            for choice in choices
        ],
        role="group",
        aria_label=label,
        class_name="chips",
    )
